import { expect, it } from "vitest";
import { initialState, startOf } from "../../../../src/core/data/start";
import { defaultRecipe } from "../../../../src/core/recipe/controls";
import type { Recipe } from "../../../../src/core/recipe/recipe";
import { createCpuEngine } from "../../../../src/engine/cpu/engine";
import { createEvaluator } from "../../../../src/engine/evaluate";
import { SweepRun } from "../../../../src/engine/experiment/sweepRun";
import { exploding, loaded, small, trace } from "../../support/sessions";

const recipe: Recipe = {
  ...defaultRecipe,
  ...small,
  batchSize: 8,
  shuffle: true,
  dataset: "classes",
  outputs: 3,
  lr: 0.03,
};

function newRun(of: Recipe, steps: number): SweepRun {
  const start = startOf(of, null);
  return new SweepRun(createCpuEngine(start.problem, initialState(start)), start, of, steps);
}

/** The summary of a run that is trained in pieces, and the number of pieces. */
async function completed(run: SweepRun, budgetMs: number) {
  for (let pieces = 1; ; pieces++) {
    const summary = await run.advance(budgetMs);
    if (summary) return { summary, pieces };
  }
}

it("SweepRun gives the losses of the same run on the page bit for bit, however it is divided", async () => {
  const { summary } = await completed(newRun(recipe, 200), Number.POSITIVE_INFINITY);
  const inPieces = await completed(newRun(recipe, 200), 0.01);
  expect(inPieces.summary).toEqual(summary);
  expect(inPieces.pieces).toBeGreaterThan(3);

  const session = await loaded(recipe);
  await session.advance(200);
  const { loss, alphaStar, verdict } = trace(session);
  const { theta } = session.runSoFar();
  const evaluation = await createEvaluator(startOf(recipe, null))(theta, async () => {});
  expect(summary).toMatchObject({
    steps: 200,
    diverged: false,
    lastLoss: loss.at(-1),
    train: { loss: evaluation.train.loss, accuracy: evaluation.train.accuracy },
    held: null,
  });
  const ahead = alphaStar.filter((_, k) => verdict[k] === "minimum").sort((a, b) => (a ?? 0) - (b ?? 0));
  const middle = [ahead[Math.floor((ahead.length - 1) / 2)], ahead[Math.ceil((ahead.length - 1) / 2)]] as number[];
  expect(summary.alphaStar).toBeCloseTo(((middle[0] ?? 0) + (middle[1] ?? 0)) / 2, 12);
  expect(summary.curve.at(-1)).toEqual({ step: 200, loss: summary.train.loss });
  expect(summary.curve[0]).toMatchObject({ step: 1 });
});

it("SweepRun ends at the step at which training diverges", async () => {
  const { summary } = await completed(newRun({ ...defaultRecipe, ...exploding }, 300), Number.POSITIVE_INFINITY);
  const session = await loaded(exploding);
  await session.advance(300).catch(() => {});
  expect(summary).toMatchObject({ diverged: true, steps: session.store.getState().divergedAt });
  expect(Number.isFinite(summary.train.loss)).toBe(false);
});

it("SweepRun computes the loss on all rows at steps that ascend from 1 to the last step", async () => {
  for (const steps of [1, 2, 31, 500, 20_000]) {
    const { summary } = await completed(newRun(recipe, steps), Number.POSITIVE_INFINITY);
    const all = summary.curve.map(({ step }) => step);
    expect([all[0], all.at(-1)]).toEqual([1, steps]);
    expect(all).toEqual([...new Set(all)].sort((a, b) => a - b));
    expect(all.length).toBeLessThanOrEqual(33);
  }
});
