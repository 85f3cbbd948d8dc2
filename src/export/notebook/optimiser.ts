import type { Optimiser } from "../../core/recipe/recipe";
import { type Cell, cellsOf } from "../cells";
import body from "./optimisers.py?raw";

/** The two cells that say and define how an optimiser makes d of the gradient. */
export function optimiserCells(optimiser: Optimiser): Cell[] {
  return cellsOf(body, {}).filter(({ id }) => id === optimiser || id === `${optimiser}-code`);
}
