import type { Case } from "../../core/files/case";
import { commonSteps, differingSettings } from "../../core/recipe/difference";
import { type Edit, type Recipe, settingsAt } from "../../core/recipe/recipe";
import type { ComparedRun } from "../../session/compare/comparedRuns";
import type { RunState } from "../../session/state";
import { changesText } from "./edits";

/**
 * A compared run named by its differences from the current run: “lr 0.01, β₁ 0.5”, “lr 0.001 from step 120”, “other data”;
 * “the same recipe” where there is no difference.
 */
export function comparedRunName(
  comparedRun: Pick<ComparedRun, "recipe" | "case">,
  run: Pick<RunState, "recipe" | "case">,
): string {
  const data = sameCase(comparedRun.case, run.case) ? "" : "other data";
  const settings = settingsName(comparedRun.recipe, run.recipe);
  return [data, settings].filter(Boolean).join(", ") || "the same recipe";
}

/** Called at every redraw of a reading: base64 texts are compared, row orders only by their number of epochs. */
function sameCase(a: Case | null, b: Case | null): boolean {
  if (a === b || !a || !b) return a === b;
  const arrays = ({ x, y, weights, biases }: Case) => [x, y, ...weights, ...biases];
  const others = arrays(b);
  return arrays(a).every((text, i) => text === others[i]) && a.order?.length === b.order?.length;
}

/** The settings of `recipe` that differ from those of `run`; at the first step at which edits make them differ. */
function settingsName(recipe: Recipe, run: Recipe): string {
  const apart = differingSettings(recipe, run);
  if (apart.length > 0) return changesText(Object.fromEntries(apart.map((key) => [key, recipe[key]])));
  const alike = commonSteps(recipe, run);
  if (alike === Number.POSITIVE_INFINITY) return "";
  const step = alike + 1;
  const [own, other] = [settingsAt(recipe, step), settingsAt(run, step)];
  const keys = Object.keys(own) as (keyof typeof own)[];
  const changed = Object.fromEntries(keys.filter((key) => own[key] !== other[key]).map((key) => [key, own[key]]));
  return `${changesText(changed as Partial<Edit>)} from step ${step}`;
}
