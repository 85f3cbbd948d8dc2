import { expect, test } from "vitest";
import { tensorsOf } from "../../../src/core/data/problem";
import { Sampler } from "../../../src/core/data/sampler";
import { initialState, startOf } from "../../../src/core/data/start";
import { verdicts } from "../../../src/core/history/alpha";
import { type Metric, makeColumns } from "../../../src/core/history/metrics";
import { defaultRecipe } from "../../../src/core/recipe/controls";
import { type Recipe, settingsAt } from "../../../src/core/recipe/recipe";
import { createCpuDirectionalLoss } from "../../../src/engine/cpu/directionalLoss";
import { createCpuEngine } from "../../../src/engine/cpu/engine";
import { derive, measurementsInto } from "../../../src/engine/derive";
import { Trainer } from "../../../src/engine/trainer";

const small: Recipe = { ...defaultRecipe, rows: 50, inputs: 3, hidden: [4], activation: "tanh", batchSize: 20 };
const nextColumns = ["nextSlope", "nextCurvature", "nextAlphaStar", "nextVerdict"] as const satisfies Metric[];

function newTrainer(recipe: Recipe, judged = true) {
  const start = startOf(recipe, null);
  const engine = createCpuEngine(start.problem, initialState(start));
  return { start, trainer: new Trainer(engine, start, recipe, { judged }) };
}

test("Trainer judges every step by the next minibatch under the settings of that step, also at the end of an epoch", async () => {
  const recipe: Recipe = {
    ...small,
    shuffle: true,
    edits: [
      { step: 5, batchSize: 7 },
      { step: 11, shuffle: false, batchSize: 1 },
      { step: 30, shuffle: true, batchSize: 15 },
    ],
  };
  const { start, trainer } = newTrainer(recipe);
  const loss = createCpuDirectionalLoss(start.problem);
  for (let step = 1; step <= 60; step++) {
    const { theta } = trainer.checkpoint;
    const { columns, direction, checkpoint } = await trainer.advance(1, Number.POSITIVE_INFINITY);
    const sampler = new Sampler(start.problem.rows, start.orderOf);
    sampler.restore(checkpoint);
    const { batchSize, shuffle } = settingsAt(recipe, step);
    const next = sampler.next(batchSize, shuffle, { order: new Uint32Array(0), start: 0, count: 0 });
    const [expected] = await loss.derivatives(theta, [direction], next);
    const { slope, curvature } = expected!;
    const [nextSlope, nextCurvature, nextAlphaStar, nextVerdict] = nextColumns.map((name) => columns.metrics[name][0]!);
    expect(nextSlope! / slope, `step ${step}`).toBeCloseTo(1, 9);
    expect(nextCurvature! / curvature, `step ${step}`).toBeCloseTo(1, 9);
    expect(nextAlphaStar).toBe(-nextSlope! / nextCurvature!);
    const verdict = curvature < 0 ? "concave" : slope < 0 ? "minimum" : "behind";
    expect(verdicts[nextVerdict!], `step ${step}`).toBe(verdict);
  }
});

test("Trainer with judged: false takes the same steps, and writes NaN to the columns of the next minibatch only", async () => {
  const [judged, unjudged] = await Promise.all(
    [true, false].map((judges) =>
      newTrainer({ ...small, shuffle: true }, judges).trainer.advance(40, Number.POSITIVE_INFINITY),
    ),
  );
  expect(unjudged!.checkpoint).toEqual(judged!.checkpoint);
  for (const name of nextColumns) expect(judged!.columns.metrics[name].every(Number.isFinite), name).toBe(true);
  const missing = Object.fromEntries(nextColumns.map((name) => [name, new Float64Array(40).fill(Number.NaN)]));
  expect(unjudged!.columns).toEqual({ ...judged!.columns, metrics: { ...judged!.columns.metrics, ...missing } });
});

test("Trainer writes NaN to the columns of the next minibatch when the minibatch holds all rows", async () => {
  const recipe: Recipe = { ...small, batchSize: 50, edits: [{ step: 2, batchSize: 49 }] };
  const { columns } = await newTrainer(recipe).trainer.advance(4, Number.POSITIVE_INFINITY);
  expect(Array.from(columns.metrics.batch)).toEqual([50, 49, 1, 49]);
  for (const name of nextColumns) {
    expect(Array.from(columns.metrics[name], Number.isNaN), name).toEqual([true, false, false, false]);
  }
});

test("Trainer writes NaN as variance and standard error when the minibatch has one row", async () => {
  const recipe: Recipe = { ...small, batchSize: 1, edits: [{ step: 2, batchSize: 2 }] };
  const { columns } = await newTrainer(recipe).trainer.advance(2, Number.POSITIVE_INFINITY);
  for (const name of ["gradVariance", "alphaStarError"] as const) {
    expect(Array.from(columns.metrics[name], Number.isNaN), name).toEqual([true, false]);
  }
  expect(columns.metrics.gaussNewton.every((value) => value > 0)).toBe(true);
});

/** The columns of one step, derived from these measurements of a minibatch of three rows with slope −2 and curvature 4. */
function derived(measurements: Partial<Record<keyof ReturnType<typeof measurementsInto>, number>>, isJudged = true) {
  const columns = makeColumns(1, 1, tensorsOf([1, 1]));
  columns.count = 1;
  columns.metrics.batch[0] = 3;
  const measured = measurementsInto(columns);
  measured.gradSquares.set([4, 1]);
  const given = {
    slope: -2,
    curvature: 4,
    curvatureTerms: 4,
    rowGradSquares: 27,
    residualSquares: 24,
    ...measurements,
  };
  for (const [name, value] of Object.entries(given)) measured[name as "slope"][0] = value;
  derive(columns, measured, { rounding: 2 ** -40, wasDiverged: false, isJudged: () => isJudged });
  return (name: Metric) => columns.metrics[name][0]!;
}

test("derive gives the gradient variance, and 0 where rounding makes the variance negative", () => {
  // (27 − 3·5)/2
  expect(derived({})("gradVariance")).toBe(6);
  expect(derived({ rowGradSquares: 15 - 1e-12 })("gradVariance")).toBe(0);
  expect(derived({ rowGradSquares: Number.NaN })("gradVariance")).toBeNaN();
});

test("derive gives the standard error of α*, and NaN where there is no α*", () => {
  // √(24/(3·2))/4
  expect(derived({})("alphaStarError")).toBe(0.5);
  expect(derived({ curvature: -4 })("alphaStarError")).toBe(0.5);
  expect(derived({ curvature: 0 })("alphaStarError")).toBeNaN();
  expect(derived({ slope: Number.NaN })("alphaStarError")).toBeNaN();
});

test("derive gives α* and the verdict of the next minibatch, and NaN where no minibatch judges the step", () => {
  const next = { nextSlope: 3, nextCurvature: 6, nextCurvatureTerms: 6 };
  const verdictOf = (value: number) => verdicts[value];
  expect(derived(next)("nextAlphaStar")).toBe(-0.5);
  expect(verdictOf(derived(next)("nextVerdict"))).toBe("behind");
  expect(derived({ ...next, nextCurvature: 0 })("nextAlphaStar")).toBeNaN();
  expect(verdictOf(derived({ ...next, nextCurvature: 0 })("nextVerdict"))).toBe("flat");
  expect(verdictOf(derived({ ...next, nextSlope: Number.NaN })("nextVerdict"))).toBe("diverged");
  expect(derived(next, false)("nextVerdict")).toBeNaN();
  expect(derived(next, false)("nextAlphaStar")).toBeNaN();
});
