import type { Tensor } from "../../core/data/problem";
import { sizeOf } from "./network";

/** The layout of a tensor as a matrix: the longer of inputs and units across, the shorter down; a bias is one row. */
export interface Grid {
  readonly columns: number;
  readonly rows: number;
  /** The side of a cell in CSS pixels. */
  readonly cell: number;
  /** The dimension of the columns. */
  readonly across: "inputs" | "units";
}

/** @param width of the matrix at most, in CSS pixels */
export function gridOf([first = 1, second]: readonly number[], width: number): Grid {
  const [inputs, units] = second === undefined ? [1, first] : [first, second];
  const across = units > inputs ? "units" : "inputs";
  const [columns, rows] = across === "units" ? [units, inputs] : [inputs, units];
  return { columns, rows, cell: Math.min(18, Math.max(1, Math.floor(width / columns))), across };
}

/** The index in a tensor (inputs × units, row-major) of the cell at a column and row. */
function indexAt({ columns, rows, across }: Grid, column: number, row: number): number {
  return across === "units" ? row * columns + column : column * rows + row;
}

/** The parameter in a cell; null outside the matrix. */
export function parameterIn(
  { offset }: Pick<Tensor, "offset">,
  grid: Grid,
  column: number,
  row: number,
): number | null {
  const inside = column >= 0 && column < grid.columns && row >= 0 && row < grid.rows;
  return inside ? offset + indexAt(grid, column, row) : null;
}

/** The cell of a parameter; null for a parameter of another tensor. */
export function cellOf(
  { offset, size }: Pick<Tensor, "offset" | "size">,
  { columns, rows, across }: Grid,
  parameter: number,
): { column: number; row: number } | null {
  const index = parameter - offset;
  if (index < 0 || index >= size) return null;
  if (across === "units") return { column: index % columns, row: Math.floor(index / columns) };
  return { column: Math.floor(index / rows), row: index % rows };
}

/** ‖x‖ */
export function normOf(values: Readonly<Float64Array>): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return Math.sqrt(sum);
}

/** Cells smaller than this, in CSS pixels, show |value| by their opacity instead of by a shape. */
const leastShape = 6;

/** Draws squares with |value| as their area: filled and blue if positive, hollow and orange if negative. */
export function drawMatrix(canvas: HTMLCanvasElement, grid: Grid, values: Readonly<Float64Array>, full: number): void {
  const { columns, rows, cell } = grid;
  const style = getComputedStyle(canvas);
  const colours = [style.getPropertyValue("--negative"), style.getPropertyValue("--positive")] as const;
  const ratio = cell < leastShape ? 1 / cell : window.devicePixelRatio;
  canvas.width = Math.round(columns * cell * ratio);
  canvas.height = Math.round(rows * cell * ratio);
  const context = canvas.getContext("2d");
  if (!context) return;
  context.scale(ratio, ratio);
  if (cell < leastShape) shade(context, grid, values, full, colours);
  else shapes(context, grid, values, full, colours);
}

type Values = Readonly<Float64Array>;
type Colours = readonly [negative: string, positive: string];

/** One canvas pixel per cell, enlarged by the browser. Cells are grouped by opacity: changes of the context's state are slow. */
function shade(context: CanvasRenderingContext2D, grid: Grid, values: Values, full: number, colours: Colours): void {
  const levels = 16;
  const cells = Array.from({ length: 2 * levels + 1 }, (): [number, number][] => []);
  for (let column = 0; column < grid.columns; column++) {
    for (let row = 0; row < grid.rows; row++) {
      const value = values[indexAt(grid, column, row)] ?? 0;
      const level = Math.ceil(levels * sizeOf(value, full));
      if (level > 0) cells[levels + Math.sign(value) * level]?.push([column, row]);
    }
  }
  const { cell } = grid;
  for (const [at, members] of cells.entries()) {
    context.fillStyle = colours[at < levels ? 0 : 1];
    context.globalAlpha = Math.abs(at - levels) / levels;
    for (const [column, row] of members) context.fillRect(column * cell, row * cell, cell, cell);
  }
}

function shapes(context: CanvasRenderingContext2D, grid: Grid, values: Values, full: number, colours: Colours): void {
  const { cell } = grid;
  for (let column = 0; column < grid.columns; column++) {
    for (let row = 0; row < grid.rows; row++) {
      const value = values[indexAt(grid, column, row)] ?? 0;
      const share = sizeOf(value, full);
      if (share === 0) continue;
      context.fillStyle = context.strokeStyle = colours[value > 0 ? 1 : 0];
      const side = Math.max(1.5, (cell - 1.5) * Math.sqrt(share));
      const [x, y] = [(column + 0.5) * cell - side / 2, (row + 0.5) * cell - side / 2];
      if (value > 0) context.fillRect(x, y, side, side);
      else context.strokeRect(x + 0.6, y + 0.6, Math.max(0.3, side - 1.2), Math.max(0.3, side - 1.2));
    }
  }
}
