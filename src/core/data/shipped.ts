import { controls } from "../recipe/controls";
import type { Dataset, Recipe, Settings } from "../recipe/recipe";
import type { Loss } from "./problem";

/** Datasets made from the seed. */
export type SyntheticSet = "noise" | "teacher" | "classes";
/** Real data that come with the page, loaded when they are asked for. */
export type ShippedSet = "cars" | "penguins" | "digits";

/** The settings that follow from real data. */
export const shapeKeys = ["rows", "inputs", "outputs", "noise"] as const satisfies readonly (keyof Settings)[];
type Shape = Pick<Settings, (typeof shapeKeys)[number]>;

export const isShapeKey = (key: keyof Settings): boolean => (shapeKeys as readonly string[]).includes(key);

const noise = controls.noise.default;

/** What is known of the shipped sets before they are loaded; `rows` are those that are trained on. */
export const shippedSets: Readonly<Record<ShippedSet, Shape & { readonly loss: Loss; readonly file: string }>> = {
  cars: { rows: 319, inputs: 9, outputs: 1, noise, loss: "mse", file: "cars.csv" },
  penguins: { rows: 276, inputs: 9, outputs: 3, noise, loss: "cross-entropy", file: "penguins.csv" },
  digits: { rows: 2400, inputs: 784, outputs: 10, noise, loss: "cross-entropy", file: "digits.bin" },
};

export function isShipped(dataset: Dataset): dataset is ShippedSet {
  return Object.hasOwn(shippedSets, dataset);
}

/** Whether a dataset has rows of its own, which no seed makes: then its shape follows from them. */
export function isRealData(dataset: Dataset): dataset is ShippedSet | "csv" {
  return isShipped(dataset) || dataset === "csv";
}

/** Settings with the shape that their dataset has; one that says otherwise is a fault. That of a CSV is known to its table only. */
export function withShape(given: Partial<Settings>, errors: string[]): Partial<Settings> {
  const { dataset } = given;
  if (dataset === undefined || !isShipped(dataset)) return given;
  const { loss: _, file: __, ...shape } = shippedSets[dataset];
  for (const key of shapeKeys) {
    const value = given[key];
    if (value === undefined || value === shape[key]) continue;
    errors.push(`${key}: found ${value}; allowed: ${shape[key]}, which follows from the dataset ${dataset}`);
  }
  return { ...given, ...shape };
}

/** A recipe with settings laid over it; where real data come or go, the shape of what was there before goes. */
export function withSettings(recipe: Recipe, settings: Partial<Settings>): Partial<Recipe> {
  const next: Record<string, unknown> = { ...recipe, ...settings };
  const { dataset = recipe.dataset } = settings;
  if (dataset !== recipe.dataset && (isRealData(dataset) || isRealData(recipe.dataset))) {
    for (const key of shapeKeys) if (settings[key] === undefined) delete next[key];
  }
  return next;
}
