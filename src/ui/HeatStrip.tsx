import { type PointerEvent, useEffect, useRef } from "react";
import { formatNumber } from "../charts/format";
import { type Grid, gridOf, indexAt, normOf, type Part } from "./heat";

interface Props {
  readonly part: Part;
  /** |d| drawn at full size. */
  readonly full: number;
  readonly width: number;
  readonly onPoint: (cell: { column: number; row: number } | null) => void;
}

/** One tensor of d as squares: their area is |d|, filled blue where d is positive, hollow orange where negative. */
export function HeatStrip({ part, full, width, onPoint }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const grid = gridOf(part, width);

  useEffect(() => {
    if (canvas.current) draw(canvas.current, part, gridOf(part, width), full);
  }, [part, full, width]);

  function onPointerMove(event: PointerEvent<HTMLCanvasElement>): void {
    const { width: shown } = event.currentTarget.getBoundingClientRect();
    const scale = (grid.columns * grid.cell) / shown / grid.cell;
    const column = Math.floor(event.nativeEvent.offsetX * scale);
    const row = Math.floor(event.nativeEvent.offsetY * scale);
    const inside = column >= 0 && column < grid.columns && row >= 0 && row < grid.rows;
    onPoint(inside ? { column, row } : null);
  }

  const norm = formatNumber(normOf(part.values), 3);
  return (
    <figure className="strip">
      <figcaption>
        {part.name} <b>{norm}</b>
      </figcaption>
      <canvas
        ref={canvas}
        role="img"
        aria-label={`d of ${part.name}, ${part.shape.join(" × ")}, norm ${norm}`}
        onPointerMove={onPointerMove}
        onPointerLeave={() => onPoint(null)}
      />
    </figure>
  );
}

function draw(canvas: HTMLCanvasElement, part: Part, grid: Grid, full: number): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  const { columns, rows, cell } = grid;
  const ratio = window.devicePixelRatio;
  canvas.width = Math.round(columns * cell * ratio);
  canvas.height = Math.round(rows * cell * ratio);
  canvas.style.width = `${columns * cell}px`;
  context.scale(ratio, ratio);
  const style = getComputedStyle(canvas);
  const [positive, negative] = [style.getPropertyValue("--positive"), style.getPropertyValue("--negative")];
  for (let column = 0; column < columns; column++) {
    for (let row = 0; row < rows; row++) {
      const value = part.values[indexAt(grid, column, row)] ?? 0;
      const share = full > 0 ? Math.abs(value) / full : 0;
      if (!(share > 0)) continue;
      context.fillStyle = context.strokeStyle = value > 0 ? positive : negative;
      if (cell < 6) {
        // Too small for shapes: the size goes into the shade.
        context.globalAlpha = share;
        context.fillRect(column * cell, row * cell, cell, cell);
        continue;
      }
      const side = Math.max(1.5, (cell - 1.5) * Math.sqrt(share));
      const [x, y] = [(column + 0.5) * cell - side / 2, (row + 0.5) * cell - side / 2];
      if (value > 0) context.fillRect(x, y, side, side);
      else context.strokeRect(x + 0.6, y + 0.6, Math.max(0.3, side - 1.2), Math.max(0.3, side - 1.2));
    }
  }
}
