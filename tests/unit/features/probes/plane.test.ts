import { expect, test } from "vitest";
import { initialState, startOf } from "../../../../src/core/data/start";
import { defaultRecipe } from "../../../../src/core/recipe/controls";
import type { Recipe } from "../../../../src/core/recipe/recipe";
import { createCpuDirectionalLoss } from "../../../../src/engine/cpu/directionalLoss";
import { createCpuEngine } from "../../../../src/engine/cpu/engine";
import { hessianAt } from "../../../../src/engine/cpu/hessian";
import { Inspector } from "../../../../src/engine/inspect/inspector";
import { inverseRootOfPreconditioner } from "../../../../src/engine/inspect/preconditioner";
import { type PlaneProbe, type ProbeRows, planePoints } from "../../../../src/engine/inspect/probes/probes";
import { StepAnalyser } from "../../../../src/engine/inspect/stepAnalyser";
import { TimeSlices } from "../../../../src/engine/inspect/timeSlices";
import { symmetricEigen } from "../../../../src/engine/linalg/eigen";
import { denseMatrixOf } from "../../../../src/engine/linalg/linearOperator";
import { dot, norm } from "../../../../src/engine/linalg/vectors";
import { Trainer } from "../../../../src/engine/trainer";
import { planePath } from "../../../../src/features/probes/plane/planePath";
import { planePicture } from "../../../../src/features/probes/plane/planePicture";

/** A run of `length` steps, its states before each step, and the plane of one of them. */
async function fixture(given: Partial<Recipe>, length: number) {
  const recipe: Recipe = { ...defaultRecipe, ...given };
  const start = startOf(recipe, null);
  const engine = () => createCpuEngine(start.problem, initialState(start));
  const trainer = new Trainer(engine(), start, recipe);
  const from = trainer.checkpoint;
  const thetas: Float64Array[] = [trainer.checkpoint.theta];
  const [directions, taken]: [Float64Array[], number[]] = [[], []];
  for (let step = 1; step <= length; step++) {
    const { columns, checkpoint } = await trainer.advance(1, Number.POSITIVE_INFINITY);
    thetas.push(checkpoint.theta);
    directions.push(columns.directions.slice());
    taken.push(columns.metrics.stepTaken[0]!);
  }
  const inspector = new Inspector(engine(), start);
  const loss = createCpuDirectionalLoss(start.problem);
  const analyser = new StepAnalyser(() => loss, start, 2 ** -40);
  const replay = (step: number) => inspector.replay({ step, from, recipe }, new TimeSlices());
  return {
    ...{ start, thetas, replay, loss },
    run: {
      length,
      direction: (step: number) => directions[step - 1] ?? null,
      value: (_: string, step: number) => taken[step - 1]!,
    },
    plane: async (step: number, on: ProbeRows = "batch") =>
      analyser.answer("plane", await replay(step), { on, resamples: 1 }, new TimeSlices()),
  };
}

/** The coordinates of grid point k. */
function pointAt({ reach }: PlaneProbe, k: number): [number, number] {
  const half = (planePoints - 1) / 2;
  return [((k % planePoints) / half - 1) * reach, (Math.floor(k / planePoints) / half - 1) * reach];
}

const network: Partial<Recipe> = { rows: 200, inputs: 4, hidden: [3], activation: "tanh", lr: 0.02 };

test.each(["batch", "full"] as const)(
  "StepAnalyser gives in the plane the loss of the parameters themselves, on the rows %s",
  async (on) => {
    const { plane, replay, loss } = await fixture(network, 30);
    const found = (await plane(30, on))!;
    const { inspection, rows } = await replay(30);
    const all = { order: Uint32Array.from({ length: 200 }, (_, row) => row), start: 0, count: 200 };
    const [u1, u2] = found.axes!;
    for (const k of [0, 17, 300, 544, 700, 1088]) {
      const [x, y] = pointAt(found, k);
      const theta = inspection.theta.map((value, i) => value + x * u1[i]! + y * u2[i]!);
      const [direct] = await loss.values(theta, u1, on === "batch" ? rows : all, Float64Array.of(0));
      expect(found.losses[k]! / direct! - 1).toBeCloseTo(0, 10);
    }
    expect(found.rows).toBe(on === "batch" ? 32 : 200);
  },
);

test("StepAnalyser spans the plane by d and the orthogonal part of the top eigenvector of the preconditioned Hessian", async () => {
  const { plane, replay, start } = await fixture(network, 30);
  const found = (await plane(30))!;
  const { inspection, rows } = await replay(30);
  const [u1, u2] = found.axes!;
  const hessian = hessianAt(start.problem, inspection.theta, rows);
  const root = inverseRootOfPreconditioner(inspection);
  const dense = await denseMatrixOf(hessian, async () => {});
  const { vector } = symmetricEigen(dense.map((row, i) => row.map((entry, j) => entry * root[i]! * root[j]!)));
  const top = vector(root.length - 1).map((value, k) => value * root[k]!);
  expect([norm(u1), norm(u2)].map((length) => Math.abs(length - 1) < 1e-12)).toEqual([true, true]);
  expect(Math.abs(dot(u1, u2))).toBeLessThan(1e-12);
  expect(Math.abs(dot(u1, inspection.direction) / norm(inspection.direction) - 1)).toBeLessThan(1e-12);
  expect((dot(u1, top) ** 2 + dot(u2, top) ** 2) / dot(top, top)).toBeCloseTo(1, 8);
  const [hu1, hu2] = [hessian.apply(u1), hessian.apply(u2)];
  [dot(u1, hu1), dot(u1, hu2), dot(u2, hu2)].forEach((value, k) => {
    expect(Math.abs(found.curvatures[k]! - value)).toBeLessThan(1e-9 * Math.abs(found.curvatures[2]));
  });
  expect(dot(u2, hessian.gradient)).toBeLessThanOrEqual(0);
  expect(found.slopes[1]).toBeCloseTo(dot(u2, hessian.gradient), 12);
});

const quadratic: Partial<Recipe> = {
  ...{ dataset: "quadratic", rows: 64, batchSize: 64, hidden: [], inputs: 2, kappa: 30, noise: 0, lr: 0.05 },
};

test.each(["sgd", "adam"] as const)(
  "planePicture of %s on a quadratic loss has ellipses of its quadratic form around the minimum",
  async (optimiser) => {
    const { plane } = await fixture({ ...quadratic, optimiser }, 12);
    const found = (await plane(12))!;
    const { loss, slopes, curvatures, losses } = found;
    const model = ([x, y]: readonly [number, number]) =>
      loss +
      (slopes[0] * x + slopes[1] * y) +
      0.5 * (curvatures[0] * x * x + 2 * curvatures[1] * x * y + curvatures[2] * y * y);
    const largest = Math.max(...losses);
    losses.forEach((value, k) => {
      expect(Math.abs(value - model(pointAt(found, k)))).toBeLessThan(1e-11 * largest);
    });
    const { contours, here, best, minimum } = planePicture(found);
    for (const contour of [...contours, here]) {
      for (const point of contour.lines.flat())
        expect(Math.abs(model(point) - contour.loss)).toBeLessThan(0.003 * largest);
    }
    expect(contours.flatMap(({ lines }) => lines).length).toBeGreaterThan(5);
    const smallest = model(minimum!);
    for (const value of losses) expect(value).toBeGreaterThanOrEqual(smallest - 1e-12);
    expect(model(best!)).toBeLessThan(loss);
    expect(best![0]).toBeCloseTo(-slopes[0] / curvatures[0], 12);
  },
);

test.each(["momentum", "adam"] as const)(
  "planePath gives the recursion of %s on diag(2, 2/κ, 2), projected onto the plane, and the share of its steps there",
  async (optimiser) => {
    const { plane, thetas, run } = await fixture({ ...quadratic, optimiser }, 40);
    const found = (await plane(15))!;
    const axes = found.axes!;
    const { before, after } = planePath(found, axes, run);
    expect([before.points.length, after.points.length]).toEqual([15, 21]);
    const theory = recursion(optimiser, thetas[0]!, 40);
    const inPlane = (v: Float64Array) => [dot(axes[0], v), dot(axes[1], v)] as const;
    [...before.points, ...after.points].forEach(([x, y], k) => {
      const [wantedX, wantedY] = inPlane(theory[k]!.map((value, i) => value - theory[14]![i]!));
      expect(x).toBeCloseTo(wantedX, 6);
      expect(y).toBeCloseTo(wantedY, 6);
    });
    const steps = theory.slice(1).map((theta, k) => theta.map((value, i) => value - theory[k]![i]!));
    const shareOf = (some: readonly Float64Array[]) => {
      const sum = (of: (s: Float64Array) => number) => some.reduce((total, s) => total + of(s), 0);
      return sum((s) => inPlane(s)[0] ** 2 + inPlane(s)[1] ** 2) / sum((s) => dot(s, s));
    };
    expect(before.share).toBeCloseTo(shareOf(steps.slice(0, 14)), 6);
    expect(after.share).toBeCloseTo(shareOf(steps.slice(15, 35)), 6);
  },
);

test("planePath holds all of every step of a network of two parameters", async () => {
  const { plane, run } = await fixture({ rows: 64, batchSize: 64, inputs: 1, hidden: [], lr: 0.05 }, 40);
  const found = (await plane(15))!;
  const { before, after } = planePath(found, found.axes!, run);
  expect([before.share, after.share].map((share) => Math.abs(share - 1) < 1e-12)).toEqual([true, true]);
});

/** θ before each step, with g = diag(2, 2/κ, 2)(θ − θ*) and the constants of `quadratic`. */
function recursion(optimiser: "momentum" | "adam", from: Float64Array, steps: number): Float64Array[] {
  const [scales, least] = [Float64Array.of(2, 2 / 30, 2), Float64Array.of(1, Math.sqrt(30), 0)];
  const [lr, b1, b2, eps] = [0.05, defaultRecipe.beta1, defaultRecipe.beta2, defaultRecipe.eps];
  const [m, v] = [new Float64Array(3), new Float64Array(3)];
  const thetas = [from];
  for (let t = 1; t <= steps; t++) {
    const next = thetas.at(-1)!.map((theta, k) => {
      const g = scales[k]! * (theta - least[k]!);
      m[k] = b1 * m[k]! + (optimiser === "adam" ? 1 - b1 : 1) * g;
      v[k] = b2 * v[k]! + (1 - b2) * g * g;
      const scale = optimiser === "adam" ? (Math.sqrt(v[k]! / (1 - b2 ** t)) + eps) * (1 - b1 ** t) : 1;
      return theta - (lr * m[k]!) / scale;
    });
    thetas.push(next);
  }
  return thetas;
}
