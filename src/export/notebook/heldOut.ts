import type { Case } from "../../core/files/case";
import { type Cell, cellsOf } from "../cells";
import body from "./heldOut.py?raw";
import { textBlock } from "./python";

/** The cells that compute the loss on held-out rows; none without held-out rows. Their place is after the run's cells. */
export function heldCells({ held, loss }: Case): Cell[] {
  if (!held) return [];
  const measure = loss === "mse" ? "of standardised targets: predicting the mean gives 1" : "mean cross-entropy";
  return cellsOf(body, {
    held: `## Held-out rows

A random fifth of the rows was held out before the run: ${held.rows} rows that are never trained on. Their loss (${measure})
measures generalisation.`,
    "held-data": `X_HELD = unpack(${textBlock(held.x)}, -1, SIZES[0])
Y_HELD = unpack(${textBlock(held.y)}, -1, SIZES[-1])`,
  });
}
