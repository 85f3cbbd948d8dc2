import fc from "fast-check";
import { expect, test } from "vitest";
import { tensorsOf } from "../../../../src/core/data/problem";
import { createCpuDirectionalLoss } from "../../../../src/engine/cpu/directionalLoss";
import { createCpuEngine } from "../../../../src/engine/cpu/engine";
import { layerParts } from "../../../../src/engine/inspect/layerParts";
import { denseDerivatives, lossJet } from "../../support/jet";
import { makeMeasurements } from "../../support/measurements";
import { build, expectWithin, setups } from "../../support/setups";

const tensorSum = (vector: ArrayLike<number>, offset: number, size: number) => {
  return Array.from({ length: size }, (_, k) => vector[offset + k]! ** 2).reduce((a, b) => a + b, 0);
};

test("createCpuEngine measures a step as the dense gradient and Hessian give it, for random networks", async () => {
  await fc.assert(
    fc.asyncProperty(setups, async (setup) => {
      const { problem, state, batch, rows, settings } = build(setup);
      const { theta, m, v } = state;
      const { gradient: g, hessian } = denseDerivatives(problem, theta, rows);
      const m1 = g.map((gk, k) => 0.7 * m[k]! + 0.3 * gk);
      const v1 = g.map((gk, k) => 0.9 * v[k]! + 0.1 * gk ** 2);
      const d = g.map((_, k) => -(m1[k]! / 0.6) / (Math.sqrt(v1[k]! / 0.4) + 1e-8));
      const slopes = d.map((dk, k) => dk * g[k]!);
      const curvatures = hessian.flatMap((row, i) => row.map((h, j) => d[i]! * h * d[j]!));
      const sum = (terms: number[]) => terms.reduce((a, b) => a + b, 0);
      const size = (terms: number[]) => sum(terms.map(Math.abs));

      const tensors = tensorsOf(problem.sizes);
      const into = makeMeasurements(1, tensors.length, theta.length);
      const engine = createCpuEngine(problem, state);
      // Rows of the minibatch too: they have no effect on the judgement.
      const next = { order: batch.order, start: 1, count: 1 + (setup.seed % 4) };
      engine.step(batch, next, settings, into, 0);
      await engine.collect();
      expectWithin(into.loss[0]!, lossJet(problem, theta, d, rows)[0], 1, "loss");
      expectWithin(into.slope[0]!, sum(slopes), size(slopes), "slope");
      expectWithin(into.curvature[0]!, sum(curvatures), size(curvatures), "curvature");
      expect(into.curvatureTerms[0]! * (1 + 1e-9)).toBeGreaterThanOrEqual(Math.abs(into.curvature[0]!));
      expect(into.stepTaken[0]).toBe(0.01);
      const moved = theta.map((t, k) => t + 0.01 * d[k]!);
      expectWithin(into.lossAfter[0]!, lossJet(problem, moved, d, rows)[0], 1, "loss after the step");
      tensors.forEach(({ name, offset, size: length }, t) => {
        const [ofG, ofD] = [tensorSum(g, offset, length), tensorSum(d, offset, length)];
        expectWithin(into.gradSquares[t]!, ofG, ofG, `‖g‖² of ${name}`);
        expectWithin(into.directionSquares[t]!, ofD, ofD, `‖d‖² of ${name}`);
      });
      const along = (of: readonly number[]) => {
        const dense = denseDerivatives(problem, theta, of);
        const products = dense.hessian.flatMap((row, i) => row.map((h, j) => d[i]! * h * d[j]!));
        return { gradient: dense.gradient, slopes: d.map((dk, k) => dk * dense.gradient[k]!), products };
      };
      const nextOne = along([...next.order.subarray(next.start, next.start + next.count)]);
      expectWithin(into.nextSlope[0]!, sum(nextOne.slopes), size(nextOne.slopes), "slope of the next minibatch");
      expectWithin(into.nextCurvature[0]!, sum(nextOne.products), size(nextOne.products), "its curvature");
      expect(into.nextCurvatureTerms[0]! * (1 + 1e-9)).toBeGreaterThanOrEqual(Math.abs(into.nextCurvature[0]!));

      const ofRows = rows.map((row) => along([row]));
      const squares = ofRows.map(({ gradient }) => tensorSum(gradient, 0, gradient.length));
      expectWithin(into.rowGradSquares[0]!, sum(squares), sum(squares), "Σ‖g_i‖²");
      // Without curvature there is no α*.
      const alpha = into.curvature[0] === 0 ? 0 : -into.slope[0]! / into.curvature[0]!;
      const residuals = ofRows.map(({ slopes, products }) => sum(slopes) + alpha * sum(products));
      const terms = ofRows.map((one) => size(one.slopes) + Math.abs(alpha) * size(one.products));
      if (alpha !== 0)
        expectWithin(into.residualSquares[0]!, tensorSum(residuals, 0, rows.length), sum(terms) ** 2, "Σr_i²");

      const after = await engine.save();
      d.forEach((dk, k) => {
        expectWithin(into.directions[k]!, dk, 1 + Math.abs(dk), `d[${k}]`);
        expectWithin(after.theta[k]!, moved[k]!, 1, `θ[${k}]`);
        expectWithin(after.m[k]!, m1[k]!, 1, `m[${k}]`);
        expectWithin(after.v[k]!, v1[k]!, 1, `v[${k}]`);
      });

      const direction = Float64Array.from(d);
      const parts = layerParts(problem.sizes, direction);
      const [whole, ...layers] = await createCpuDirectionalLoss(problem).derivatives(
        theta,
        [direction, ...parts],
        batch,
      );
      expectWithin(whole!.slope, sum(slopes), size(slopes), "slope of the directional loss");
      expectWithin(whole!.curvature, sum(curvatures), size(curvatures), "curvature of the directional loss");
      layers.forEach((layer, l) => {
        const start = tensors[2 * l]!.offset;
        const end = tensors[2 * l + 1]!.offset + tensors[2 * l + 1]!.size;
        const only = d.map((dk, k) => (k >= start && k < end ? dk : 0));
        const [, slope, curvature] = lossJet(problem, theta, only, rows);
        expectWithin(layer.slope, slope, size(slopes), `slope of layer ${l + 1}`);
        expectWithin(layer.curvature, curvature, size(curvatures), `curvature of layer ${l + 1}`);
      });
    }),
    { numRuns: 150 },
  );
}, 60_000);
