import { expect, it } from "vitest";
import { initialState, recipeOfCase, type Start, startOf } from "../../../../src/core/data/start";
import type { Checkpoint } from "../../../../src/core/history/checkpoints";
import { defaultRecipe } from "../../../../src/core/recipe/controls";
import type { Recipe } from "../../../../src/core/recipe/recipe";
import { createCpuDirectionalLoss } from "../../../../src/engine/cpu/directionalLoss";
import { createCpuEngine } from "../../../../src/engine/cpu/engine";
import type { DirectionalLoss } from "../../../../src/engine/directionalLoss";
import { Inspector } from "../../../../src/engine/inspect/inspector";
import { evenlySpacedRows } from "../../../../src/engine/inspect/rowParts";
import { sliceOf } from "../../../../src/engine/inspect/slicer";
import { TimeSlices } from "../../../../src/engine/inspect/timeSlices";
import { Trainer } from "../../../../src/engine/trainer";
import { createDelayedEngine } from "../../support/delayed";
import { readCase } from "../../support/reference";

const forever = Number.POSITIVE_INFINITY;
const edited: Recipe = {
  ...defaultRecipe,
  rows: 100,
  inputs: 4,
  hidden: [3],
  shuffle: true,
  edits: [
    { step: 9, beta1: 0.5, batchSize: 7 },
    { step: 14, beta1: 0.99999, rule: "alphaStar" },
  ],
};

function fixture(recipe: Recipe, createEngine: typeof createDelayedEngine | typeof createCpuEngine = createCpuEngine) {
  const start = startOf(recipe, null);
  const { problem } = start;
  const engine = () => createEngine(problem, initialState(start));
  const loss = createCpuDirectionalLoss(problem);
  return {
    start,
    loss,
    trainer: new Trainer(engine(), start, recipe),
    ...asking(new Inspector(engine(), start), start, loss),
  };
}

function asking(inspector: Inspector, start: Start, loss: DirectionalLoss) {
  const replay = (step: number, from: Checkpoint, recipe: Recipe, slices = new TimeSlices()) =>
    inspector.replay({ step, from, recipe }, slices);
  return {
    replay,
    inspect: async (...at: Parameters<typeof replay>) => (await replay(...at)).inspection,
    /** A slice through all data within `fullMs`. */
    slice: async (alphas: Float64Array, fullMs: number, ...at: Parameters<typeof replay>) =>
      sliceOf(await replay(...at), loss, start.problem, alphas, fullMs, new TimeSlices()),
  };
}

it.each([createCpuEngine, createDelayedEngine])(
  "Inspector.replay replays each step of the run to the bit, from any earlier state",
  async (engine) => {
    const { trainer, inspect } = fixture(edited, engine);
    const states = [trainer.checkpoint];
    const { columns, direction } = await trainer.advance(20, forever);
    const replayed = fixture(edited, engine).trainer;
    for (let step = 1; step <= 20; step++) states.push((await replayed.advance(1, forever)).checkpoint);

    for (const [step, from] of [
      [20, 0],
      [14, 13],
      [20, 2],
      [1, 0],
      [9, 4],
    ] as const) {
      const inspection = await inspect(step, states[from]!, edited);
      const [before, after] = [states[step - 1]!, states[step]!];
      expect(inspection).toMatchObject({
        step,
        batch: columns.metrics.batch[step - 1],
        update: { c1: after.c1, c2: after.c2 },
      });
      expect([inspection.theta, inspection.m, inspection.v]).toEqual([before.theta, after.m, after.v]);
      expect(inspection.stepTaken).toBe(columns.metrics.stepTaken[step - 1]);
      expect(inspection.settings.batchSize).toBe(step < 9 ? 32 : 7);
      if (step === 20) expect(inspection.direction).toEqual(direction);
    }
  },
);

it("Inspector.replay gives the minibatch gradient, also when β₁ is edited or near 1", async () => {
  const { trainer, inspect } = fixture(edited);
  const start = trainer.checkpoint;
  const { columns } = await trainer.advance(15, forever);
  for (let step = 1; step <= 15; step++) {
    const { gradient, direction } = await inspect(step, start, edited);
    expect(Math.hypot(...gradient)).toBeCloseTo(columns.metrics.gradNorm[step - 1]!, 12);
    const slope = gradient.reduce((sum, g, i) => sum + g * direction[i]!, 0);
    expect(Math.abs(slope / columns.metrics.slope[step - 1]! - 1)).toBeLessThan(1e-10);
  }
});

it("sliceOf gives the run's own h(0) and h(s) along d of a step", async () => {
  const { trainer, inspect, slice } = fixture(edited);
  const start = trainer.checkpoint;
  const { columns } = await trainer.advance(12, forever);
  for (const step of [5, 12]) {
    const { stepTaken } = await inspect(step, start, edited);
    const losses = await slice(Float64Array.of(0, stepTaken), forever, step, start, edited);
    expect(losses).toMatchObject({ step, fullRows: 100, allRows: 100 });
    expect(losses.batch[0]).toBeCloseTo(columns.metrics.loss[step - 1]!, 12);
    expect(losses.batch[1]).toBeCloseTo(columns.metrics.lossAfter[step - 1]!, 12);
  }
});

it("sliceOf gives the loss of the minibatch that judges the step in training, also across the end of an epoch", async () => {
  const { trainer, start, loss, replay, slice } = fixture(edited);
  const from = trainer.checkpoint;
  const { columns } = await trainer.advance(20, forever);
  // 100 rows: the epochs end at step 4 (batch 32) and at step 8.
  for (const step of [3, 4, 8, 12]) {
    const { inspection, next } = await replay(step, from, edited);
    const [along] = await loss.derivatives(inspection.theta, [inspection.direction], next!);
    expect(along!.slope / columns.metrics.nextSlope[step - 1]!).toBeCloseTo(1, 9);
    const { next: losses } = await slice(Float64Array.of(0), forever, step, from, edited);
    expect(losses![0]).toBeCloseTo(along!.loss, 12);
  }
  const unjudged = asking(
    new Inspector(createCpuEngine(start.problem, initialState(start)), start, { judged: false }),
    start,
    loss,
  );
  expect(await unjudged.slice(Float64Array.of(0), forever, 3, from, edited)).toMatchObject({ next: null });
});

it("sliceOf has no loss of a next minibatch when the minibatch holds all rows", async () => {
  const recipe = { ...edited, batchSize: 100, edits: [] };
  const { trainer, slice } = fixture(recipe);
  expect(await slice(Float64Array.of(0), forever, 2, trainer.checkpoint, recipe)).toMatchObject({ next: null });
});

it("sliceOf uses all rows of the data, or a half, a quarter and so on of them, evenly spaced, when the time limit is short", async () => {
  const { trainer, inspect, slice, loss, start } = fixture({ ...defaultRecipe, rows: 640, hidden: [16, 16] });
  const from = trainer.checkpoint;
  const { theta, direction } = await inspect(1, from, start.recipe);
  const alphas = Float64Array.from({ length: 30 }, (_, i) => i / 100);
  for (const [fullMs, expected] of [
    [0, 40],
    [forever, 640],
  ] as const) {
    const { full, fullRows } = await slice(alphas, fullMs, 1, from, start.recipe);
    expect(fullRows).toBe(expected);
    const whole = await loss.values(theta, direction, evenlySpacedRows(640, fullRows), alphas);
    for (const [k, value] of whole.entries()) expect(full[k]).toBeCloseTo(value, 12);
  }
});

it("createCpuDirectionalLoss.values gives the losses of the parameters θ + αd", async () => {
  const { trainer, inspect, loss, start } = fixture(edited);
  const { theta, direction } = await inspect(1, trainer.checkpoint, edited);
  const rows = { order: Uint32Array.from({ length: 100 }, (_, i) => 99 - i), start: 3, count: 60 };
  const alphas = Float64Array.of(-0.3, 0, 0.2, 5);
  const along = await loss.values(theta, direction, rows, alphas);
  for (const [k, alpha] of alphas.entries()) {
    const at = theta.map((value, p) => value + alpha * direction[p]!);
    const [there] = await loss.derivatives(at, [direction], rows);
    expect(along[k]).toBeCloseTo(there!.loss, 12);
  }
  expect(start.problem.rows).toBe(100);
});

it("Inspector.replay replays a run with the data and the row orders of a case", async () => {
  const source = readCase("sigmoid-shuffled");
  const recipe = recipeOfCase(defaultRecipe, source);
  const start = startOf(recipe, source);
  const engine = () => createCpuEngine(start.problem, initialState(start));
  const trainer = new Trainer(engine(), start, recipe);
  const from = trainer.checkpoint;
  const { direction } = await trainer.advance(40, forever);
  const { inspect } = asking(new Inspector(engine(), start), start, createCpuDirectionalLoss(start.problem));
  expect((await inspect(40, from, recipe)).direction).toEqual(direction);
});

it("Inspector.replay uses no state of another branch, and replays a step of the same run once", async () => {
  const { trainer, replay } = fixture(edited);
  const start = trainer.checkpoint;
  const first = await replay(10, start, edited);
  const later: Recipe = { ...edited, edits: [...edited.edits, { step: 50, lr: 0.1 }] };
  expect(await replay(10, start, later)).toBe(first);
  const other: Recipe = { ...edited, edits: [{ step: 5, lr: 0.1 }] };
  for (const step of [10, 12]) {
    const { direction } = await fixture(other).trainer.advance(step, forever);
    expect((await replay(step, start, other)).inspection.direction).toEqual(direction);
    await replay(10, start, edited);
  }
});

it("Inspector.replay does not begin a question that has been dropped, and ends one between two chunks", async () => {
  const { trainer, replay } = fixture({ ...defaultRecipe, hidden: [64, 64] });
  const start = trainer.checkpoint;
  let wanted = true;
  const slices = new TimeSlices(() => wanted);
  const long = replay(100_000, start, defaultRecipe, slices);
  const waiting = replay(2, start, defaultRecipe, slices);
  wanted = false;
  await expect(long).rejects.toMatchObject({ name: "Dropped" });
  await expect(waiting).rejects.toMatchObject({ name: "Dropped" });
  expect((await replay(1, start, defaultRecipe)).inspection.step).toBe(1);
});

it("Inspector.replay rejects a step that is not after the state to replay from", async () => {
  const { trainer, inspect } = fixture(edited);
  await expect(inspect(0, trainer.checkpoint, edited)).rejects.toThrow(RangeError);
});
