import type { Cell } from "../cells";

/** The cells with `others` inserted after the cell `id`. */
export function withCellsAfter(cells: readonly Cell[], id: string, others: readonly Cell[]): Cell[] {
  return cells.flatMap((cell) => (cell.id === id ? [cell, ...others] : [cell]));
}
