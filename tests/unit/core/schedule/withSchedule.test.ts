import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultRecipe } from "../../../../src/core/recipe/controls";
import { linkOf, parseLink } from "../../../../src/core/recipe/link";
import type { Recipe } from "../../../../src/core/recipe/recipe";
import { settingsAt } from "../../../../src/core/recipe/recipe";
import { foldEdits, withEdit } from "../../../../src/core/recipe/withEdit";
import { scheduledSteps } from "../../../../src/core/schedule/findSchedules";
import { piecewise } from "../../../../src/core/schedule/piecewise";
import { withSchedule } from "../../../../src/core/schedule/withSchedule";
import { validRecipe } from "../../support/arbitraries";

const cosine = piecewise({
  shape: "cosine",
  length: 500,
  lr: 0.1,
  low: 0.001,
  end: 0.001,
  warmUp: 1,
  factor: 1,
  every: 1,
  corners: [],
}).pieces;
const lrAt = (recipe: Recipe, step: number) => settingsAt(recipe, step).lr;
const rates = (recipe: Recipe) => recipe.edits.filter(({ lr }) => lr !== undefined);

describe("withSchedule", () => {
  it("replaces what was planned for the learning rate, and keeps every other edit", () => {
    const edits = [
      { step: 20, lr: 0.05 },
      { step: 40, beta1: 0.5 },
      { step: 60, lr: 0.2, batchSize: 8 },
    ];
    const pieces = [
      { t: 0, lr: 0.1 },
      { t: 9, lr: 0.01 },
    ];
    expect(withSchedule({ ...defaultRecipe, edits }, 30, pieces).edits).toEqual([
      { step: 20, lr: 0.05 },
      { step: 31, lr: 0.1 },
      { step: 40, beta1: 0.5, lr: 0.01 },
      { step: 60, batchSize: 8 },
    ]);
  });

  it("begins with the recipe's own learning rate before the first step", () => {
    const made = withSchedule({ ...defaultRecipe, edits: [{ step: 1, lr: 1, beta1: 0.5 }] }, 0, cosine);
    expect(made.lr).toBe(0.1);
    expect(made.edits[0]).toEqual({ step: 1, beta1: 0.5 });
    expect(rates(made)[0]?.step).toBeGreaterThan(1);
  });

  it("changes nothing of the steps taken, whatever the recipe, and is the same by its link", () => {
    fc.assert(
      fc.property(validRecipe, fc.integer({ min: 0, max: 600 }), (recipe, taken) => {
        const made = withSchedule(recipe, taken, cosine);
        for (let step = 1; step <= taken; step++) expect(settingsAt(made, step)).toEqual(settingsAt(recipe, step));
        for (let step = taken + 1; step < taken + 600; step += 7) {
          const { lr } = cosine.findLast(({ t }) => taken + 1 + t <= step) ?? {};
          expect(settingsAt(made, step)).toEqual({ ...settingsAt(recipe, step), lr });
        }
        expect(parseLink(linkOf(made)).recipe.edits).toEqual(made.edits);
      }),
      { numRuns: 40 },
    );
  });

  it("leaves out what lies beyond the longest run", () => {
    expect(withSchedule(defaultRecipe, 999_990, cosine).edits.every(({ step }) => step <= 1_000_000)).toBe(true);
  });
});

describe("a schedule under a hand", () => {
  const led = withSchedule({ ...defaultRecipe, edits: [{ step: 305, beta1: 0.5 }] }, 100, cosine);

  it("is told from changes by hand, which go further at once, slower, or are few", () => {
    expect(scheduledSteps(led.edits).size).toBe(rates(led).length);
    const row = (count: number, ratio: number, apart: number) =>
      Array.from({ length: count }, (_, i) => ({ step: apart * i + 1, lr: i % 2 ? 0.01 * ratio : 0.01 }));
    expect(scheduledSteps(row(24, 1.49, 100)).size).toBe(24);
    expect(scheduledSteps(row(23, 1.49, 100)).size).toBe(0);
    expect(scheduledSteps(row(60, 1.51, 100)).size).toBe(0);
    expect(scheduledSteps(row(60, 10, 3)).size).toBe(0);
    expect(scheduledSteps(row(60, 10, 2)).size).toBe(60);
  });

  it("ends where the learning rate is moved, whatever its shape: nothing more is planned for it", () => {
    const rate = fc.double({ min: Math.log(1e-7), max: Math.log(10), noNaN: true }).map(Math.exp);
    const made = fc.record({
      shape: fc.constantFrom("warmUp", "cosine", "warmUpCosine" as const),
      length: fc.integer({ min: 30, max: 3000 }),
      lr: rate,
      low: rate,
      end: rate,
      warmUp: fc.integer({ min: 1, max: 29 }),
      factor: fc.constant(1),
      every: fc.constant(1),
      corners: fc.constant([]),
    });
    fc.assert(
      fc.property(made, fc.integer({ min: 0, max: 500 }), (schedule, taken) => {
        const { pieces } = piecewise(schedule);
        const planned = withSchedule(defaultRecipe, taken, pieces);
        fc.pre(scheduledSteps(planned.edits).size > 1);
        const moved = withEdit(planned, taken, { lr: 99 });
        expect(rates(moved).filter(({ step }) => step > taken + 1)).toEqual([]);
        expect(lrAt(moved, taken + 5000)).toBe(99);
      }),
      { numRuns: 60 },
    );
  });

  it("drops what was planned for other settings in a future that is given up, as a hand does", () => {
    const recipe = { ...defaultRecipe, edits: [{ step: 500, beta1: 0.5 }] };
    expect(settingsAt(withSchedule(recipe, 100, cosine, 1000), 600).beta1).toBe(0.9);
    expect(settingsAt(withSchedule(recipe, 100, cosine, 400), 600).beta1).toBe(0.5);
    expect(settingsAt(withSchedule(recipe, 0, cosine, 1000), 600).beta1).toBe(0.5);
  });

  it("ends there, and the rest of the plan stays", () => {
    for (const known of [200, 400]) {
      const moved = withEdit(led, 200, { lr: 0.02 }, known);
      expect(rates(moved).at(-1)).toEqual({ step: 201, lr: 0.02 });
      expect(lrAt(moved, 200)).toBe(lrAt(led, 200));
    }
    expect(withEdit(led, 200, { lr: 0.02 }, 200).edits.at(-1)).toEqual({ step: 305, beta1: 0.5 });
    expect(withEdit(led, 0, { lr: 0.02 }).edits).toEqual([{ step: 305, beta1: 0.5 }]);
  });

  it("goes on where anything else is moved, wherever the run has been", () => {
    for (const known of [200, 400, 900]) {
      const moved = withEdit(led, 200, { beta2: 0.9 }, known);
      for (const step of [150, 201, 250, 350, 600, 800]) expect(lrAt(moved, step)).toBe(lrAt(led, step));
    }
    expect(settingsAt(withEdit(led, 200, { beta2: 0.9 }, 400), 350).beta1).toBe(0.9);
    expect(lrAt(withEdit(led, 200, { lr: lrAt(led, 201), beta2: 0.9 }), 500)).toBe(lrAt(led, 500));
  });

  it("is folded in on starting over, like every edit", () => {
    expect(foldEdits(led, 200)).toEqual({ ...defaultRecipe, lr: lrAt(led, 200) });
  });
});
