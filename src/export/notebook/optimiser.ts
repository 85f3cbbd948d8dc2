import type { Optimiser } from "../../core/recipe/recipe";
import { type Cell, cellsOf } from "../cells";
import body from "./optimisers.py?raw";

/** The cells that define an optimiser's direction d: the moment estimates, if its class derives from `Moments`, then its text and class. */
export function optimiserCells(optimiser: Optimiser): Cell[] {
  const cells = cellsOf(body, {});
  const code = cells.find(({ id }) => id === `${optimiser}-code`);
  const ids = [...(code?.source.includes("(Moments)") ? ["moments", "moments-code"] : []), optimiser, code?.id];
  return cells.filter(({ id }) => ids.includes(id));
}
