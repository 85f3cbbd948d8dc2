import type { Case } from "../../core/files/case";
import { type Cell, cellsOf } from "../cells";
import body from "./heldOut.py?raw";
import { textBlock } from "./python";

/** The cells that score rows held out; none where none are. They follow the run. */
export function heldCells({ held, loss }: Case): Cell[] {
  if (!held) return [];
  const measure = loss === "mse" ? "standardised, so 1 is what the mean would do" : "their mean cross-entropy";
  return cellsOf(body, {
    held: `## Rows held out

Every fifth row of the data was held out before the run began: ${held.rows} rows, of which it has seen nothing. The loss that matters is
theirs (${measure}).`,
    "held-data": `X_HELD = unpack(${textBlock(held.x)}, -1, SIZES[0])
Y_HELD = unpack(${textBlock(held.y)}, -1, SIZES[-1])`,
  });
}

/** Cells with others put in after the one named. */
export function withCellsAfter(cells: readonly Cell[], id: string, others: readonly Cell[]): Cell[] {
  return cells.flatMap((cell) => (cell.id === id ? [cell, ...others] : [cell]));
}
