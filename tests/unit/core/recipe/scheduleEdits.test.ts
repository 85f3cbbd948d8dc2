import { describe, expect, it } from "vitest";
import { defaultRecipe } from "../../../../src/core/recipe/controls";
import { commonSteps } from "../../../../src/core/recipe/difference";
import { mergeEdits } from "../../../../src/core/recipe/mergeEdits";
import { type Edit, type LiveChange, type Recipe, settingsAt } from "../../../../src/core/recipe/recipe";
import { schedulesIn } from "../../../../src/core/recipe/schedulesIn";
import { foldEdits, withEdit } from "../../../../src/core/recipe/withEdit";
import { rateAt, type Schedule } from "../../../../src/core/schedule/schedule";
import { examples } from "../../support/schedules";

const cosine: Schedule = { key: "lr", shape: "cosine", lr: 0.1, end: 0.001, length: 500 };
const other: Schedule = { key: "lr", shape: "warmUp", low: 0, lr: 0.2, length: 50 };
const edited = (...edits: Edit[]): Recipe => ({ ...defaultRecipe, edits });
const lrAt = (recipe: Recipe, step: number) => settingsAt(recipe, step).lr;
const scheduled = edited({ step: 101, schedule: cosine }, { step: 305, beta1: 0.5 });

it("settingsAt samples a schedule of any shape at every step from its edit on, until the next edit of lr", () => {
  for (const schedule of examples) {
    const recipe = edited({ step: 11, schedule }, { step: 15, beta1: 0.5 }, { step: 90, lr: 0.5 });
    for (let step = 1; step <= 10; step++) expect(lrAt(recipe, step)).toBe(defaultRecipe.lr);
    for (let step = 11; step < 90; step++) expect(lrAt(recipe, step)).toBe(rateAt(schedule, step - 11));
    expect([lrAt(recipe, 89), lrAt(recipe, 90), lrAt(recipe, 999)]).toEqual([
      rateAt(schedule, schedule.length),
      0.5,
      0.5,
    ]);
    expect(settingsAt(recipe, 20).beta1).toBe(0.5);
  }
});

it("mergeEdits keeps the later of a schedule and a learning rate at the same step", () => {
  const merged = (...changes: LiveChange[]) => mergeEdits(changes.map((change) => ({ step: 5, ...change }) as Edit));
  expect(merged({ lr: 1, beta1: 0.5 }, { schedule: cosine })).toEqual([{ step: 5, beta1: 0.5, schedule: cosine }]);
  expect(merged({ schedule: cosine }, { lr: 1 })).toEqual([{ step: 5, lr: 1 }]);
  expect(merged({ schedule: cosine }, { schedule: other })).toEqual([{ step: 5, schedule: other }]);
});

it("schedulesIn gives the last step at which each schedule changes the learning rate", () => {
  const { edits } = edited(
    { step: 3, schedule: cosine },
    { step: 9, beta1: 0 },
    { step: 20, schedule: other },
    { step: 99, lr: 1 },
  );
  expect(schedulesIn(edits)).toEqual([
    { from: 3, to: 19, schedule: cosine },
    { from: 20, to: 70, schedule: other },
  ]);
});

it("commonSteps counts the steps before a different schedule", () => {
  expect(commonSteps(scheduled, structuredClone(scheduled))).toBe(Number.POSITIVE_INFINITY);
  expect(
    commonSteps(scheduled, edited({ step: 101, schedule: { ...cosine, length: 400 } }, ...scheduled.edits.slice(1))),
  ).toBe(100);
  expect(commonSteps(scheduled, edited({ step: 101, lr: 0.1 }, ...scheduled.edits.slice(1)))).toBe(100);
  expect(commonSteps(edited({ step: 8, schedule: cosine }), edited({ step: 8, lr: 0.1 }))).toBe(7);
});

describe("withEdit", () => {
  it("withEdit of a schedule adds one edit at the next step and removes later edits of lr only", () => {
    const recipe = edited(
      { step: 20, lr: 0.05 },
      { step: 40, beta1: 0.5 },
      { step: 60, lr: 0.2, batchSize: 8 },
      { step: 70, schedule: other },
    );
    expect(withEdit(recipe, 30, { schedule: cosine }).edits).toEqual([
      { step: 20, lr: 0.05 },
      { step: 31, schedule: cosine },
      { step: 40, beta1: 0.5 },
      { step: 60, batchSize: 8 },
    ]);
    expect(withEdit(recipe, 19, { schedule: cosine }).edits[0]).toEqual({ step: 20, schedule: cosine });
  });

  it("withEdit of a schedule sets an edit at step 1 and keeps the base learning rate when no step was taken", () => {
    const made = withEdit(edited({ step: 1, lr: 1, beta1: 0.5 }), 0, { schedule: cosine });
    expect(made).toEqual({ ...defaultRecipe, beta1: 0.5, edits: [{ step: 1, schedule: cosine }] });
    expect(withEdit(made, 0, { beta2: 0.9 }).edits).toEqual([{ step: 1, schedule: cosine }]);
    expect(withEdit(made, 0, { lr: 0.3 })).toEqual({ ...defaultRecipe, beta1: 0.5, lr: 0.3 });
    expect(withEdit(made, 0, { schedule: other }).edits).toEqual([{ step: 1, schedule: other }]);
  });

  it("withEdit of lr ends the schedule; withEdit of another setting, or of lr to the value in force, does not", () => {
    const ended = withEdit(scheduled, 200, { lr: 0.02 }, 200);
    expect(ended.edits).toEqual([scheduled.edits[0], { step: 201, lr: 0.02 }, scheduled.edits[1]]);
    expect([lrAt(ended, 200), lrAt(ended, 201), lrAt(ended, 5000)]).toEqual([lrAt(scheduled, 200), 0.02, 0.02]);
    for (const change of [{ beta2: 0.9 }, { beta2: 0.9, lr: lrAt(scheduled, 201) }]) {
      const kept = withEdit(scheduled, 200, change, 400);
      expect(kept.edits).toEqual([scheduled.edits[0], { step: 201, beta2: 0.9 }]);
      for (const step of [200, 201, 350, 700]) expect(lrAt(kept, step)).toBe(lrAt(scheduled, step));
    }
    expect(withEdit(scheduled, 200, { lr: lrAt(scheduled, 201) }, 400)).toBe(scheduled);
  });

  it("withEdit keeps an edit of lr that ends a schedule although the schedule has the same value before it", () => {
    const before = lrAt(scheduled, 200);
    const ended = withEdit(scheduled, 200, { lr: before }, 200);
    expect(ended.edits[1]).toEqual({ step: 201, lr: before });
    expect(lrAt(ended, 300)).toBe(before);
    // A second change at the same step replaces the edit.
    expect(withEdit(ended, 200, { schedule: other }).edits[1]).toEqual({ step: 201, schedule: other });
  });

  it("withEdit before a schedule removes the schedule from the steps that were measured, and keeps it as a plan", () => {
    expect(withEdit(scheduled, 50, { lr: 0.5 }, 200).edits).toEqual([{ step: 51, lr: 0.5 }, scheduled.edits[1]]);
    expect(withEdit(scheduled, 50, { lr: 0.5 }, 50).edits).toEqual([{ step: 51, lr: 0.5 }, ...scheduled.edits]);
  });

  it("withEdit of the schedule null ends the schedule at its value, or removes a schedule that has not begun", () => {
    expect(withEdit(scheduled, 200, { schedule: null }).edits[1]).toEqual({ step: 201, lr: lrAt(scheduled, 201) });
    expect(withEdit(scheduled, 200, { schedule: null, lr: 0.5 }).edits[1]).toEqual({ step: 201, lr: 0.5 });
    expect(withEdit(scheduled, 100, { schedule: null }).edits).toEqual([scheduled.edits[1]]);
    expect(withEdit(edited({ step: 1, schedule: cosine }), 0, { schedule: null })).toEqual(defaultRecipe);
    expect(withEdit(scheduled, 50, { schedule: null })).toBe(scheduled);
    const toZero = edited({ step: 1, schedule: { ...cosine, end: 0 } });
    expect(withEdit(toZero, 600, { schedule: null }).edits[1]).toEqual({ step: 601, lr: 1e-8 });
  });

  it("withEdit of the same schedule changes nothing at its first step, and begins it again at a later step", () => {
    expect(withEdit(scheduled, 100, { schedule: { ...cosine } })).toBe(scheduled);
    expect(withEdit(scheduled, 200, { schedule: cosine }).edits[1]).toEqual({ step: 201, schedule: cosine });
  });
});

it("foldEdits replaces a schedule by the learning rate in force, at least the smallest valid one", () => {
  expect(foldEdits(scheduled, 200)).toEqual({ ...defaultRecipe, lr: lrAt(scheduled, 200) });
  expect(foldEdits(edited({ step: 1, schedule: { ...cosine, end: 0 } }), 900).lr).toBe(1e-8);
});
