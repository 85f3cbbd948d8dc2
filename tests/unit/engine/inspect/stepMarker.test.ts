import { expect, test } from "vitest";
import { initialState, startOf } from "../../../../src/core/data/start";
import { armijoShare } from "../../../../src/core/history/stepMarks";
import { defaultRecipe } from "../../../../src/core/recipe/controls";
import type { Recipe } from "../../../../src/core/recipe/recipe";
import { createCpuDirectionalLoss } from "../../../../src/engine/cpu/directionalLoss";
import { createCpuEngine } from "../../../../src/engine/cpu/engine";
import { Inspector } from "../../../../src/engine/inspect/inspector";
import { createStepMarker } from "../../../../src/engine/inspect/stepMarker";
import { TimeSlices } from "../../../../src/engine/inspect/timeSlices";
import { Trainer } from "../../../../src/engine/trainer";

/** The marks of steps of a run, with the loss of each step's minibatch along d. */
function fixture(given: Partial<Recipe>) {
  const start = startOf({ ...defaultRecipe, ...given }, null);
  const engine = () => createCpuEngine(start.problem, initialState(start));
  const inspector = new Inspector(engine(), start);
  const from = new Trainer(engine(), start, start.recipe).checkpoint;
  const loss = createCpuDirectionalLoss(start.problem);
  const mark = createStepMarker(start);
  return async (step: number) => {
    const replayed = await inspector.replay({ step, from, recipe: start.recipe }, new TimeSlices());
    const { theta, direction, stepTaken } = replayed.inspection;
    const [model] = await loss.derivatives(theta, [direction], replayed.rows);
    return {
      marks: await mark(replayed, new TimeSlices()),
      stepTaken,
      ...model!,
      h: async (...alphas: number[]) => [
        ...(await loss.values(theta, direction, replayed.rows, Float64Array.from(alphas))),
      ],
    };
  };
}

const quadratic: Partial<Recipe> = {
  dataset: "quadratic",
  rows: 64,
  batchSize: 64,
  hidden: [],
  inputs: 2,
  kappa: 30,
  noise: 0,
};

test.each(["adam", "sgd", "rmsprop"] as const)(
  "createStepMarker gives on a quadratic loss along the d of %s break-even 2α*, Armijo's 2(1 − c)α*, and PAL's α*",
  async (optimiser) => {
    const at = fixture({ ...quadratic, optimiser, lr: 0.01 });
    for (const step of [1, 5, 20]) {
      const { marks, slope, curvature, loss } = await at(step);
      const alphaStar = -slope / curvature;
      expect(slope).toBeLessThan(0);
      const relative = (found: unknown, wanted: number) => Math.abs((found as number) / wanted - 1);
      expect(relative(marks!.breakEven, 2 * alphaStar)).toBeLessThan(1e-9);
      expect(relative(marks!.armijo, 2 * (1 - armijoShare) * alphaStar)).toBeLessThan(1e-9);
      expect(relative(marks!.pal, alphaStar)).toBeLessThan(1e-8);
      expect(relative(marks!.polyak, loss / -slope)).toBeLessThan(1e-12);
    }
  },
);

test("createStepMarker gives at steps of the default run the first α where the loss itself meets each condition", async () => {
  const at = fixture({});
  let marked = 0;
  for (const step of [1, 2, 30, 100, 250]) {
    const { marks, slope, curvature, loss, stepTaken, h } = await at(step);
    const { breakEven, armijo, polyak, pal } = marks!;
    expect(marks).toMatchObject({ step });
    expect(marks!.loss).toBeCloseTo(loss, 12);
    if (slope >= 0) continue;
    marked++;
    if (typeof breakEven !== "number" || typeof armijo !== "number") throw new Error(`${breakEven}, ${armijo}`);
    const [h0, even, accepted, after] = (await h(0, breakEven, armijo, stepTaken)) as [number, number, number, number];
    expect(Math.abs(even - h0)).toBeLessThan(1e-6 * h0);
    expect(Math.abs(accepted - h0 - armijoShare * armijo * slope)).toBeLessThan(1e-6 * h0);
    expect(armijo).toBeLessThan(breakEven);
    // The loss is below h(0) at every smaller step, and Armijo's condition holds.
    const smaller = Array.from({ length: 200 }, (_, k) => (breakEven * (k + 0.5)) / 200.5);
    const losses = await h(...smaller);
    expect(Math.max(...losses)).toBeLessThan(h0);
    losses.forEach((value, k) => {
      const alpha = smaller[k]!;
      if (alpha < 0.999 * armijo) expect(value).toBeLessThan(h0 + armijoShare * alpha * slope);
    });
    const [beyond] = await h(1.001 * breakEven);
    expect(beyond).toBeGreaterThan(h0);
    expect(polyak).toBeCloseTo(h0 / -slope, 10);
    const bend = (2 * (after - h0 - slope * stepTaken)) / stepTaken ** 2;
    if (bend > 0) expect((pal as number) / (-slope / bend)).toBeCloseTo(1, 9);
    else expect(pal).toBe("concave");
    expect(Math.abs(bend / curvature - 1)).toBeLessThan(0.2);
  }
  expect(marked).toBeGreaterThan(3);
});

test("createStepMarker names the reason for each step size that does not exist", async () => {
  const at = fixture({ lr: 0.05, beta1: 0.99 });
  const found = new Set<string>();
  for (let step = 1; step <= 120; step++) {
    const { marks, slope, stepTaken, h } = await at(step);
    const { breakEven, armijo, polyak, pal } = marks!;
    if (slope >= 0) {
      expect([breakEven, armijo, polyak, pal]).toEqual(["uphill", "uphill", "uphill", "uphill"]);
      found.add("uphill");
      continue;
    }
    const [h0, after] = (await h(0, stepTaken)) as [number, number];
    const concave = after - h0 - slope * stepTaken <= 0;
    expect(pal === "concave").toBe(concave);
    if (concave) found.add("concave");
  }
  expect([...found].sort()).toEqual(["concave", "uphill"]);
  const { marks } = await fixture({ lr: 0.01, edits: [{ step: 3, lr: 0 }] })(3);
  expect([marks!.pal, typeof marks!.breakEven]).toEqual(["notTaken", "number"]);
});

test("createStepMarker answers null when training has diverged", async () => {
  const at = fixture({ rows: 2, inputs: 4, hidden: [64], edits: [{ step: 4, eps: 0 }] });
  expect((await at(3)).marks).not.toBeNull();
  expect((await at(5)).marks).toBeNull();
});
