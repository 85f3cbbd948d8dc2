import { expect, it } from "vitest";
import { initialState, recipeOfCase, startOf } from "../../../../src/core/data/start";
import { defaultRecipe } from "../../../../src/core/recipe/controls";
import type { Recipe } from "../../../../src/core/recipe/recipe";
import { createCpuDirectionalLoss } from "../../../../src/engine/cpu/directionalLoss";
import { createCpuEngine } from "../../../../src/engine/cpu/engine";
import { Inspector } from "../../../../src/engine/inspect/inspector";
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
    inspector: new Inspector(engine(), () => loss, start),
  };
}

it.each([createCpuEngine, createDelayedEngine])(
  "Inspector.inspect replays each step of the run to the bit, from any earlier state",
  async (engine) => {
    const { trainer, inspector } = fixture(edited, engine);
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
      const inspection = await inspector.inspect(step, states[from]!, edited);
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

it("Inspector.inspect gives the minibatch gradient, also when β₁ is edited or near 1", async () => {
  const { trainer, inspector } = fixture(edited);
  const start = trainer.checkpoint;
  const { columns } = await trainer.advance(15, forever);
  for (let step = 1; step <= 15; step++) {
    const { gradient, direction } = await inspector.inspect(step, start, edited);
    expect(Math.hypot(...gradient)).toBeCloseTo(columns.metrics.gradNorm[step - 1]!, 12);
    const slope = gradient.reduce((sum, g, i) => sum + g * direction[i]!, 0);
    expect(Math.abs(slope / columns.metrics.slope[step - 1]! - 1)).toBeLessThan(1e-10);
  }
});

it("Inspector.slice gives the run's own h(0) and h(s) along d of the inspected step", async () => {
  const { trainer, inspector } = fixture(edited);
  const start = trainer.checkpoint;
  const { columns } = await trainer.advance(12, forever);
  await expect(inspector.slice(Float64Array.of(0))).rejects.toThrow("inspected");
  for (const step of [5, 12]) {
    const { stepTaken } = await inspector.inspect(step, start, edited);
    const slice = await inspector.slice(Float64Array.of(0, stepTaken));
    expect(slice).toMatchObject({ step, fullRows: 100 });
    expect(slice.batch[0]).toBeCloseTo(columns.metrics.loss[step - 1]!, 12);
    expect(slice.batch[1]).toBeCloseTo(columns.metrics.lossAfter[step - 1]!, 12);
  }
});

it("Inspector.slice uses all rows of the data, or evenly spaced rows when the data are large", async () => {
  for (const [rows, hidden, expected] of [
    [500, [5], 500],
    [3000, [64, 64], 64],
  ] as const) {
    const { trainer, inspector, loss, start } = fixture({ ...defaultRecipe, rows, hidden });
    const { theta, direction } = await inspector.inspect(1, trainer.checkpoint, start.recipe);
    const alphas = Float64Array.from({ length: 30 }, (_, i) => i / 100);
    const { full, fullRows } = await inspector.slice(alphas);
    expect(fullRows).toBe(expected);
    const order = Uint32Array.from({ length: fullRows }, (_, i) => Math.floor((i * rows) / fullRows));
    expect(full).toEqual(await loss.values(theta, direction, { order, start: 0, count: fullRows }, alphas));
  }
});

it("Inspector.inspect replays a run with the data and the row orders of a case", async () => {
  const source = readCase("sigmoid-shuffled");
  const recipe = recipeOfCase(defaultRecipe, source);
  const start = startOf(recipe, source);
  const engine = () => createCpuEngine(start.problem, initialState(start));
  const trainer = new Trainer(engine(), start, recipe);
  const from = trainer.checkpoint;
  const { direction } = await trainer.advance(40, forever);
  const inspector = new Inspector(engine(), () => createCpuDirectionalLoss(start.problem), start);
  expect((await inspector.inspect(40, from, recipe)).direction).toEqual(direction);
});

it("Inspector.inspect uses no state of the previous branch after forget", async () => {
  const { trainer, inspector } = fixture(edited);
  const start = trainer.checkpoint;
  await inspector.inspect(10, start, edited);
  inspector.forget();
  const other: Recipe = { ...edited, edits: [{ step: 5, lr: 0.1 }] };
  const { direction } = await fixture(other).trainer.advance(12, forever);
  expect((await inspector.inspect(12, start, other)).direction).toEqual(direction);
});

it("Inspector.inspect rejects a step that is not after the state to replay from", async () => {
  const { trainer, inspector } = fixture(edited);
  await expect(inspector.inspect(0, trainer.checkpoint, edited)).rejects.toThrow(RangeError);
});
