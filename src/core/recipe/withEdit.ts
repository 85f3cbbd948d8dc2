import { scheduledSteps } from "../schedule/findSchedules";
import { type Edit, type LiveSettings, type Recipe, settingsAt } from "./recipe";

/**
 * The recipe after its live settings were moved with `taken` steps behind it: an edit in force from step `taken` + 1 on,
 * merged with one already there and without the keys that change nothing. Before the first step there is nothing to
 * edit yet, so the recipe's own settings move, and all edits come again at their steps. A move that changes nothing
 * gives the recipe itself.
 *
 * A schedule of the learning rate ahead goes when the learning rate is moved, with all that is planned for it, and only then:
 * a hand that takes over is not to be overruled by the next piece, and one that moves β₁ leaves the schedule whole.
 *
 * @param measuredSteps the last step that the run has been at: other edits ahead of the run and up to it are of a future that
 *   ends here, and go with it; those further ahead, where the run has not been, stay
 */
export function withEdit(recipe: Recipe, taken: number, settings: Partial<LiveSettings>, measuredSteps = 0): Recipe {
  const next = taken + 1;
  const now = settingsAt(recipe, next);
  const takesOver = settings.lr !== undefined && settings.lr !== now.lr;
  const scheduled = scheduledSteps(recipe.edits);
  const ends = takesOver && recipe.edits.some(({ step }) => step > next && scheduled.has(step));
  const later = recipe.edits.flatMap(({ step, lr, ...others }): Edit[] => {
    const stays = taken === 0 || step > measuredSteps;
    const rate = lr !== undefined && !ends && (stays || scheduled.has(step)) && { lr };
    const edit = { step, ...rate, ...(stays && others) };
    return step > next && Object.keys(edit).length > 1 ? [edit] : [];
  });
  if (taken === 0) return { ...recipe, ...now, ...settings, edits: later };

  if (Object.entries(settings).every(([key, value]) => now[key as keyof LiveSettings] === value)) return recipe;
  const before = settingsAt(recipe, taken);
  // What an edit has put in force for the next step is what the sliders show, and stays as they show it.
  const merged = { ...recipe.edits.find((edit) => edit.step === next), ...settings, step: next };
  const changes = Object.entries(merged).filter(([key, value]) => value !== before[key as keyof LiveSettings]);
  const edit = Object.fromEntries(changes) as Edit;
  const earlier = recipe.edits.filter(({ step }) => step < next);
  return { ...recipe, edits: changes.length > 1 ? [...earlier, edit, ...later] : [...earlier, ...later] };
}

/** The recipe whose own settings are those in force at `step`, with no edits: what "start over" trains. */
export function foldEdits(recipe: Recipe, step: number): Recipe {
  return { ...recipe, ...settingsAt(recipe, step), edits: [] };
}
