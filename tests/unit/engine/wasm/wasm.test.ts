import fc from "fast-check";
import { expect, test } from "vitest";
import type { Loss } from "../../../../src/core/data/problem";
import { initialState, startOf } from "../../../../src/core/data/start";
import type { Activation, Recipe } from "../../../../src/core/recipe/recipe";
import { createCpuEngine } from "../../../../src/engine/cpu/engine";
import { loopSweeper } from "../../../../src/engine/cpu/sweeper";
import { Trainer } from "../../../../src/engine/trainer";
import { createWasmEngine } from "../../../../src/engine/wasm/engine";
import { wasmSweeper } from "../../../../src/engine/wasm/sweeper";
import { validRecipe, withoutTable } from "../../support/arbitraries";
import { makeMeasurements } from "../../support/measurements";
import { build } from "../../support/setups";

/** Recipes whose layers, batches and data have any size modulo 4, on small data. */
const oddRecipe: fc.Arbitrary<Recipe> = fc
  .record({
    recipe: validRecipe,
    rows: fc.integer({ min: 1, max: 40 }),
    inputs: fc.integer({ min: 1, max: 37 }),
    outputs: fc.integer({ min: 2, max: 9 }),
    hidden: fc.array(fc.integer({ min: 1, max: 19 }), { maxLength: 3 }),
    batchSize: fc.integer({ min: 1, max: 40 }),
    lr: fc.oneof(fc.double({ min: 1e-4, max: 0.1, noNaN: true }), fc.constantFrom(3, 1e30, 1e200)),
  })
  .map(({ recipe, ...small }) => ({ ...recipe, ...small }))
  .map(withoutTable);

/** Expects equal bits; NaN equals NaN, and 0 differs from −0. */
function expectSame(actual: ArrayLike<number>, expected: ArrayLike<number>, what: string): void {
  expect(actual.length, what).toBe(expected.length);
  for (let k = 0; k < expected.length; k++) {
    if (!Object.is(actual[k], expected[k])) expect.fail(`${what}[${k}]: ${actual[k]} for ${expected[k]}`);
  }
}

/** Trains both engines and compares every column of every step, d and the checkpoint. */
async function expectSameRun(recipe: Recipe, steps: number): Promise<void> {
  const start = startOf(recipe, null);
  const [loops, wasm] = [createCpuEngine, createWasmEngine].map(
    (create) => new Trainer(create(start.problem, initialState(start)), start, recipe),
  ) as [Trainer, Trainer];
  for (let left = steps; left > 0; ) {
    const expected = await loops.advance(left, Number.POSITIVE_INFINITY);
    const actual = await wasm.advance(left, Number.POSITIVE_INFINITY);
    left -= expected.columns.count;
    expect(actual.columns.count).toBe(expected.columns.count);
    for (const [name, column] of Object.entries(expected.columns.metrics)) {
      expectSame(actual.columns.metrics[name as "loss"], column, name);
    }
    expectSame(actual.columns.gradNorms, expected.columns.gradNorms, "gradNorms");
    expectSame(actual.columns.directionNorms, expected.columns.directionNorms, "directionNorms");
    expectSame(actual.columns.directions, expected.columns.directions, "directions");
    expectSame(actual.direction, expected.direction, "direction");
    for (const key of ["theta", "m", "v", "vMax"] as const) {
      expectSame(actual.checkpoint[key], expected.checkpoint[key], key);
    }
  }
}

const oddSetups = fc.record({
  sizes: fc.array(fc.integer({ min: 1, max: 11 }), { minLength: 2, maxLength: 5 }),
  activation: fc.constantFrom<Activation>("relu", "tanh", "sigmoid"),
  loss: fc.constantFrom<Loss>("mse", "cross-entropy"),
  rows: fc.integer({ min: 1, max: 9 }),
  seed: fc.integer({ min: 1, max: 2 ** 31 }),
  /** Multiplies θ: a large number makes NaN and infinity. */
  scale: fc.constantFrom(1, 1, 1, 0, 1e150, Number.POSITIVE_INFINITY),
});

test("wasmSweeper gives the bits of loopSweeper: losses, outputs, gradient, slope, curvature, Hd and rows predicted correctly", () => {
  fc.assert(
    fc.property(oddSetups, ({ scale, ...setup }) => {
      const { problem, state, batch } = build(setup);
      const [loops, wasm] = [loopSweeper(problem, 12), wasmSweeper(problem, 12)];
      const theta = state.theta.map((value) => value * scale);
      // The second batch has fewer rows, so that the buffers hold rows of the first.
      for (const count of [batch.count, Math.ceil(batch.count / 2)]) {
        const [expected, actual] = [loops, wasm].map((sweeper) => {
          sweeper.setTheta(theta);
          sweeper.setDirection(state.m);
          sweeper.load({ ...batch, count });
          const along = sweeper.lossesAlong(Float64Array.of(0, -1.5, 0.1));
          sweeper.forward();
          const sums = { slope: 0, curvature: 0, curvatureTerms: 0, gaussNewton: 0 };
          const outputs = new Float32Array(1 + count * setup.sizes.at(-1)!);
          sweeper.outputs(outputs, 1);
          const measured = [sweeper.loss(), sweeper.correctRows(), ...outputs];
          const gradient = sweeper.backward().slice();
          sweeper.tangent(sums);
          return {
            measured: [...along, ...measured, ...Object.values(sums)],
            gradient,
            Hd: sweeper.backwardTangent().slice(),
          };
        });
        expectSame(actual!.measured, expected!.measured, "measured");
        expectSame(actual!.gradient, expected!.gradient, "gradient");
        expectSame(actual!.Hd, expected!.Hd, "Hd");
      }
    }),
    { numRuns: Number(process.env.RUNS ?? 60) },
  );
});

test("createWasmEngine gives the bits of createCpuEngine at every step of any run", async () => {
  await fc.assert(
    fc.asyncProperty(oddRecipe, (recipe) => expectSameRun(recipe, 12)),
    { numRuns: Number(process.env.RUNS ?? 60) },
  );
});

/** Three minibatches, and steps on them: the number of the step's minibatch, and the minibatch that judges the step. */
const oddPlans = fc.record({
  minibatches: fc.array(
    fc.record({
      order: fc.constantFrom(0, 1),
      start: fc.constantFrom(0, 5, 10),
      count: fc.integer({ min: 1, max: 12 }),
    }),
    { minLength: 3, maxLength: 3 },
  ),
  steps: fc.array(fc.record({ number: fc.nat(2), judge: fc.constantFrom("after", "after", "first", "none") }), {
    minLength: 1,
    maxLength: 8,
  }),
});

test("createWasmEngine gives the bits of createCpuEngine in every measurement of any minibatch judged by any other", () => {
  fc.assert(
    fc.property(oddSetups, oddPlans, ({ scale, ...setup }, plan) => {
      const { problem, state, settings, batch } = build(setup);
      const from = { ...state, theta: state.theta.map((value) => value * scale) };
      const orders = [batch.order, batch.order.toReversed()];
      const batches = plan.minibatches.map(({ order, start, count }) => {
        return { order: orders[order]!, start, count: Math.min(count, 12 - start) };
      });
      const [expected, actual] = [createCpuEngine, createWasmEngine].map((create) => {
        const engine = create(problem, from);
        const into = makeMeasurements(plan.steps.length, 2 * (problem.sizes.length - 1), from.theta.length);
        // The engine may keep neither of the two objects.
        const [now, next] = [{ ...batch }, { ...batch }];
        for (const [k, { number, judge }] of plan.steps.entries()) {
          const after = plan.steps[k + 1]?.number ?? 0;
          Object.assign(now, batches[number]);
          Object.assign(next, batches[judge === "after" ? after : 0]);
          engine.step(now, judge === "none" ? null : next, settings, into, k);
        }
        engine.dispose();
        return into;
      });
      for (const [name, column] of Object.entries(expected!)) expectSame(actual![name as "loss"], column, name);
    }),
    { numRuns: Number(process.env.RUNS ?? 60) },
  );
});

test("createWasmEngine starts without the state of an engine whose memory it takes over", async () => {
  const { problem, state, batch, settings } = build({
    sizes: [3, 4, 2],
    activation: "tanh",
    loss: "mse",
    rows: 9,
    seed: 5,
  });
  const used = createWasmEngine(problem, state);
  used.step(batch, null, settings, makeMeasurements(1, 4, state.theta.length), 0);
  used.dispose();
  used.dispose();
  const [next, other] = [createWasmEngine(problem, state), createWasmEngine(problem, state)];
  expect(await next.direction()).toEqual(new Float64Array(state.theta.length));
  next.step(batch, null, settings, makeMeasurements(1, 4, state.theta.length), 0);
  expect(await other.save()).toEqual(state);
});
