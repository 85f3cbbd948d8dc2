import { expect, test } from "vitest";
import type { DirectionalLoss } from "../../../../src/engine/directionalLoss";
import type { Batch } from "../../../../src/engine/engine";
import { fastestOf } from "../../../../src/engine/inspect/fastestOf";

const rows: Batch = { order: Uint32Array.of(0), start: 0, count: 1 };
const vector = Float64Array.of(1);

/** A directional loss whose methods take the times given, in ms; counts the calls. Results contain the times. */
function timedLoss(derivativesMs: number, valuesMs: number) {
  const calls = { derivatives: 0, values: 0 };
  const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const loss: DirectionalLoss = {
    async derivatives() {
      calls.derivatives++;
      await wait(derivativesMs);
      return [{ loss: derivativesMs, slope: 0, curvature: 0, curvatureTerms: 0 }];
    },
    async values() {
      calls.values++;
      await wait(valuesMs);
      return Float64Array.of(valuesMs);
    },
  };
  return { loss, calls };
}

test("fastestOf uses for each method the candidate whose second call was the fastest", async () => {
  const [first, second] = [timedLoss(150, 0), timedLoss(0, 150)];
  const fastest = fastestOf([first.loss, second.loss]);
  expect((await fastest.derivatives(vector, [vector], rows))[0]?.loss).toBe(0);
  expect(await fastest.values(vector, vector, rows, vector)).toEqual(Float64Array.of(0));
  await fastest.derivatives(vector, [vector], rows);
  await fastest.values(vector, vector, rows, vector);
  expect(first.calls).toEqual({ derivatives: 2, values: 4 });
  expect(second.calls).toEqual({ derivatives: 4, values: 2 });
});

test("fastestOf calls a single candidate once per call", async () => {
  const { loss, calls } = timedLoss(0, 0);
  await fastestOf([loss]).derivatives(vector, [vector], rows);
  expect(calls.derivatives).toBe(1);
});
