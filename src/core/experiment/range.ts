import { controls } from "../recipe/controls";
import type { Recipe } from "../recipe/recipe";
import { withEdit } from "../recipe/withEdit";

/** The learning rates of a range test: `from`·`factor`ᵏ at its step k = 0, 1, … */
export interface Range {
  readonly from: number;
  readonly factor: number;
}

/** The bounds of a range test. The bounds of `from` are those of the learning rate. */
export const rangeBounds = {
  factor: { min: 1.005, max: 10 },
  steps: 1000,
} as const;

/** The learning rates of a range test, ascending, up to the largest learning rate of a recipe, at most `rangeBounds.steps`. */
export function ratesOf({ from, factor }: Range): number[] {
  const rates: number[] = [];
  // Products, not powers: browsers round powers differently.
  for (let lr = from; lr <= controls.lr.max && rates.length < rangeBounds.steps; lr *= factor) rates.push(lr);
  return rates;
}

/**
 * The recipe of the twin: the run up to step `taken`, then an edit of the learning rate at each step. Steps have the size lr,
 * and later edits of the run are left out.
 */
export function rangeRecipe(recipe: Recipe, taken: number, range: Range): Recipe {
  const [first = range.from, ...later] = ratesOf(range);
  const begun = withEdit(recipe, taken, { lr: first, rule: "lr" }, Number.POSITIVE_INFINITY);
  const edits = begun.edits.filter(({ step }) => step <= taken + 1);
  return { ...begun, edits: [...edits, ...later.map((lr, k) => ({ step: taken + 2 + k, lr }))] };
}
