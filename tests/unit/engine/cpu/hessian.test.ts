import fc from "fast-check";
import { expect, test } from "vitest";
import { createCpuDirectionalLoss } from "../../../../src/engine/cpu/directionalLoss";
import { hessianAt } from "../../../../src/engine/cpu/hessian";
import type { DirectionalDerivatives } from "../../../../src/engine/directionalLoss";
import { layerParts } from "../../../../src/engine/inspect/layerParts";
import { dot } from "../../../../src/engine/linalg/vectors";
import { denseDerivatives } from "../../support/jet";
import { build, expectWithin, numbers, setups } from "../../support/setups";

test("hessianAt gives the gradient and every entry of Hv of the dense Hessian for random networks", () => {
  fc.assert(
    fc.property(setups, (setup) => {
      const { problem, state, batch, rows } = build(setup);
      const dense = denseDerivatives(problem, state.theta, rows);
      const hessian = hessianAt(problem, state.theta, batch);
      const next = numbers(setup.seed + 1);
      // Twice: a second product must not depend on the buffers of the first.
      for (const _ of [0, 1]) {
        const v = state.theta.map(next);
        const product = hessian.apply(v);
        dense.hessian.forEach((row, i) => {
          const terms = row.map((h, j) => h * v[j]!);
          const size = terms.reduce((sum, term) => sum + Math.abs(term), 1);
          expectWithin(
            product[i]!,
            terms.reduce((a, b) => a + b, 0),
            size,
            `(Hv)[${i}]`,
          );
        });
      }
      for (const [i, g] of dense.gradient.entries()) expectWithin(hessian.gradient[i]!, g, 1, `g[${i}]`);
    }),
    { numRuns: 100 },
  );
}, 60_000);

test("hessianAt gives the mean over all rows when the rows fill more than one chunk", async () => {
  const { problem, state } = build({ sizes: [3, 4, 2], activation: "tanh", loss: "cross-entropy", rows: 9, seed: 7 });
  const order = Uint32Array.from({ length: 2500 }, (_, k) => (k * k) % 12);
  const all = { order, start: 0, count: 2500 };
  const v = state.m;
  const hessian = hessianAt(problem, state.theta, all);
  const [{ loss, slope, curvature }] = (await createCpuDirectionalLoss(problem).derivatives(state.theta, [v], all)) as [
    DirectionalDerivatives,
  ];
  expectWithin(hessian.loss, loss, loss, "loss");
  expectWithin(dot(hessian.gradient, v), slope, 1, "slope");
  expectWithin(dot(hessian.apply(v), v), curvature, 1, "curvature");
});

test("createCpuDirectionalLoss gives the same derivatives for several directions together as for each alone", async () => {
  const { problem, state, batch } = build({
    sizes: [4, 3, 3, 1],
    activation: "sigmoid",
    loss: "mse",
    rows: 7,
    seed: 3,
  });
  const loss = createCpuDirectionalLoss(problem);
  const directions = [state.m, state.v, ...layerParts(problem.sizes, state.v)];
  const together = await loss.derivatives(state.theta, directions, batch);
  for (const [k, d] of directions.entries()) {
    expect(await loss.derivatives(state.theta, [d], batch)).toEqual([together[k]]);
  }
});
