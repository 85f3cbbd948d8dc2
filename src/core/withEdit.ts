import { type Edit, type LiveSettings, type Recipe, settingsAt } from "./recipe";

/**
 * The recipe after its live settings were moved with `taken` steps behind it: an edit in force from step `taken` + 1 on,
 * merged with one already there and without the keys that change nothing. Before the first step there is nothing to
 * edit yet, so the recipe's own settings move. Edits that lie further ahead (a replay) stay.
 */
export function withEdit(recipe: Recipe, taken: number, settings: Partial<LiveSettings>): Recipe {
  const next = taken + 1;
  const later = recipe.edits.filter((edit) => edit.step > next);
  if (taken === 0) return { ...recipe, ...settingsAt(recipe, next), ...settings, edits: later };

  const before = settingsAt(recipe, taken);
  const merged = { ...recipe.edits.find((edit) => edit.step === next), ...settings, step: next };
  const changes = Object.entries(merged).filter(([key, value]) => value !== before[key as keyof LiveSettings]);
  const edit = Object.fromEntries(changes) as Edit;
  const earlier = recipe.edits.filter(({ step }) => step < next);
  return { ...recipe, edits: changes.length > 1 ? [...earlier, edit, ...later] : [...earlier, ...later] };
}

/** The recipe whose own settings are those in force at `step`, with no edits: what "start over" trains. */
export function folded(recipe: Recipe, step: number): Recipe {
  return { ...recipe, ...settingsAt(recipe, step), edits: [] };
}
