import { expect, test } from "vitest";
import { defaultRecipe } from "../../../src/core/recipe/controls";
import { fileName } from "../../../src/export/fileName";

test("fileName contains the dataset, the network and the step", () => {
  expect(fileName({ recipe: defaultRecipe, recording: null }, 237, "csv")).toBe("alphascope-noise-10-5-1-step237.csv");
  expect(fileName({ recipe: { ...defaultRecipe, hidden: [] }, recording: null }, 0, "svg", "loss")).toBe(
    "alphascope-loss-noise-10-1-step0.svg",
  );
});
