import type { Case } from "../../core/files/case";
import { defaultRecipe } from "../../core/recipe/controls";
import { commonSteps, differingSettings } from "../../core/recipe/difference";
import { type InForce, inForceAt, type Recipe, settingsOf } from "../../core/recipe/recipe";
import { sameSchedule } from "../../core/schedule/schedule";
import type { ComparedRun } from "../../session/compare/comparedRuns";
import type { RunState } from "../../session/state";
import { changesText, editText } from "./edits";

/**
 * A compared run named by its differences from the current run: “lr 0.01, β₁ 0.5”, “lr 0.001 from step 120”, “mine.csv”, “other data”;
 * “the same recipe” where there is no difference.
 */
export function comparedRunName(
  comparedRun: Pick<ComparedRun, "recipe" | "case" | "table" | "recording">,
  run: Pick<RunState, "recipe" | "case" | "file"> & Partial<Pick<RunState, "recording">>,
): string {
  if (comparedRun.recording) return comparedRun.recording.name;
  // A recorded run has no recipe to differ from.
  if (run.recording) return settingsName(comparedRun.recipe, defaultRecipe) || "the default run";
  const data = sameCase(comparedRun.case, run.case) ? otherFile(comparedRun, run) : "other data";
  const settings = settingsName(comparedRun.recipe, run.recipe);
  return [data, settings].filter(Boolean).join(", ") || "the same recipe";
}

/** The CSV file of a compared run where the current run trains on another file; else empty. */
function otherFile(
  { recipe, table }: Pick<ComparedRun, "recipe" | "table">,
  run: Pick<RunState, "recipe" | "file">,
): string {
  const bothCsv = recipe.dataset === "csv" && run.recipe.dataset === "csv";
  return bothCsv && table?.target && table.name !== run.file ? table.name : "";
}

/** Called at every redraw of a reading: base64 texts are compared, row orders only by their number of epochs. */
function sameCase(a: Case | null, b: Case | null): boolean {
  if (a === b || !a || !b) return a === b;
  const arrays = ({ x, y, weights, biases }: Case) => [x, y, ...weights, ...biases];
  const others = arrays(b);
  return arrays(a).every((text, i) => text === others[i]) && a.order?.length === b.order?.length;
}

function sameScheduled({ scheduled: a }: InForce, { scheduled: b }: InForce): boolean {
  return a !== null && b !== null && a.from === b.from && sameSchedule(a.schedule, b.schedule);
}

/** The settings of `recipe` that differ from those of `run`; at the first step at which edits make them differ. */
function settingsName(recipe: Recipe, run: Recipe): string {
  const apart = differingSettings(recipe, run);
  if (apart.length > 0) return changesText(Object.fromEntries(apart.map((key) => [key, recipe[key]])));
  const alike = commonSteps(recipe, run);
  if (alike === Number.POSITIVE_INFINITY) return "";
  const step = alike + 1;
  const [own, other] = [recipe, run].map((one) => inForceAt(one, step)) as [InForce, InForce];
  const [now, then] = [settingsOf(own, step), settingsOf(other, step)];
  const { schedule } = own.scheduled ?? {};
  // A schedule may begin with the value of the other run.
  const follows = schedule && !sameScheduled(own, other);
  const keys = (Object.keys(now) as (keyof typeof now)[]).filter((key) => key !== schedule?.key);
  const changed = keys.filter((key) => now[key] !== then[key] || key === other.scheduled?.schedule.key);
  const settings = Object.fromEntries(changed.map((key) => [key, now[key]]));
  return `${editText({ step, ...settings, ...(follows && { schedule }) })} from step ${step}`;
}
