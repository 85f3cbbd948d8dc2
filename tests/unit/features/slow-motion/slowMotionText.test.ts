import { expect, it } from "vitest";
import { verdicts } from "../../../../src/core/history/alpha";
import { defaultRecipe } from "../../../../src/core/recipe/controls";
import type { Optimiser } from "../../../../src/core/recipe/recipe";
import { phaseCaption } from "../../../../src/features/slow-motion/slowMotionText";
import { type StepFacts, stepFacts } from "../../../../src/features/slow-motion/stepFacts";
import { slowPhases } from "../../../../src/session/slowMotion";
import { newSession } from "../../support/fakes";

const facts: StepFacts = {
  rows: 1000,
  batch: 32,
  firstRow: 385,
  optimiser: "adam",
  settings: defaultRecipe,
  verdict: "minimum",
  loss: 1.2345,
  lossAfter: 1.2338,
  gradNorm: 0.5123,
  directionNorm: 1.805,
  cosine: 0.6249,
  slope: -0.6576,
  curvature: 1.965,
  gaussNewton: 2.1,
  alphaStar: 0.33466,
  stepTaken: 0.001,
  parameter: null,
};
const parameter = { name: "fc1.weight, input 3 → unit 2", g: -0.02, m: 0.0123, v: 3.14e-5, vMax: 4e-5 };

it("phaseCaption describes each phase with the numbers of the step", () => {
  expect(slowPhases.map((phase) => phaseCaption(phase, facts))).toEqual([
    "The minibatch: rows 385 to 416 of 1000. The minibatch loss is h(0) = 1.2345.",
    "The gradient g is the derivative of the minibatch loss with respect to each parameter. ‖g‖ = 0.512.",
    "Adam updates its moment estimates: m ← 0.9·m + 0.1·g, v ← 0.999·v + 0.001·g².",
    "The search direction is d = −m̂ / (√v̂ + ε), element by element. ‖d‖ = 1.80. The cosine of d and −g is 0.62.",
    "Along d, the minibatch loss has slope dᵀg = −0.658 and curvature dᵀHd = 1.97. Both define the quadratic model.",
    "The minimum of the quadratic model is at α* = −dᵀg / dᵀHd = 0.658 / 1.97 = 0.335.",
    "Adam takes the step s = lr = 0.00100 along d. The minibatch loss changes from 1.2345 to 1.2338. The best step was 335 times the step taken.",
  ]);
});

it("phaseCaption names the moment estimates and the direction formula of each optimiser", () => {
  const caption = (optimiser: Optimiser, phase: "moments" | "direction") =>
    phaseCaption(phase, { ...facts, optimiser });
  expect(caption("sgd", "moments")).toBe("SGD keeps no state: d depends on this gradient only.");
  expect(caption("momentum", "moments")).toBe("Momentum updates its moment estimate: m ← 0.9·m + g.");
  expect(caption("rmsprop", "moments")).toBe("RMSProp updates its moment estimate: v ← 0.999·v + 0.001·g².");
  expect(caption("amsgrad", "moments")).toBe(
    "AMSGrad updates its moment estimates: m ← 0.9·m + 0.1·g, v ← 0.999·v + 0.001·g², vₘₐₓ ← max(vₘₐₓ, v).",
  );
  expect(caption("adamw", "direction")).toContain("d = −m̂ / (√v̂ + ε) − λθ, element by element");
  expect(caption("sgd", "direction")).toContain("d = −g, element by element");
});

it("phaseCaption adds the numbers of the picked parameter after an inspection", () => {
  expect(phaseCaption("gradient", { ...facts, parameter })).toMatch(" For fc1.weight, input 3 → unit 2: g = −0.0200.");
  expect(phaseCaption("moments", { ...facts, parameter })).toMatch(
    "For fc1.weight, input 3 → unit 2: m ← 0.9·m + 0.1·g = 0.0123, v ← 0.999·v + 0.001·g² = 3.14e−5.",
  );
});

it("phaseCaption names the step rule σ·α*, and omits row numbers in a shuffled epoch", () => {
  const settings = { ...defaultRecipe, rule: "alphaStar" as const };
  expect(phaseCaption("step", { ...facts, settings, stepTaken: 0.335 })).toMatch(
    /s = σ·α\* = 0\.335 along d.* to 1\.2338\.$/,
  );
  const withG = { ...facts, settings: { ...settings, rule: "alphaStarGN" as const }, verdict: "concave" as const };
  expect(phaseCaption("step", withG)).toContain("s = σ·α* (G) = ");
  expect(phaseCaption("step", { ...withG, slope: 1 })).toContain("s = lr = ");
  expect(phaseCaption("batch", { ...facts, firstRow: null })).toMatch("32 of 1000 rows, in this epoch’s random order");
});

it.each(verdicts)("phaseCaption shows no NaN in any phase when the verdict is %s", (verdict) => {
  const bad =
    verdict === "diverged" ? { loss: NaN, slope: NaN, curvature: Infinity, gradNorm: NaN, lossAfter: NaN } : {};
  const all = slowPhases.map((phase) =>
    phaseCaption(phase, { ...facts, parameter: { ...parameter, g: NaN }, verdict, alphaStar: NaN, ...bad }),
  );
  expect(all.join(" ")).not.toMatch(/NaN|Infinity|undefined/);
  expect(all.filter((text) => /best step was/.test(text))).toHaveLength(verdict === "minimum" ? 1 : 0);
  expect(new Set(all).size).toBe(slowPhases.length);
});

it("stepFacts reads rows and numbers of a measured step, and returns null for a step not measured", async () => {
  const { session } = newSession();
  await session.ready;
  await session.set({ batchSize: 300 });
  await session.advance(2);
  await session.set({ batchSize: 100 });
  await session.advance(2);
  const of = (step: number, inspection = null as Parameters<typeof stepFacts>[4]) =>
    stepFacts(session.history(), session.store.getState().recipe, step, 3, inspection);
  expect([1, 2, 3, 4].map((step) => [of(step)?.firstRow, of(step)?.batch])).toEqual([
    [1, 300],
    [301, 300],
    [601, 100],
    [701, 100],
  ]);
  expect([of(5), of(0)]).toEqual([null, null]);
  const inspection = await session.inspect(4);
  const { gradient, m, v } = inspection;
  expect(of(4, inspection)?.parameter).toEqual({
    name: "fc1.weight, input 1 → unit 4",
    g: gradient[3],
    m: m[3],
    v: v[3],
    vMax: 0,
  });
  expect(of(3, inspection)?.parameter).toBeNull();
  expect(of(4)?.loss).toBe(session.history().value("loss", 4));
});
