import { Matrix, SVD } from "ml-matrix";
import { expect, test } from "vitest";
import { tensorsOf } from "../../../../src/core/data/problem";
import { initialState, startOf } from "../../../../src/core/data/start";
import { defaultRecipe } from "../../../../src/core/recipe/controls";
import type { Optimiser, Recipe } from "../../../../src/core/recipe/recipe";
import { createCpuDirectionalLoss } from "../../../../src/engine/cpu/directionalLoss";
import { createCpuEngine } from "../../../../src/engine/cpu/engine";
import { hessianAt } from "../../../../src/engine/cpu/hessian";
import { Inspector } from "../../../../src/engine/inspect/inspector";
import { muonDirection } from "../../../../src/engine/inspect/muon";
import { StepAnalyser } from "../../../../src/engine/inspect/stepAnalyser";
import { TimeSlices } from "../../../../src/engine/inspect/timeSlices";
import { dot, norm } from "../../../../src/engine/linalg/vectors";
import { Trainer } from "../../../../src/engine/trainer";

const noPause = async () => {};
const recipe: Recipe = { ...defaultRecipe, rows: 200, inputs: 4, hidden: [6, 3], activation: "tanh" };

async function replayed(given: Partial<Recipe>, step = 12) {
  const start = startOf({ ...recipe, ...given }, null);
  const engine = () => createCpuEngine(start.problem, initialState(start));
  const from = new Trainer(engine(), start, start.recipe).checkpoint;
  const inspector = new Inspector(engine(), start);
  const { problem } = start;
  return { start, problem, at: await inspector.replay({ step, from, recipe: start.recipe }, new TimeSlices()) };
}

test("muonDirection has m̂'s singular vectors in each weight matrix, with singular values of about √max(1, outputs/inputs)", async () => {
  const { problem, at } = await replayed({});
  const { m, update } = at.inspection;
  const p = (await muonDirection(at.inspection, at.inspection.gradient, "adam", problem.sizes, noPause))!;
  for (const { shape, offset, size } of tensorsOf(problem.sizes)) {
    const [inputs, outputs] = shape as [number, number?];
    if (outputs === undefined) continue;
    const [mean, part] = [m.map((value) => value / update.c1), p].map((all) =>
      Matrix.from1DArray(inputs, outputs, all.subarray(offset, offset + size)),
    ) as [Matrix, Matrix];
    const svd = new SVD(mean, { autoTranspose: true });
    const inAxes = svd.leftSingularVectors.transpose().mmul(part).mmul(svd.rightSingularVectors);
    const scale = Math.sqrt(Math.max(1, outputs / inputs));
    svd.diagonal.forEach((sigma, i) => {
      svd.diagonal.forEach((_, j) => void (i !== j && expect(Math.abs(inAxes.get(i, j))).toBeLessThan(1e-10)));
      if (sigma < 0.01 * mean.norm()) return;
      expect(-inAxes.get(i, i) / scale).toBeGreaterThan(0.68);
      expect(-inAxes.get(i, i) / scale).toBeLessThan(1.14);
    });
  }
});

test.each([
  ["adam", "−m̂/(√v̂ + ε), as d"],
  ["amsgrad", "with the greatest v, as d"],
  ["rmsprop", "−g/(√v + ε), as d"],
  ["sgd", "−sign g"],
  ["momentum", "−sign m"],
  ["lion", "−sign m"],
] as const)("muonDirection gives each bias Adam's direction from the state of %s: %s", async (optimiser, expected) => {
  const { problem, at } = await replayed({ optimiser });
  const { gradient, m, direction } = at.inspection;
  const p = (await muonDirection(at.inspection, gradient, optimiser, problem.sizes, noPause))!;
  const wanted = expected.endsWith("as d")
    ? direction
    : (optimiser === "sgd" ? gradient : m).map((value) => -Math.sign(value));
  for (const { shape, offset, size } of tensorsOf(problem.sizes)) {
    if (shape.length > 1) continue;
    for (let k = offset; k < offset + size; k++) expect(p[k]).toBeCloseTo(wanted[k]!, 12);
  }
});

test("muonDirection is −g's direction in each weight matrix of one column, where the optimiser has no momentum", async () => {
  const { problem, at } = await replayed({ optimiser: "sgd", hidden: [] });
  const { gradient } = at.inspection;
  const p = (await muonDirection(at.inspection, gradient, "sgd", problem.sizes, noPause))!;
  const [weights, g] = [p.subarray(0, 4), gradient.subarray(0, 4)];
  expect(dot(weights, g) / (norm(weights) * norm(g))).toBeCloseTo(-1, 12);
});

test("muonDirection is null where a weight matrix has more than 512 inputs and outputs", async () => {
  const state = { m: new Float64Array(), v: new Float64Array(), vMax: new Float64Array() };
  const { at } = await replayed({});
  const { update } = at.inspection;
  expect(await muonDirection({ ...state, update }, state.m, "adam", [513, 513, 1], noPause)).toBeNull();
});

test.each(["adam", "sgd"] as const)(
  "StepAnalyser measures along Muon's direction what the loss itself gives, with %s",
  async (optimiser: Optimiser) => {
    const { start, problem, at } = await replayed({ optimiser });
    const { theta, gradient, direction } = at.inspection;
    const loss = createCpuDirectionalLoss(problem);
    const along = await new StepAnalyser(() => loss, start, 2 ** -40).answer(
      "along",
      at,
      { on: "batch", resamples: 1 },
      new TimeSlices(),
    );
    const row = along!.others.find(({ name }) => name === "muon")!;
    const p = (await muonDirection(at.inspection, gradient, optimiser, problem.sizes, noPause))!;
    expect(row.slope).toBeCloseTo(dot(gradient, p), 12);
    expect(row.curvature).toBeCloseTo(dot(p, hessianAt(problem, theta, at.rows).apply(p)), 11);
    expect(row.alphaStar).toBeCloseTo(-row.slope / row.curvature, 12);
    expect(row.norm).toBeCloseTo(norm(p), 12);
    expect(row.cosine).toBeCloseTo(dot(p, direction) / (norm(p) * norm(direction)), 12);
    const e = 1e-4;
    const [before, at0, after] = await loss.values(theta, p, at.rows, Float64Array.of(-e, 0, e));
    expect((after! - before!) / (2 * e)).toBeCloseTo(row.slope, 6);
    expect((after! - 2 * at0! + before!) / e ** 2).toBeCloseTo(row.curvature, 5);
  },
);
