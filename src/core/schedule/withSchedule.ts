import { limits } from "../limits";
import { mergeEdits } from "../recipe/mergeEdits";
import { type Edit, type Recipe, settingsAt } from "../recipe/recipe";
import type { Piece } from "./piecewise";

/**
 * The recipe with a schedule of the learning rate from step `taken` + 1 on, where t = 0; at step 0 the first piece becomes
 * the base learning rate. Later edits of lr are removed; edits of other settings stay.
 *
 * @param measuredSteps the last step that the run has reached: as in `withEdit`, edits between `taken` + 1 and this step are
 *   removed
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
