import { controls } from "../recipe/controls";
import type { Dataset, Recipe, Settings } from "../recipe/recipe";
import type { Loss } from "./problem";

/** The datasets that are generated from the seed. */
export type SyntheticSet = "noise" | "teacher" | "classes";
/** The datasets of real data that are files of the page, loaded at their first use. */
export type ShippedSet = "cars" | "penguins" | "digits";

/** The settings that real data determine. */
const shapeKeys = ["rows", "inputs", "outputs", "noise"] as const satisfies readonly (keyof Settings)[];
type Shape = Pick<Settings, (typeof shapeKeys)[number]>;

export const isShapeKey = (key: keyof Settings): boolean => (shapeKeys as readonly string[]).includes(key);

const noise = controls.noise.default;

/** The shape, loss and file name of each shipped dataset; `rows` is the number of training rows. */
export const shippedSets: Readonly<Record<ShippedSet, Shape & { readonly loss: Loss; readonly file: string }>> = {
  cars: { rows: 319, inputs: 9, outputs: 1, noise, loss: "mse", file: "cars.csv" },
  penguins: { rows: 276, inputs: 9, outputs: 3, noise, loss: "cross-entropy", file: "penguins.csv" },
  digits: { rows: 2400, inputs: 784, outputs: 10, noise, loss: "cross-entropy", file: "digits.bin" },
};

export function isShipped(dataset: Dataset): dataset is ShippedSet {
  return Object.hasOwn(shippedSets, dataset);
}

/** Whether the rows of a dataset come from a file, not from the seed; then they determine the shape. */
export function isRealData(dataset: Dataset): dataset is ShippedSet | "csv" {
  return isShipped(dataset) || dataset === "csv";
}

/** Settings with the shape of their shipped dataset; any other value adds an error. The shape of a CSV is not checked here. */
export function withShape(given: Partial<Settings>, errors: string[]): Partial<Settings> {
  const { dataset } = given;
  if (dataset === undefined || !isShipped(dataset)) return given;
  const { loss: _, file: __, ...shape } = shippedSets[dataset];
  for (const key of shapeKeys) {
    const value = given[key];
    if (value === undefined || value === shape[key]) continue;
    errors.push(`${key}: found ${value}; allowed: ${shape[key]}, set by the dataset ${dataset}`);
  }
  return { ...given, ...shape };
}

/** A recipe with changed settings. A change from or to real data removes the shape settings that are not among them. */
export function withSettings(recipe: Recipe, settings: Partial<Settings>): Partial<Recipe> {
  const next: Record<string, unknown> = { ...recipe, ...settings };
  const { dataset = recipe.dataset } = settings;
  if (dataset !== recipe.dataset && (isRealData(dataset) || isRealData(recipe.dataset))) {
    for (const key of shapeKeys) if (settings[key] === undefined) delete next[key];
  }
  return next;
}
