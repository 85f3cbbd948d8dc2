import { expect, test } from "vitest";
import { initialState, recipeOfCase, type Start, startOf } from "../../../../src/core/data/start";
import { defaultRecipe } from "../../../../src/core/recipe/controls";
import type { Recipe } from "../../../../src/core/recipe/recipe";
import { createCpuDirectionalLoss } from "../../../../src/engine/cpu/directionalLoss";
import { createCpuEngine } from "../../../../src/engine/cpu/engine";
import { hessianAt } from "../../../../src/engine/cpu/hessian";
import type { DirectionalDerivatives } from "../../../../src/engine/directionalLoss";
import { Inspector } from "../../../../src/engine/inspect/inspector";
import { inverseRootOfPreconditioner } from "../../../../src/engine/inspect/preconditioner";
import { maxSpectrumSize, type ProbeKind, type ProbeOptions } from "../../../../src/engine/inspect/probes/probes";
import { StepAnalyser } from "../../../../src/engine/inspect/stepAnalyser";
import { TimeSlices } from "../../../../src/engine/inspect/timeSlices";
import { Trainer } from "../../../../src/engine/trainer";
import { caseNames } from "../../../reference/decode";
import { doubles, readCase, readProbes } from "../../support/reference";

const onBatch: ProbeOptions = { on: "batch", resamples: 16 };
const onAll: ProbeOptions = { on: "full", resamples: 16 };

function fixture(start: Start) {
  const engine = () => createCpuEngine(start.problem, initialState(start));
  const cpuLoss = createCpuDirectionalLoss(start.problem);
  const loss = () => cpuLoss;
  const inspector = new Inspector(engine(), start);
  const analyser = new StepAnalyser(loss, start, 2 ** -40);
  const from = new Trainer(engine(), start, start.recipe).checkpoint;
  const replay = (step: number) => inspector.replay({ step, from, recipe: start.recipe }, new TimeSlices());
  return {
    cpuLoss,
    replay,
    ask: async <K extends ProbeKind>(kind: K, step: number, options = onBatch, slices = new TimeSlices()) =>
      analyser.answer(kind, await replay(step), options, slices),
  };
}

/** Within 1e-9 relative, or of `size` where a number is the small difference of larger ones. */
function expectClose(actual: number | undefined, expected: number, what: string, size = 0): void {
  const error = Math.abs((actual ?? Number.NaN) - expected);
  const bound = 1e-9 * Math.max(Math.abs(expected), size) + 1e-13;
  expect(error <= bound, `${what}: ${actual} for ${expected}`).toBe(true);
}

test.each(caseNames)("StepAnalyser answers every probe as PyTorch's dense Hessian gives it: %s", async (name) => {
  const source = readCase(name);
  const start = startOf(recipeOfCase(defaultRecipe, source), source);
  const { ask, replay } = fixture(start);
  for (const expected of readProbes(name)) {
    const { step } = expected;
    const along = (await ask("along", step))!;
    const { rows, inspection } = await replay(step);
    const hd = hessianAt(start.problem, inspection.theta, rows).apply(inspection.direction);
    const wanted = doubles(expected.hd);
    const size = Math.max(...wanted.map(Math.abs));
    wanted.forEach((value, k) => void expectClose(hd[k], value, `step ${step} (Hd)[${k}]`, size));

    expectClose(along.full.slope, expected.full.slope, `step ${step} full slope`, 1e-3);
    expectClose(along.full.curvature, expected.full.curvature, `step ${step} full curvature`, 1e-3);
    for (const [l, share] of expected.shares.entries()) {
      const layer = along.layers[l];
      expectClose(layer?.slopeShare, share.slope, `step ${step} slope of layer ${l + 1}`, 1e-3);
      expectClose(layer?.curvatureShare, share.curvature, `step ${step} curvature of layer ${l + 1}`, 1e-3);
    }
    const sum = (part: "slopeShare" | "curvatureShare") =>
      along.layers.reduce((total, layer) => total + layer[part], 0);
    expectClose(sum("slopeShare"), along.batch.slope, `step ${step} slopes add up`, 1e-3);
    expectClose(sum("curvatureShare"), along.batch.curvature, `step ${step} curvatures add up`, 1e-3);
    // Muon's direction is compared with a singular value decomposition (`muon.test.ts`).
    const others = along.others.filter((other) => other.name !== "muon");
    expect(others.map((other) => other.name)).toEqual(Object.keys(expected.others));
    for (const other of others) {
      const found = expected.others[other.name as keyof typeof expected.others]!;
      expectClose(other.slope, found.slope, `step ${step} slope along ${other.name}`, 1e-3);
      expectClose(other.curvature, found.curvature, `step ${step} curvature along ${other.name}`, 1e-3);
    }

    const extremes = (await ask("extremes", step))!;
    const spectrum = (await ask("spectrum", step))!;
    expect(spectrum.complete).toBe(start.theta.length <= maxSpectrumSize);
    for (const [kind, packed] of [
      ["hessian", expected.hessian],
      ["preconditioned", expected.scaled],
    ] as const) {
      const [ends, axes] = [extremes[kind], spectrum[kind]];
      const values = doubles(packed);
      const [least, most] = [values[0]!, values.at(-1)!];
      const magnitude = Math.max(Math.abs(least), Math.abs(most));
      for (const [found, truly] of [
        [ends!.smallest, least],
        [ends!.largest, most],
      ] as const) {
        expect(Math.abs(found.value - truly)).toBeLessThanOrEqual(found.error + 1e-9 * magnitude);
        expect(found.error).toBeLessThanOrEqual(0.01 * magnitude);
      }
      // The eigenvectors, and Ritz vectors too, hold all of d, of its slope and of its curvature.
      const root = kind === "hessian" ? hd.map(() => 1) : inverseRootOfPreconditioner(inspection);
      const square = inspection.direction.reduce((sum, value, k) => sum + (value / root[k]!) ** 2, 0);
      const sumOf = (parts: Float64Array) => parts.reduce((sum, part) => sum + part, 0);
      expectClose(sumOf(axes.squares), square, `step ${step} ${kind} squares`);
      expectClose(sumOf(axes.slopes), along.batch.slope, `step ${step} ${kind} slopes`, 1e-3);
      const parts = sumOf(axes.curvatures.map(Math.abs));
      expectClose(sumOf(axes.curvatures), along.batch.curvature, `step ${step} ${kind} curvatures`, parts);
      if (spectrum.complete) {
        values.forEach((value, k) => void expectClose(axes.values[k], value, `step ${step} ${kind} λ${k}`, magnitude));
      } else {
        expect(axes.values.length).toBeLessThanOrEqual(48);
        for (const [k, value] of axes.values.entries()) {
          const distance = Math.min(...values.map((truly) => Math.abs(truly - value)));
          expect(distance).toBeLessThanOrEqual(axes.errors[k]! + 1e-9 * magnitude);
        }
      }
    }
    if (!spectrum.complete) continue;
    const newton = spectrum.newton!;
    expect(Math.abs(newton.slope / expected.newton - 1), `step ${step} along Newton’s`).toBeLessThan(1e-5);
    expect(newton.alphaStar).toBeCloseTo(1, 5);
  }
});

const recipe: Recipe = {
  ...defaultRecipe,
  rows: 200,
  inputs: 4,
  hidden: [3],
  activation: "tanh",
  edits: [{ step: 9, lr: 0.1, beta1: 0.5 }],
};

test("StepAnalyser gives on all data the slopes, shares and eigenvalues of a minibatch of all rows", async () => {
  const [some, all] = [fixture(startOf(recipe, null)), fixture(startOf({ ...recipe, batchSize: 200 }, null))];
  // Both runs have the same parameters before the first step: d differs; −g and −sign(g) of all data are equal.
  const [a, b] = [(await some.ask("along", 1, onAll))!, (await all.ask("along", 1, onBatch))!];
  expect([a.rows, b.rows]).toEqual([200, 200]);
  for (const k of [0, 2]) {
    expectClose(a.others[k]!.slope, b.others[k]!.slope, "slope");
    expectClose(a.others[k]!.curvature, b.others[k]!.curvature, "curvature");
  }
  const sum = a.layers.reduce((total, layer) => total + layer.curvatureShare, 0);
  expectClose(sum, a.full.curvature, "curvatures add up");
  const [s, t] = [(await some.ask("spectrum", 1, onAll))!, (await all.ask("spectrum", 1, onBatch))!];
  for (const [k, value] of t.hessian.values.entries()) expectClose(s.hessian.values[k], value, `λ${k}`, 1);
  expect(s.newton!.alphaStar).toBeCloseTo(1, 6);
});

test("StepAnalyser gives above 300 parameters Ritz vectors that hold all of d, of its slope and of its curvature", async () => {
  const large = { ...recipe, inputs: 10, hidden: [16, 16], batchSize: 64 };
  const { ask, replay } = fixture(startOf(large, null));
  const [spectrum, along, extremes] = [
    (await ask("spectrum", 8))!,
    (await ask("along", 8))!,
    (await ask("extremes", 8))!,
  ];
  expect([spectrum.complete, spectrum.newton]).toEqual([false, null]);
  const { inspection } = await replay(8);
  const roots = { hessian: inspection.theta.map(() => 1), preconditioned: inverseRootOfPreconditioner(inspection) };
  for (const kind of ["hessian", "preconditioned"] as const) {
    const { values, errors, squares, slopes, curvatures } = spectrum[kind];
    const sumOf = (parts: Float64Array) => parts.reduce((sum, part) => sum + part, 0);
    const square = inspection.direction.reduce((sum, value, k) => sum + (value / roots[kind][k]!) ** 2, 0);
    expect(values).toHaveLength(48);
    expectClose(sumOf(squares), square, `${kind} squares`);
    expectClose(sumOf(slopes), along.batch.slope, `${kind} slopes`, sumOf(slopes.map(Math.abs)));
    expectClose(sumOf(curvatures), along.batch.curvature, `${kind} curvatures`, sumOf(curvatures.map(Math.abs)));
    const { value, error } = extremes[kind].largest;
    expect(Math.abs(values.at(-1)! - value)).toBeLessThanOrEqual(error + errors.at(-1)! + 1e-9 * value);
    expect(errors.at(-1)).toBeLessThan(1e-3 * value);
  }
});

test("StepAnalyser gives Adam's threshold (2 + 2β₁)/((1 − β₁)·lr) with the settings of the step", async () => {
  const { ask } = fixture(startOf(recipe, null));
  expect((await ask("extremes", 8))!.threshold).toBeCloseTo(38 / 0.001, 6);
  expect((await ask("spectrum", 9))!.threshold).toBeCloseTo(6 / 0.1, 10);
});

test("StepAnalyser gives for edge the largest preconditioned eigenvalue of extremes, on the same rows", async () => {
  const { ask } = fixture(startOf(recipe, null));
  for (const options of [onBatch, onAll]) {
    const [edge, extremes] = [(await ask("edge", 9, options))!, (await ask("extremes", 9, options))!];
    expect(edge).toEqual({ step: 9, on: options.on, rows: extremes.rows, largest: extremes.preconditioned.largest });
  }
});

test("StepAnalyser measures the same d on other minibatches of the run's size, drawn without replacement", async () => {
  const start = startOf(recipe, null);
  const { ask, cpuLoss, replay } = fixture(start);
  const { batchSize, found } = (await ask("resamples", 5, { on: "batch", resamples: 64 }))!;
  expect([batchSize, found.length]).toEqual([32, 64]);
  expect(new Set(found.map(({ alphaStar }) => alphaStar)).size).toBe(64);
  expect((await ask("resamples", 5, { on: "batch", resamples: 8 }))!.found).toEqual(found.slice(0, 8));
  // A minibatch of all rows: every other minibatch has the same rows.
  const { ask: askAll } = fixture(startOf({ ...recipe, batchSize: 500 }, null));
  const whole = (await askAll("along", 5))!.full;
  for (const { alphaStar } of (await askAll("resamples", 5))!.found) expectClose(alphaStar, whole.alphaStar, "α*");
  // The mean slope of many minibatches is near the slope on all data; 6 minibatches of 32 hold 192 of 200 rows.
  const { inspection } = await replay(5);
  const order = Uint32Array.from({ length: 200 }, (_, row) => row);
  const [full] = (await cpuLoss.derivatives(inspection.theta, [inspection.direction], {
    order,
    start: 0,
    count: 200,
  })) as [DirectionalDerivatives];
  const slopes = (await ask("resamples", 5, { on: "batch", resamples: 60 }))!.found.map(({ slope }) => slope);
  const mean = slopes.reduce((a, b) => a + b) / slopes.length;
  const deviation = Math.sqrt(slopes.reduce((sum, s) => sum + (s - mean) ** 2, 0) / slopes.length);
  expect(Math.abs(mean - full.slope)).toBeLessThan(0.1 * deviation);
});

test("StepAnalyser answers null when training has diverged", async () => {
  const { ask } = fixture(
    startOf({ ...recipe, rows: 2, hidden: [64], activation: "relu", edits: [{ step: 4, eps: 0 }] }, null),
  );
  expect(await ask("along", 3)).not.toBeNull();
  for (const kind of ["along", "resamples", "extremes", "edge", "spectrum", "plane"] as const)
    expect(await ask(kind, 5)).toBeNull();
});

test.each(["along", "resamples", "extremes", "edge", "spectrum", "plane"] as const)(
  "StepAnalyser ends the probe %s between two time slices when the question is dropped",
  async (kind) => {
    const { ask } = fixture(startOf({ ...recipe, rows: 3000, hidden: [30], inputs: 6, batchSize: 3000 }, null));
    let [wanted, checks] = [true, 0];
    const slices = new TimeSlices(() => {
      checks++;
      return wanted;
    });
    const answer = ask(kind, 2, { on: "full", resamples: 64 }, slices);
    await expect.poll(() => checks).toBeGreaterThan(0);
    wanted = false;
    await expect(answer).rejects.toMatchObject({ name: "Dropped" });
  },
);
