import { expect, test } from "vitest";
import { tensorsOf } from "../../../../src/core/data/problem";
import { alphaStarOf, predictedChange, verdictOf } from "../../../../src/core/history/alpha";
import { createCpuDirectionalLoss } from "../../../../src/engine/cpu/directionalLoss";
import { createCpuEngine } from "../../../../src/engine/cpu/engine";
import type { DirectionalDerivatives } from "../../../../src/engine/directionalLoss";
import { layerParts } from "../../../../src/engine/inspect/layerParts";
import { caseNames, decodeCase, finalTheta } from "../../../reference/decode";
import { makeMeasurements } from "../../support/measurements";
import { readCase, readTrace } from "../../support/reference";

/** Within 1e-9 of PyTorch's float64, relative, and 1e-12 absolute near zero. */
function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, what: string): void {
  expect(actual.length, what).toBe(expected.length);
  for (let k = 0; k < expected.length; k++) {
    const error = Math.abs(actual[k]! - expected[k]!);
    const bound = Math.max(1e-12, 1e-9 * Math.abs(expected[k]!));
    expect(error <= bound, `${what}[${k}]: ${actual[k]} for ${expected[k]}`).toBe(true);
  }
}

const norm = (squares: Float64Array) => Math.sqrt(squares.reduce((a, b) => a + b, 0));

test.each(caseNames)(
  "createCpuEngine and createCpuDirectionalLoss give every column of every step as PyTorch does: %s",
  async (name) => {
    const { problem, state, steps } = decodeCase(readCase(name));
    const trace = readTrace(name);
    expect(steps.length).toBe(trace.rows.length);
    const tensors = tensorsOf(problem.sizes).length;
    const into = makeMeasurements(steps.length, tensors, state.theta.length);
    const engine = createCpuEngine(problem, state);
    const directionalLoss = createCpuDirectionalLoss(problem);
    const all = { order: Uint32Array.from({ length: problem.rows }, (_, row) => row), start: 0, count: problem.rows };

    for (const [k, { batch, next, settings }] of steps.entries()) {
      const before = await engine.save();
      engine.step(batch, next, settings, into, k);
      await engine.collect();
      const row = trace.rows[k]!;
      const [loss, slope, curvature] = [into.loss[k]!, into.slope[k]!, into.curvature[k]!];
      const [stepTaken, lossAfter] = [into.stepTaken[k]!, into.lossAfter[k]!];
      const gradSquares = into.gradSquares.slice(k * tensors, (k + 1) * tensors);
      const directionSquares = into.directionSquares.slice(k * tensors, (k + 1) * tensors);
      const [gradNorm, directionNorm] = [norm(gradSquares), norm(directionSquares)];
      const verdict = verdictOf(loss, slope, curvature, into.curvatureTerms[k]!, engine.rounding);
      const at = `${name}, step ${row.step}: `;
      expect(batch.count, `${at}batch`).toBe(row.batch);
      const measured = {
        loss,
        slope,
        curvature,
        alphaStar: alphaStarOf(verdict, slope, curvature),
        gradNorm,
        directionNorm,
      };
      const cosine = -slope / (gradNorm * directionNorm);
      const reductionRatio = (lossAfter - loss) / predictedChange(slope, curvature, stepTaken);
      for (const [key, value] of Object.entries({ ...measured, cosine, stepTaken, lossAfter, reductionRatio })) {
        expectClose([value], [row[key as keyof typeof measured] as number], at + key);
      }
      const expectNullable = (key: keyof typeof row, value: number) =>
        row[key] === null ? expect(value, at + key).toBeNaN() : expectClose([value], [row[key] as number], at + key);
      expectNullable("nextSlope", into.nextSlope[k]!);
      expectNullable("nextCurvature", into.nextCurvature[k]!);
      expectNullable("gaussNewton", into.gaussNewton[k]!);

      expectClose(gradSquares.map(Math.sqrt), row.gradNorms, `${at}gradNorms`);
      expectClose(directionSquares.map(Math.sqrt), row.directionNorms, `${at}directionNorms`);

      const d = await engine.direction();
      expect(into.directions.slice(k * d.length, (k + 1) * d.length), `${at}directions`).toEqual(d);
      const [full] = (await directionalLoss.derivatives(before.theta, [d], all)) as [DirectionalDerivatives];
      expectClose([full.slope, full.curvature], [row.slopeFull, row.curvatureFull], `${at}full`);
      const parts = [d, ...layerParts(problem.sizes, d)];
      const [here, ...ofLayers] = (await directionalLoss.derivatives(before.theta, parts, batch)) as [
        DirectionalDerivatives,
        ...DirectionalDerivatives[],
      ];
      expectClose([here.loss, here.slope, here.curvature], [row.loss, row.slope, row.curvature], `${at}derivatives`);
      const layers = (list: readonly Pick<DirectionalDerivatives, "slope" | "curvature">[]) =>
        list.flatMap((layer) => [layer.slope, layer.curvature]);
      expectClose(layers(ofLayers), layers(row.layers), `${at}layers`);
      const losses = await directionalLoss.values(before.theta, d, batch, Float64Array.of(0, row.stepTaken));
      expectClose(losses, [row.loss, row.lossAfter], `${at}values`);
    }
    const { theta } = await engine.save();
    expectClose(theta, finalTheta(trace), `${name}: final parameters`);
  },
);
