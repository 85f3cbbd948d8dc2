import { expect, it } from "vitest";
import { verdicts } from "../../../../src/core/history/alpha";
import { defaultRecipe } from "../../../../src/core/recipe/controls";
import type { Optimiser } from "../../../../src/core/recipe/recipe";
import { type SlowFacts, slowCaption, slowFacts } from "../../../../src/features/slow-motion/slowMotionText";
import { slowPhases } from "../../../../src/session/slowMotion";
import { newSession } from "../../support/fakes";

const facts: SlowFacts = {
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
  alphaStar: 0.33466,
  stepTaken: 0.001,
  parameter: null,
};
const parameter = { name: "fc1.weight, input 3 → unit 2", g: -0.02, m: 0.0123, v: 3.14e-5, vMax: 4e-5 };

it("says each phase with the step's numbers", () => {
  expect(slowPhases.map((phase) => slowCaption(phase, facts))).toEqual([
    "The batch: rows 385 to 416 of 1000. The loss on it is h(0) = 1.2345.",
    "The gradient g: how this loss changes with each parameter. ‖g‖ = 0.512.",
    "Adam takes g into its two memories: m ← 0.9·m + 0.1·g, and v ← 0.999·v + 0.001·g².",
    "The direction d = −m̂ / (√v̂ + ε), element by element: ‖d‖ = 1.80, and its cosine with −g is 0.62.",
    "Along d this batch’s loss has slope dᵀg = −0.658 and curvature dᵀHd = 1.97: together a parabola.",
    "The parabola is lowest at α* = −dᵀg / dᵀHd = 0.658 / 1.97 = 0.335.",
    "Adam steps s = lr = 0.00100 along d: this batch’s loss goes from 1.2345 to 1.2338. The best step was 335 × as far.",
  ]);
});

it("says what each optimiser remembers and how it makes its direction", () => {
  const say = (optimiser: Optimiser, phase: "moments" | "direction") => slowCaption(phase, { ...facts, optimiser });
  expect(say("sgd", "moments")).toBe("SGD remembers nothing: this gradient alone makes d.");
  expect(say("momentum", "moments")).toBe("Momentum takes g into its memory: m ← 0.9·m + g.");
  expect(say("rmsprop", "moments")).toBe("RMSProp takes g into its memory: v ← 0.999·v + 0.001·g².");
  expect(say("amsgrad", "moments")).toBe(
    "AMSGrad takes g into its three memories: m ← 0.9·m + 0.1·g, and v ← 0.999·v + 0.001·g², and vₘₐₓ ← max(vₘₐₓ, v).",
  );
  expect(say("adamw", "direction")).toContain("d = −m̂ / (√v̂ + ε) − λθ, element by element");
  expect(say("sgd", "direction")).toContain("d = −g, element by element");
});

it("adds the picked parameter's own numbers once they are known", () => {
  expect(slowCaption("gradient", { ...facts, parameter })).toMatch("; for fc1.weight, input 3 → unit 2 it is −0.0200.");
  expect(slowCaption("moments", { ...facts, parameter })).toMatch(
    "For fc1.weight, input 3 → unit 2: m ← 0.9·m + 0.1·g is now 0.0123, v ← 0.999·v + 0.001·g² is now 3.14e−5.",
  );
});

it("a step by σ·α* says so, and a shuffled epoch has no row numbers", () => {
  const settings = { ...defaultRecipe, rule: "alphaStar" as const };
  expect(slowCaption("step", { ...facts, settings, stepTaken: 0.335 })).toMatch(/s = σ·α\* = 0\.335 .* to 1\.2338\.$/);
  expect(slowCaption("batch", { ...facts, firstRow: null })).toMatch("32 of 1000 rows, in this epoch’s random order");
});

it.each(verdicts)("where the verdict is %s, no phase shows what is not a number", (verdict) => {
  const bad =
    verdict === "diverged" ? { loss: NaN, slope: NaN, curvature: Infinity, gradNorm: NaN, lossAfter: NaN } : {};
  const all = slowPhases.map((phase) =>
    slowCaption(phase, { ...facts, parameter: { ...parameter, g: NaN }, verdict, alphaStar: NaN, ...bad }),
  );
  expect(all.join(" ")).not.toMatch(/NaN|Infinity|undefined/);
  expect(all.filter((text) => /best step was/.test(text))).toHaveLength(verdict === "minimum" ? 1 : 0);
  expect(new Set(all).size).toBe(slowPhases.length);
});

it("reads its facts from the run: rows of the batch, a step inspected, none where nothing is measured", async () => {
  const { session } = newSession();
  await session.ready;
  await session.set({ batchSize: 300 });
  await session.advance(2);
  await session.set({ batchSize: 100 });
  await session.advance(2);
  const of = (step: number, inspection = null as Parameters<typeof slowFacts>[4]) =>
    slowFacts(session.history(), session.store.getState().recipe, step, 3, inspection);
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
