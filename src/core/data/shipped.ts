import { controls } from "../recipe/controls";
import type { Dataset, Settings } from "../recipe/recipe";
import type { Loss } from "./problem";

/** The datasets of real data that are files of the page, loaded at their first use. */
export type ShippedSet = "cars" | "penguins" | "digits";

/** The settings that real data determine. */
export const shapeKeys = ["rows", "inputs", "outputs", "noise"] as const satisfies readonly (keyof Settings)[];
type Shape = Pick<Settings, (typeof shapeKeys)[number]>;

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
