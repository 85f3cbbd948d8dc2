import fc from "fast-check";
import { expect, test } from "vitest";
import { hessianAt } from "../../../../src/engine/cpu/hessian";
import { createCpuProbe } from "../../../../src/engine/cpu/probe";
import type { Slopes } from "../../../../src/engine/engine";
import { dot } from "../../../../src/engine/inspect/lanczos";
import { layerParts } from "../../../../src/engine/inspect/layerParts";
import { denseDerivatives } from "../../support/jet";
import { build, expectWithin, numbers, setups } from "../../support/setups";

test("gradient and every entry of Hv equal those of the dense Hessian, whatever the network", () => {
  fc.assert(
    fc.property(setups, (setup) => {
      const { problem, state, batch, rows } = build(setup);
      const dense = denseDerivatives(problem, state.theta, rows);
      const hessian = hessianAt(problem, state.theta, batch);
      const next = numbers(setup.seed + 1);
      // The second product is no different for the first one.
      for (const _ of [0, 1]) {
        const v = state.theta.map(next);
        const product = hessian.times(v);
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

test("more rows than are swept at a time give the mean over all of them", async () => {
  const { problem, state } = build({ sizes: [3, 4, 2], activation: "tanh", loss: "cross-entropy", rows: 9, seed: 7 });
  const order = Uint32Array.from({ length: 2500 }, (_, k) => (k * k) % 12);
  const all = { order, start: 0, count: 2500 };
  const v = state.m;
  const hessian = hessianAt(problem, state.theta, all);
  const [{ loss, slope, curvature }] = (await createCpuProbe(problem).along(state.theta, [v], all)) as [Slopes];
  expectWithin(hessian.loss, loss, loss, "loss");
  expectWithin(dot(hessian.gradient, v), slope, 1, "slope");
  expectWithin(dot(hessian.times(v), v), curvature, 1, "curvature");
});

test("several directions from one point are measured as each alone", async () => {
  const { problem, state, batch } = build({
    sizes: [4, 3, 3, 1],
    activation: "sigmoid",
    loss: "mse",
    rows: 7,
    seed: 3,
  });
  const probe = createCpuProbe(problem);
  const directions = [state.m, ...layerParts(problem.sizes, state.v)];
  const together = await probe.along(state.theta, directions, batch);
  for (const [k, d] of directions.entries()) {
    expect(await probe.along(state.theta, [d], batch)).toEqual([together[k]]);
  }
});
