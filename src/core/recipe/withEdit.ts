import { sameSchedule } from "../schedule/schedule";
import { controls } from "./controls";
import { type Change, type Edit, type InForce, inForceAt, type LiveChange, type Recipe, settingsAt } from "./recipe";

/**
 * The recipe after a change of live settings at step `taken`: an edit in force from step `taken` + 1 on, merged with an edit
 * already at that step, without keys that change nothing. At step 0 the base settings change instead, a schedule becomes an
 * edit at step 1, and the edits stay. A change to the values in force returns the same object.
 *
 * A changed learning rate ends the schedule in force. A schedule removes all later edits of the learning rate.
 *
 * @param measuredSteps the last step that the run has reached. Edits between `taken` + 1 and this step belong to steps that the
 *   change replaces, and are removed. Edits after this step are plans, and stay.
 */
export function withEdit(recipe: Recipe, taken: number, change: LiveChange, measuredSteps = 0): Recipe {
  const next = taken + 1;
  const { lr: _, schedule: __, ...others } = change;
  const now = settingsAt(recipe, next);
  const rate = rateIn(change, recipe, taken);
  const own = recipe.edits.find(({ step }) => step === next) ?? { step: next };
  const edit: Edit = { ...(rate ? withoutRate(own) : own), ...others, ...rate };
  const planned = recipe.edits.filter(({ step }) => step > next && (taken === 0 || step > measuredSteps));
  const later = rate && "schedule" in rate ? planned.map(withoutRate).filter(isChange) : planned;
  if (taken === 0) {
    const { step, schedule, ...settings } = edit;
    return { ...recipe, ...settings, edits: schedule ? [{ step, schedule }, ...later] : later };
  }

  const changesNothing = Object.entries(others).every(([key, value]) => now[key as keyof typeof now] === value);
  if (!rate && changesNothing) return recipe;
  const earlier = recipe.edits.filter(({ step }) => step < next);
  const effective = withoutEqual(edit, inForceAt(recipe, taken));
  return { ...recipe, edits: isChange(effective) ? [...earlier, effective, ...later] : [...earlier, ...later] };
}

/** The change of the learning rate from step `taken` + 1 on; null where it stays as it is. */
function rateIn({ lr, schedule }: LiveChange, recipe: Recipe, taken: number): Change | null {
  const next = taken + 1;
  const { scheduled } = inForceAt(recipe, next);
  const begins = scheduled?.from === next;
  if (schedule) return begins && sameSchedule(scheduled.schedule, schedule) ? null : { schedule };
  if (schedule === null && scheduled) return { lr: lr ?? validRate(settingsAt(recipe, begins ? taken : next).lr) };
  return lr === undefined || lr === settingsAt(recipe, next).lr ? null : { lr };
}

function withoutRate({ lr: _, schedule: __, ...others }: Edit): Edit {
  return others;
}

/** The edit without values in force before it. A value of lr stays where it ends a schedule. */
function withoutEqual(edit: Edit, { values, scheduled }: InForce): Edit {
  const changed = Object.entries(edit).filter(
    ([key, value]) => key === scheduled?.schedule.key || value !== values[key as keyof typeof values],
  );
  return Object.fromEntries(changed) as Edit;
}

const isChange = (edit: Edit): boolean => Object.keys(edit).length > 1;

/** The recipe without edits whose base settings are those in force at `step`: the recipe of "Start over". */
export function foldEdits(recipe: Recipe, step: number): Recipe {
  const settings = settingsAt(recipe, step);
  return { ...recipe, ...settings, lr: validRate(settings.lr), edits: [] };
}

/** A schedule may end at 0, and is then below the smallest learning rate that can be set. */
const validRate = (lr: number): number => Math.max(lr, controls.lr.min);
