import type { Optimiser } from "../core/recipe";
import { type Cell, cellsOf } from "./cells";
import body from "./notebookOptimisers.py?raw";

/** The two cells that say and define how an optimiser makes d of the gradient. */
export function optimiserCells(optimiser: Optimiser): Cell[] {
  return cellsOf(body, {}).filter(({ id }) => id === optimiser || id === `${optimiser}-code`);
}
