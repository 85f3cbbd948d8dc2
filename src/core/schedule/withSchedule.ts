import { limits } from "../limits";
import { mergeEdits } from "../recipe/mergeEdits";
import { type Edit, type Recipe, settingsAt } from "../recipe/recipe";
import type { Piece } from "./piecewise";

/**
 * The recipe with its learning rate sent along pieces, with `taken` steps behind it: t = 0 is step `taken` + 1, and before
 * the first step the recipe's own. What was planned for the learning rate from there on goes; every other edit stays.
 *
 * @param measuredSteps the last step that the run has been at: as for `withEdit`, edits ahead of the run and up to it go
 */
export function withSchedule(recipe: Recipe, taken: number, pieces: readonly Piece[], measuredSteps = 0): Recipe {
  const next = taken + 1;
  const others = recipe.edits.flatMap((edit): Edit[] => {
    const { lr: _, ...rest } = edit;
    if (edit.step < next) return [edit];
    return edit.step > next && taken > 0 && edit.step <= measuredSteps ? [] : [rest];
  });
  const planned = pieces
    .map(({ t, lr }) => ({ step: next + t, lr }))
    .filter(({ step, lr }, i) => step <= limits.steps && (i > 0 || lr !== settingsAt(recipe, taken).lr));
  if (taken > 0) return { ...recipe, edits: mergeEdits([...others, ...planned]) };
  const { lr = recipe.lr } = pieces[0] ?? {};
  return { ...recipe, lr, edits: mergeEdits([...others, ...planned.filter(({ step }) => step > 1)]) };
}
