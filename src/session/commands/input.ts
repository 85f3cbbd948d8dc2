import { fetchPart } from "../../core/async/fetchPart";
import { recipeOfCase } from "../../core/data/start";
import { InputError } from "../../core/errors";
import type { Case } from "../../core/files/case";
import type { Recording } from "../../core/files/recording";
import { settingKeys } from "../../core/recipe/controls";
import { parseChange, parseRecipe, parseSettings } from "../../core/recipe/parseRecipe";
import type { LiveChange, Recipe, Settings } from "../../core/recipe/recipe";
import { fieldsOf } from "../../core/untrusted";

/** Whether a run file holds a recorded run. */
const isRecording = (file: unknown): boolean => Object.hasOwn(fieldsOf(file) ?? {}, "recording");

/** Whether the argument of `load` is a run file, with a field `format`, and not a recipe. */
export const isRunFile = (input: unknown): boolean => Object.hasOwn(fieldsOf(input) ?? {}, "format");

/**
 * The run of a run file. The parser is loaded on demand, to keep the first load small.
 *
 * @throws InputError that names the first fault
 */
export async function runFrom(file: unknown): Promise<{ recipe: Recipe; case: Case | null; recording?: Recording }> {
  const { parseRecording, parseRunFile } = await fetchPart("The reader of run files", async () => ({
    ...(await import("../../core/files/parseRunFile")),
    ...(await import("../../core/files/parseRecording")),
  }));
  if (isRecording(file)) return { ...parseRecording(file), case: null };
  const { recipe, case: from } = parseRunFile(file);
  return { recipe: recipeOfCase(recipe, from), case: from };
}

/** @throws InputError that names every fault */
export function recipeFrom(input: unknown): Recipe {
  const { recipe, errors } = parseRecipe(input);
  refuse(errors);
  return recipe;
}

/** @throws InputError that names every fault; settings that need a restart are faults */
export function changeFrom(input: unknown): LiveChange {
  const { change, errors } = parseChange(input);
  refuse(errors);
  return change;
}

/** @throws InputError that names every fault */
export function settingsFrom(input: unknown): Partial<Settings> {
  const { settings, errors } = parseSettings(input, settingKeys);
  refuse(errors);
  return settings;
}

/** @throws InputError where `input` is no whole number from `min` to `max`; `field` is its name in the message */
export function stepsFrom(input: unknown, field: string, min: number, max: number): number {
  if (Number.isInteger(input) && (input as number) >= min && (input as number) <= max) return input as number;
  const found = typeof input === "number" ? String(input) : `a ${typeof input}`;
  throw new InputError(`${field}: found ${found}; allowed: whole numbers from ${min} to ${max}`);
}

function refuse(errors: readonly string[]): void {
  if (errors.length > 0) throw new InputError(errors.join("; "));
}
