import { expect, onTestFinished, test } from "vitest";
import { tensorsOf } from "../../src/core/data/problem";
import type { Case } from "../../src/core/files/case";
import { createCpuEngine } from "../../src/engine/cpu/engine";
import type { DirectionalDerivatives } from "../../src/engine/directionalLoss";
import { layerParts } from "../../src/engine/inspect/layerParts";
import { createWebglDirectionalLoss } from "../../src/engine/webgl/directionalLoss";
import { createWebglEngine } from "../../src/engine/webgl/engine";
import { type CaseName, caseNames, decodeCase, type Trace } from "../reference/decode";
import { makeMeasurements } from "../unit/support/measurements";
import { Comparison } from "./compare";
import { device } from "./device";

const files = import.meta.glob<{ default: unknown }>("../reference/*.json", { eager: true });
const file = (name: string) => files[`../reference/${name}.json`]?.default;
const caseOf = (name: CaseName) => decodeCase(file(`${name}.case`) as Case);
const traceOf = (name: CaseName) => file(`${name}.trace`) as Trace;

test.each(caseNames)("the webgl engine agrees with the cpu engine on single steps of %s", async (name) => {
  const { problem, state, steps } = caseOf(name);
  const cpu = createCpuEngine(problem, state);
  const into = makeMeasurements(1, tensorsOf(problem.sizes).length, state.theta.length);
  const comparison = await Comparison.of(problem, state);
  onTestFinished(() => comparison.dispose());
  const points = [1, 2, 5, 16, 31, 32, 33, 50, steps.length];
  for (const [k, { batch, next, settings }] of steps.entries()) {
    if (points.includes(k + 1))
      await comparison.step(await cpu.save(), batch, next, settings, `${name}, step ${k + 1}:`);
    cpu.step(batch, null, settings, into, 0);
  }
});

test.each(caseNames)("the webgl engine agrees with PyTorch within 1% for 32 steps of %s", async (name) => {
  const { problem, state, steps } = caseOf(name);
  const rows = traceOf(name).rows.slice(0, 32);
  const tensors = tensorsOf(problem.sizes).length;
  const engine = createWebglEngine(await device(), problem, state);
  onTestFinished(() => engine.dispose());
  const into = makeMeasurements(rows.length, tensors, state.theta.length);
  for (const [k] of rows.entries()) {
    const { batch, next, settings } = steps[k] as (typeof steps)[number];
    engine.step(batch, next, settings, into, k);
  }
  await engine.collect();
  const close = (what: string, actual: number, expected: number, magnitude = Math.abs(expected)) =>
    expect(Math.abs(actual - expected) <= 0.01 * magnitude, `${name}, ${what}: ${actual} for ${expected}`).toBe(true);
  for (const [k, row] of rows.entries()) {
    for (const key of ["loss", "slope", "curvature", "stepTaken", "lossAfter"] as const)
      close(`step ${row.step} ${key}`, into[key][k] as number, row[key]);
    close(`step ${row.step} α*`, -(into.slope[k] as number) / (into.curvature[k] as number), row.alphaStar as number);
    close(`step ${row.step} dᵀGd`, into.gaussNewton[k] as number, row.gaussNewton);
    if (row.nextSlope !== null && row.nextCurvature !== null) {
      const [slope, curvature] = [into.nextSlope[k] as number, into.nextCurvature[k] as number];
      close(`step ${row.step} nextSlope`, slope, row.nextSlope, Math.abs(row.nextSlope) + Math.abs(row.slope));
      const terms = Math.abs(row.nextCurvature) + Math.abs(row.curvature);
      close(`step ${row.step} nextCurvature`, curvature, row.nextCurvature, terms);
    }
    if (row.gradVariance !== null && row.alphaStarError !== null) {
      const [b, square] = [row.batch, row.gradNorm ** 2];
      const variance = ((into.rowGradSquares[k] as number) - b * square) / (b - 1);
      close(`step ${row.step} gradient variance`, variance, row.gradVariance, row.gradVariance + 2 * square);
      const error = Math.sqrt((into.residualSquares[k] as number) / (b * (b - 1))) / Math.abs(row.curvature);
      close(`step ${row.step} standard error of α*`, error, row.alphaStarError);
    }
    for (let t = 0; t < tensors; t++) {
      close(
        `step ${row.step} ‖g‖ ${t}`,
        Math.sqrt(into.gradSquares[k * tensors + t] as number),
        row.gradNorms[t] as number,
      );
      close(
        `step ${row.step} ‖d‖ ${t}`,
        Math.sqrt(into.directionSquares[k * tensors + t] as number),
        row.directionNorms[t] as number,
      );
    }
  }
});

test.each(caseNames)(
  "the WebGL directional loss of %s agrees with PyTorch on all rows, for each layer and at α",
  async (name) => {
    const { problem, state, steps } = caseOf(name);
    const { rows } = traceOf(name);
    const cpu = createCpuEngine(problem, state);
    const into = makeMeasurements(1, tensorsOf(problem.sizes).length, state.theta.length);
    const loss = createWebglDirectionalLoss(await device(), problem);
    onTestFinished(() => loss.dispose());
    const all = { order: Uint32Array.from({ length: problem.rows }, (_, row) => row), start: 0, count: problem.rows };
    const close = (what: string, actual: number, expected: number, magnitude = Math.abs(expected)) =>
      expect(Math.abs(actual - expected) <= 1e-4 * magnitude, `${name}, ${what}: ${actual} for ${expected}`).toBe(true);
    for (const [k, { batch, settings }] of steps.slice(0, 20).entries()) {
      const { theta } = await cpu.save();
      cpu.step(batch, null, settings, into, 0);
      if (k % 6 > 0) continue;
      const row = rows[k] as (typeof rows)[number];
      const d = await cpu.direction();
      const [full] = (await loss.derivatives(theta, [d], all)) as [DirectionalDerivatives];
      close("slopeFull", full.slope, row.slopeFull);
      close("curvatureFull", full.curvature, row.curvatureFull, full.curvatureTerms);
      const layers = await loss.derivatives(theta, layerParts(problem.sizes, d), batch);
      for (const [l, layer] of row.layers.entries()) {
        close(
          `layer ${l} slope`,
          layers[l]?.slope ?? Number.NaN,
          layer.slope,
          Math.abs(layer.slope) + Math.abs(row.slope),
        );
        close(
          `layer ${l} curvature`,
          layers[l]?.curvature ?? Number.NaN,
          layer.curvature,
          Math.abs(layer.curvature) + Math.abs(row.curvature),
        );
      }
      const losses = await loss.values(theta, d, batch, Float64Array.of(0, row.stepTaken));
      close("h(0)", losses[0] as number, row.loss);
      close("h(s)", losses[1] as number, row.lossAfter);
    }
  },
);
