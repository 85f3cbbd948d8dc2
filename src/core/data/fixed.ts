import type { Dataset, Recipe, Settings } from "../recipe/recipe";
import { groupRows } from "./quadratic";
import { isRealData, isShipped, type ShippedSet, shapeKeys, shippedSets } from "./shipped";

/** The datasets that are generated from the seed. */
export type SyntheticSet = Exclude<Dataset, ShippedSet | "csv">;

type FixedSettings = Partial<Pick<Settings, "rows" | "inputs" | "outputs" | "noise" | "hidden">>;

const twoClasses = { inputs: 2, outputs: 2 };

/** The settings that a generated dataset determines; those of `quadratic` make the loss a quadratic function. */
const ofSynthetic: Readonly<Record<SyntheticSet, FixedSettings>> = {
  noise: {},
  teacher: {},
  classes: {},
  curve: { inputs: 1, outputs: 1 },
  spiral: twoClasses,
  circles: twoClasses,
  xor: twoClasses,
  moons: twoClasses,
  quadratic: { inputs: 2, outputs: 1, hidden: [] },
};

/** The settings that a dataset determines, with their values. The shape of a CSV is not among them: it follows from its rows. */
function fixedBy(dataset: Dataset): FixedSettings {
  if (dataset === "csv") return {};
  if (!isShipped(dataset)) return ofSynthetic[dataset];
  const { loss: _, file: __, ...shape } = shippedSets[dataset];
  return shape;
}

/** Whether a dataset determines a setting, so that the user cannot. */
export function isFixed(dataset: Dataset, key: keyof Settings): boolean {
  return isRealData(dataset) ? (shapeKeys as readonly string[]).includes(key) : key in ofSynthetic[dataset];
}

/** Whether settings have the values that a dataset determines. */
export function isPossible(dataset: Dataset, settings: Required<FixedSettings>): boolean {
  return Object.entries(fixedBy(dataset)).every(
    ([key, value]) => String(settings[key as keyof FixedSettings]) === String(value),
  );
}

/** Whether a dataset leaves a setting out of a link: the values of a CSV are in the link, those of other datasets are known. */
export const isImplied = (dataset: Dataset, key: keyof Settings): boolean => key in fixedBy(dataset);

/** The least numbers that some datasets need. */
const least: Partial<Record<Dataset, Partial<Pick<Settings, "rows" | "outputs">>>> = {
  classes: { outputs: 2 },
  quadratic: { rows: groupRows },
};

/** Settings with those that their dataset determines, and at least the numbers that it needs; any other value adds an error. */
export function withDataset(settings: Settings, given: Partial<Settings>, errors: string[]): Settings {
  const { dataset } = settings;
  const result: Record<string, unknown> = { ...settings };
  for (const [key, value] of Object.entries(fixedBy(dataset)) as [keyof FixedSettings, number | readonly number[]][]) {
    const found = given[key];
    result[key] = value;
    if (found === undefined || String(found) === String(value)) continue;
    errors.push(`${key}: found ${found}; allowed: ${String(value) || "none"}, set by the dataset ${dataset}`);
  }
  for (const [key, value] of Object.entries(least[dataset] ?? {}) as ["rows" | "outputs", number][]) {
    if (settings[key] >= value) continue;
    result[key] = value;
    errors.push(`${key}: found ${settings[key]}; allowed: ${value} or more for the dataset ${dataset}`);
  }
  return result as unknown as Settings;
}

/** A recipe with changed settings. A change of the dataset removes the settings that either dataset determines and that are not given. */
export function withSettings(recipe: Recipe, settings: Partial<Settings>): Partial<Recipe> {
  const next: Record<string, unknown> = { ...recipe, ...settings };
  const { dataset = recipe.dataset } = settings;
  if (dataset === recipe.dataset) return next;
  for (const key of [...shapeKeys, "hidden"] as const) {
    const determined = isFixed(dataset, key) || isFixed(recipe.dataset, key);
    if (determined && settings[key] === undefined) delete next[key];
  }
  return next;
}
