import { InputError } from "../../core/errors";
import { limits } from "../../core/limits";
import { commonSteps } from "../../core/recipe/difference";
import { capacityReached } from "../run/player";
import type { Run } from "../run/run";
import type { EditHistory } from "./editHistory";

/**
 * Changes the recipe by at most one more edit and records the change for undo.
 *
 * @throws InputError where the history is full, or the recipe would have too many edits
 */
export async function recordChange(
  { run, editHistory }: { readonly run: Run; readonly editHistory: EditHistory },
  change: () => Promise<void>,
): Promise<void> {
  const { recipe } = run.request;
  if (run.step >= limits.steps) throw new InputError(capacityReached);
  const edits = recipe.edits.length + 1;
  if (edits > limits.edits) throw new InputError(`edits: found ${edits}; allowed: at most ${limits.edits}`);
  await change();
  if (commonSteps(recipe, run.request.recipe) < Number.POSITIVE_INFINITY) editHistory.record(recipe);
}
