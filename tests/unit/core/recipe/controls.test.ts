import { describe, expect, test } from "vitest";
import { controls, defaultRecipe, liveKeys, settingKeys } from "../../../../src/core/recipe/controls";
import { parseRecipe } from "../../../../src/core/recipe/parseRecipe";

describe("controls", () => {
  test("the defaults of the controls are the run of the notebook", () => {
    expect(defaultRecipe).toEqual({
      seed: 0,
      dataset: "noise",
      curve: "sine",
      kappa: 100,
      rows: 1000,
      inputs: 10,
      outputs: 1,
      noise: 1,
      hidden: [5],
      activation: "relu",
      optimiser: "adam",
      lr: 1e-3,
      beta1: 0.9,
      beta2: 0.999,
      eps: 1e-8,
      weightDecay: 0.01,
      batchSize: 32,
      shuffle: false,
      rule: "lr",
      sigma: 1,
      edits: [],
    });
    expect(parseRecipe(defaultRecipe)).toEqual({ recipe: defaultRecipe, errors: [] });
  });

  test("exactly nine settings are live", () => {
    expect([...liveKeys].sort()).toEqual([
      "batchSize",
      "beta1",
      "beta2",
      "eps",
      "lr",
      "rule",
      "shuffle",
      "sigma",
      "weightDecay",
    ]);
  });

  test.each(settingKeys)(
    "the control %s has its own key, a label, a help text of at most 15 words and a slider within the valid range",
    (key) => {
      const control = controls[key];
      expect(control.key).toBe(key);
      expect(control.label).not.toBe("");
      expect(control.help).toMatch(/\.$/);
      expect(control.help.split(" ").length).toBeLessThanOrEqual(15);
      expect(control.live).toBe(control.group !== "network" && control.key !== "optimiser");
      if (control.kind !== "number") return;
      const { min, max, slider } = control;
      expect([min, slider.min, slider.max, max]).toEqual([min, slider.min, slider.max, max].sort((a, b) => a - b));
      if (slider.scale === "log") expect(slider.min).toBeGreaterThan(0);
      if (slider.scale === "oneMinus") expect(slider.max).toBeLessThan(1);
    },
  );

  test.each([
    ["beta2", 0.999999],
    ["eps", 0],
    ["lr", 1],
    ["batchSize", 20_000],
    ["seed", 4_294_967_295],
  ] as const)("parseRecipe accepts %s = %d", (key, value) => {
    expect(parseRecipe({ [key]: value })).toEqual({ recipe: { ...defaultRecipe, [key]: value }, errors: [] });
  });
});
