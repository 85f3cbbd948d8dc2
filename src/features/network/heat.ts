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
  if (cell < leastShape) shade(context, grid, values, full, colours);
  else {
    context.scale(ratio, ratio);
    shapes(context, grid, values, full, colours);
  }
}

type Values = Readonly<Float64Array>;
type Colours = readonly [negative: string, positive: string];

/** One canvas pixel per cell, enlarged by the browser, with |value| as its opacity. */
function shade(context: CanvasRenderingContext2D, grid: Grid, values: Values, full: number, colours: Colours): void {
  const { columns, rows } = grid;
  const image = context.createImageData(columns, rows);
  const pixels = new Uint32Array(image.data.buffer);
  const [negative = 0, positive = 0] = colours.map(pixelOf);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const value = values[indexAt(grid, column, row)] ?? 0;
      const opacity = Math.round(255 * sizeOf(value, full));
      pixels[at++] = (value > 0 ? positive : negative) | (opacity << 24);
    }
  }
  context.putImageData(image, 0, 0);
}

/** Red, green and blue of a registered colour, whose computed value is “rgb(red, green, blue)”, as the low bytes of a pixel. */
function pixelOf(colour: string): number {
  const [red = 0, green = 0, blue = 0] = colour.match(/\d+/g)?.map(Number) ?? [];
  return red | (green << 8) | (blue << 16);
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
