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
  it("withSchedule replaces later edits of lr and keeps edits of other settings", () => {
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

  it("withSchedule sets the base learning rate when no step was taken", () => {
    const made = withSchedule({ ...defaultRecipe, edits: [{ step: 1, lr: 1, beta1: 0.5 }] }, 0, cosine);
    expect(made.lr).toBe(0.1);
    expect(made.edits[0]).toEqual({ step: 1, beta1: 0.5 });
    expect(rates(made)[0]?.step).toBeGreaterThan(1);
  });

  it("withSchedule keeps the settings of the steps taken, and a link restores its edits", () => {
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

  it("withSchedule drops pieces after the last possible step", () => {
    expect(withSchedule(defaultRecipe, 999_990, cosine).edits.every(({ step }) => step <= 1_000_000)).toBe(true);
  });
});

describe("a schedule and manual edits", () => {
  const scheduled = withSchedule({ ...defaultRecipe, edits: [{ step: 305, beta1: 0.5 }] }, 100, cosine);

  it("scheduledSteps ignores changes that are large and rare, or fewer than 24", () => {
    expect(scheduledSteps(scheduled.edits).size).toBe(rates(scheduled).length);
    const row = (count: number, ratio: number, apart: number) =>
      Array.from({ length: count }, (_, i) => ({ step: apart * i + 1, lr: i % 2 ? 0.01 * ratio : 0.01 }));
    expect(scheduledSteps(row(24, 1.49, 100)).size).toBe(24);
    expect(scheduledSteps(row(23, 1.49, 100)).size).toBe(0);
    expect(scheduledSteps(row(60, 1.51, 100)).size).toBe(0);
    expect(scheduledSteps(row(60, 10, 3)).size).toBe(0);
    expect(scheduledSteps(row(60, 10, 2)).size).toBe(60);
  });

  it("withEdit removes all later edits of lr when lr is changed during a schedule of any shape", () => {
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

  it("withSchedule removes edits of other settings up to the last measured step, unless no step was taken", () => {
    const recipe = { ...defaultRecipe, edits: [{ step: 500, beta1: 0.5 }] };
    expect(settingsAt(withSchedule(recipe, 100, cosine, 1000), 600).beta1).toBe(0.9);
    expect(settingsAt(withSchedule(recipe, 100, cosine, 400), 600).beta1).toBe(0.5);
    expect(settingsAt(withSchedule(recipe, 0, cosine, 1000), 600).beta1).toBe(0.5);
  });

  it("withEdit of lr removes the rest of the schedule and keeps planned edits of other settings", () => {
    for (const measuredSteps of [200, 400]) {
      const moved = withEdit(scheduled, 200, { lr: 0.02 }, measuredSteps);
      expect(rates(moved).at(-1)).toEqual({ step: 201, lr: 0.02 });
      expect(lrAt(moved, 200)).toBe(lrAt(scheduled, 200));
    }
    expect(withEdit(scheduled, 200, { lr: 0.02 }, 200).edits.at(-1)).toEqual({ step: 305, beta1: 0.5 });
    expect(withEdit(scheduled, 0, { lr: 0.02 }).edits).toEqual([{ step: 305, beta1: 0.5 }]);
  });

  it("withEdit of another setting keeps the whole schedule, also at steps already measured", () => {
    for (const measuredSteps of [200, 400, 900]) {
      const moved = withEdit(scheduled, 200, { beta2: 0.9 }, measuredSteps);
      for (const step of [150, 201, 250, 350, 600, 800]) expect(lrAt(moved, step)).toBe(lrAt(scheduled, step));
    }
    expect(settingsAt(withEdit(scheduled, 200, { beta2: 0.9 }, 400), 350).beta1).toBe(0.9);
    expect(lrAt(withEdit(scheduled, 200, { lr: lrAt(scheduled, 201), beta2: 0.9 }), 500)).toBe(lrAt(scheduled, 500));
  });

  it("foldEdits replaces a schedule by the learning rate in force", () => {
    expect(foldEdits(scheduled, 200)).toEqual({ ...defaultRecipe, lr: lrAt(scheduled, 200) });
  });
});
