import { expect, it } from "vitest";
import { initialState, startOf } from "../../../../src/core/data/start";
import { rangeRecipe, ratesOf } from "../../../../src/core/experiment/range";
import { verdicts } from "../../../../src/core/history/alpha";
import { defaultRecipe } from "../../../../src/core/recipe/controls";
import type { Recipe } from "../../../../src/core/recipe/recipe";
import { createCpuEngine } from "../../../../src/engine/cpu/engine";
import { rangeTest } from "../../../../src/engine/experiment/rangeTest";
import { TimeSlices } from "../../../../src/engine/inspect/timeSlices";
import { Trainer } from "../../../../src/engine/trainer";

const forever = Number.POSITIVE_INFINITY;
const recipe: Recipe = {
  ...defaultRecipe,
  rows: 100,
  inputs: 4,
  hidden: [3],
  batchSize: 7,
  shuffle: true,
  edits: [
    { step: 5, schedule: { key: "lr", shape: "warmUp", low: 0, lr: 0.01, length: 10 } },
    { step: 40, beta1: 0.3 },
  ],
};
const range = { from: 1e-4, factor: 1.2 };
const judged = { judged: true };

const engineOf = (start: ReturnType<typeof startOf>) => createCpuEngine(start.problem, initialState(start));

function newTrainer(of: Recipe): Trainer {
  const start = startOf(of, null);
  return new Trainer(engineOf(start), start, of);
}

async function tested(of: Recipe, taken: number) {
  const run = newTrainer(of);
  if (taken > 0) await run.advance(taken, forever);
  const start = startOf(of, null);
  const twin = { from: run.checkpoint, recipe: of };
  return { run, test: await rangeTest(engineOf(start), start, twin, range, new TimeSlices(), judged) };
}

it.each([0, 11])(
  "rangeTest gives the steps of a loop that edits lr before each step, bit for bit, from step %i",
  async (taken) => {
    const { run, test } = await tested(recipe, taken);
    expect(test).toMatchObject({ taken, end: "exploded" });
    expect(test.lr).toEqual(ratesOf(range).slice(0, test.lr.length));
    for (const [k, lr] of test.lr.entries()) {
      // The edit of β₁ at step 40 is a later one.
      await run.edit({ lr }, forever);
      const { metrics } = (await run.advance(1, forever)).columns;
      const own = verdicts[metrics.verdict[0] as number] === "minimum" ? metrics.alphaStar[0] : Number.NaN;
      const next = verdicts[metrics.nextVerdict[0] as number] === "minimum" ? metrics.nextAlphaStar[0] : Number.NaN;
      expect([test.loss[k], test.alphaStar[k], test.nextAlphaStar[k]]).toEqual([metrics.loss[0], own, next]);
    }
  },
);

it("rangeTest gives the steps of a run with an edit of lr at each step, and the same numbers again", async () => {
  const { test } = await tested(recipe, 11);
  const run = newTrainer(rangeRecipe(recipe, 11, range));
  const { columns } = await run.advance(11 + test.lr.length, forever);
  expect([...columns.metrics.loss.subarray(11)]).toEqual(test.loss);
  expect((await tested(recipe, 11)).test).toEqual(test);
});

it("rangeTest ends with the step at which training diverges", async () => {
  const deep: Recipe = { ...defaultRecipe, rows: 100, hidden: [20, 20, 20, 20, 20, 20], beta2: 0, eps: 0 };
  const start = startOf(deep, null);
  const twin = { from: newTrainer(deep).checkpoint, recipe: deep };
  const test = await rangeTest(engineOf(start), start, twin, { from: 50, factor: 1.01 }, new TimeSlices(), judged);
  expect(test.end).toBe("diverged");
  expect(test.loss.slice(0, -1).every(Number.isFinite)).toBe(true);
});
