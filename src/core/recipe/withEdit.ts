import { scheduledSteps } from "../schedule/findSchedules";
import { type Edit, type LiveSettings, type Recipe, settingsAt } from "./recipe";

/**
 * The recipe after a change of live settings at step `taken`: an edit in force from step `taken` + 1 on, merged with an edit
 * already at that step, without keys that change nothing. At step 0 the base settings change instead, and the edits stay.
 * A change to the values in force returns the same object.
 *
 * A changed learning rate cancels a schedule: all later edits of lr are removed, because the next one would overwrite the
 * change. A change of any other setting keeps the schedule.
 *
 * @param measuredSteps the last step that the run has reached. Edits between `taken` + 1 and this step belong to steps that the
 *   change replaces, and are removed, unless they belong to a schedule. Edits after this step are plans, and stay.
 */
export function withEdit(recipe: Recipe, taken: number, settings: Partial<LiveSettings>, measuredSteps = 0): Recipe {
  const next = taken + 1;
  const now = settingsAt(recipe, next);
  const changesRate = settings.lr !== undefined && settings.lr !== now.lr;
  const scheduled = scheduledSteps(recipe.edits);
  const cancelsSchedule = changesRate && recipe.edits.some(({ step }) => step > next && scheduled.has(step));
  const later = recipe.edits.flatMap(({ step, lr, ...others }): Edit[] => {
    const stays = taken === 0 || step > measuredSteps;
    const rate = lr !== undefined && !cancelsSchedule && (stays || scheduled.has(step)) && { lr };
    const edit = { step, ...rate, ...(stays && others) };
    return step > next && Object.keys(edit).length > 1 ? [edit] : [];
  });
  if (taken === 0) return { ...recipe, ...now, ...settings, edits: later };

  if (Object.entries(settings).every(([key, value]) => now[key as keyof LiveSettings] === value)) return recipe;
  const before = settingsAt(recipe, taken);
  // The sliders show the values in force at the next step, so an edit already at that step stays.
  const merged = { ...recipe.edits.find((edit) => edit.step === next), ...settings, step: next };
  const changes = Object.entries(merged).filter(([key, value]) => value !== before[key as keyof LiveSettings]);
  const edit = Object.fromEntries(changes) as Edit;
  const earlier = recipe.edits.filter(({ step }) => step < next);
  return { ...recipe, edits: changes.length > 1 ? [...earlier, edit, ...later] : [...earlier, ...later] };
}

/** The recipe without edits whose base settings are those in force at `step`: the recipe of "Start over". */
export function foldEdits(recipe: Recipe, step: number): Recipe {
  return { ...recipe, ...settingsAt(recipe, step), edits: [] };
}
