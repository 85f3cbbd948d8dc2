import { recipeOfCase } from "../../core/data/start";
import type { Case } from "../../core/files/case";
import { parseRunFile } from "../../core/files/parseRunFile";
import { liveKeys, settingKeys } from "../../core/recipe/controls";
import { fieldsOf, parseRecipe, parseSettings } from "../../core/recipe/parseRecipe";
import type { LiveSettings, Recipe, Settings } from "../../core/recipe/recipe";

/** A fault in what was asked for; the run goes on as if it had not been asked. */
export class InputFault extends Error {
  override readonly name = "InputFault";
}

/**
 * What `load` was given: a recipe, or a run file, known by its `format`, with the case that it carries.
 * @throws InputFault naming every fault
 */
export function runFrom(input: unknown): { recipe: Recipe; case: Case | null } {
  if (!Object.hasOwn(fieldsOf(input) ?? {}, "format")) return { recipe: recipeFrom(input), case: null };
  const parsed = parseRunFile(input);
  if (!parsed.ok) throw new InputFault(parsed.fault);
  const { recipe, case: from } = parsed.run;
  return { recipe: recipeOfCase(recipe, from), case: from };
}

/** @throws InputFault naming every fault */
export function recipeFrom(input: unknown): Recipe {
  const { recipe, faults } = parseRecipe(input);
  refuse(faults);
  return recipe;
}

/** @throws InputFault naming every fault, unknown settings and those that need a restart included */
export function liveSettingsFrom(input: unknown): Partial<LiveSettings> {
  const { settings, faults } = parseSettings(input, liveKeys);
  refuse(faults);
  return settings;
}

/** @throws InputFault naming every fault */
export function settingsFrom(input: unknown): Partial<Settings> {
  const { settings, faults } = parseSettings(input, settingKeys);
  refuse(faults);
  return settings;
}

/** @throws InputFault where it is not a whole number in the range */
export function stepsFrom(input: unknown, what: string, min: number, max: number): number {
  if (Number.isInteger(input) && (input as number) >= min && (input as number) <= max) return input as number;
  const found = typeof input === "number" ? String(input) : `a ${typeof input}`;
  throw new InputFault(`${what}: found ${found}; allowed: whole numbers from ${min} to ${max}`);
}

function refuse(faults: readonly string[]): void {
  if (faults.length > 0) throw new InputFault(faults.join("; "));
}
