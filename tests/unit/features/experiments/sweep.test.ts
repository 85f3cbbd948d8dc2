import { expect, it } from "vitest";
import { defaultSweep, type Sweep } from "../../../../src/core/experiment/sweep";
import { defaultDraft, draftOf, readDraft, sweepLink } from "../../../../src/features/experiments/sweep/sweepDraft";
import {
  alphaPicture,
  lossPicture,
  reachableLoss,
  stepsPicture,
} from "../../../../src/features/experiments/sweep/sweepPicture";
import { progressText, resultText, runText } from "../../../../src/features/experiments/sweep/sweepText";
import { sweepRow } from "../../support/sweepRows";

const seeds = [0, 1, 2];

/** Three seeds with losses around `loss`, reached in about `steps` steps; NaN has diverged. */
function runs(value: number, lr: number, loss: number, steps = 50) {
  return seeds.map((seed) =>
    sweepRow({
      ...{ lr, value, seed, diverged: Number.isNaN(loss) },
      train: { loss: loss + 0.01 * seed, accuracy: null },
      curve: [{ step: steps + seed, loss: loss + 0.01 * seed }],
    }),
  );
}

const rows = [
  ...runs(8, 0.01, 0.5, 90),
  ...runs(8, 0.1, 0.4, 60),
  ...runs(8, 1, Number.NaN),
  ...runs(32, 0.01, 0.6, 80),
  ...runs(32, 0.1, 0.3, 40),
  ...runs(32, 1, 50),
];

it("lossPicture draws medians and bands over the seeds, and the runs above the axis and the diverged runs at its top", () => {
  const { x, y, scaleY, series, dots, above } = lossPicture(rows, "train");
  expect([x.lo, x.hi, scaleY]).toEqual([0.01, 1, "linear"]);
  expect(series.map(({ key }) => key)).toEqual(["8", "32"]);
  expect(series[0]?.line).toEqual([
    { x: 0.01, y: 0.51 },
    { x: 0.1, y: 0.41000000000000003 },
  ]);
  expect(series[0]?.band[0]).toEqual({ x: 0.01, lo: 0.5, hi: 0.52 });
  expect(series[0]?.colour).not.toBe(series[1]?.colour);
  expect(dots.length + above.length).toBe(rows.length);
  expect(above.filter(({ row }) => row.diverged)).toHaveLength(3);
  expect(above).toHaveLength(6);
  expect(above.every((dot) => dot.y === y.hi)).toBe(true);
});

it("lossPicture has a logarithmic axis where the usual losses differ by a factor of more than 30", () => {
  const { scaleY, y } = lossPicture([...runs(8, 0.01, 0.5), ...runs(8, 0.1, 0.001)], "train");
  expect([scaleY, y.lo, y.hi]).toEqual(["log", 0.001, 1]);
});

it("lossPicture has a linear axis where the losses are close, and a median where one of three seeds has diverged", () => {
  const [first, ...others] = runs(8, 0.1, 0.4);
  const close = [...runs(8, 0.01, 0.5), { ...first!, train: { loss: Number.NaN, accuracy: null } }, ...others];
  const { scaleY, y, series } = lossPicture(close, "train");
  expect(scaleY).toBe("linear");
  expect(y.hi).toBeLessThan(1);
  expect(series[0]?.line.map((row) => row.y)).toEqual([0.51, 0.42000000000000004]);
});

it("alphaPicture gives both quantities the same axes", () => {
  const [own, next] = [alphaPicture(rows, "alphaStar"), alphaPicture(rows, "nextAlphaStar")];
  expect([own.y, own.x]).toEqual([next.y, next.x]);
  expect([own.dots[0]?.y, next.dots[0]?.y]).toEqual([0.3, 0.2]);
});

it("stepsPicture draws the steps of the best learning rate against the batch size, and else against the learning rate", () => {
  const target = reachableLoss(rows)!;
  expect(target).toBeGreaterThanOrEqual(0.41);
  expect(target).toBeLessThan(0.42);
  const { series, x } = stepsPicture(rows, target, "batchSize");
  expect([x.lo, x.hi]).toEqual([1, 100]);
  expect(series).toMatchObject([
    {
      line: [
        { x: 8, y: 61 },
        { x: 32, y: 41 },
      ],
    },
  ]);
  expect(stepsPicture(rows, target, "beta1").series.map(({ line }) => line)).toEqual([
    [{ x: 0.1, y: 61 }],
    [{ x: 0.1, y: 41 }],
  ]);
  expect(stepsPicture(rows, 1e-9, "batchSize")).toMatchObject({ dots: [], series: [{ line: [] }] });
});

it("reachableLoss is null where all runs of a sweep have diverged", () => {
  expect(reachableLoss(runs(8, 1, Number.NaN))).toBeNull();
});

it("the texts of a sweep name its runs, its progress and its best run", () => {
  const held = { loss: 0.5, accuracy: null };
  expect(runText(sweepRow({ lr: 0.1, value: 8, seed: 2, held }), "batchSize")).toBe(
    "lr 0.1, B 8, seed 2: loss 1.00, held out 0.500, median α* 0.30",
  );
  expect(runText(sweepRow({ diverged: true, steps: 12 }), null)).toBe("lr 0.01, seed 0: diverged at step 12");
  const progress = { done: 3, total: 12, share: 0.3 };
  expect(progressText({ ...progress, secondsLeft: null })).toBe("3 of 12 runs");
  expect(progressText({ ...progress, secondsLeft: 34.6 })).toBe("3 of 12 runs, about 35 s left");
  expect(progressText({ ...progress, secondsLeft: 600 })).toBe("3 of 12 runs, about 10 min left");
  expect(resultText(rows, "batchSize")).toBe(
    "Least final loss on the training rows: lr 0.1, B 32, seed 0: loss 0.300, median α* 0.30. 3 of 18 runs diverged.",
  );
});

it("readDraft gives the sweep of draftOf back, or the faults", () => {
  const sweep: Sweep = { ...defaultSweep, second: { key: "optimiser", values: ["sgd", "adam"] } };
  for (const one of [sweep, defaultSweep, { ...sweep, rates: { from: 0.1, to: 0.1, count: 1 } }]) {
    expect(readDraft(draftOf(one))).toEqual({ sweep: one, errors: [] });
  }
  expect(readDraft({ ...defaultDraft, seeds: "x" })).toEqual({
    sweep: null,
    errors: ['seeds: found "x"; allowed: whole numbers from 1 to 100'],
  });
  expect(readDraft({ ...defaultDraft, steps: "5;seeds:9" }).sweep).toBeNull();
});

it("sweepLink adds the sweep between the page's address and the recipe", () => {
  expect(sweepLink("https://example.org/#lr=0.01", defaultSweep)).toBe(
    "https://example.org/?sweep=lr:0.0001..1:9;seeds:3;steps:500#lr=0.01",
  );
  expect(sweepLink("https://example.org/", defaultSweep)).toMatch(/steps:500$/);
});
