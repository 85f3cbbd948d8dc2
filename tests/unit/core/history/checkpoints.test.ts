import fc from "fast-check";
import { expect, test } from "vitest";
import { type Checkpoint, CheckpointStore } from "../../../../src/core/history/checkpoints";

const parameters = 10;
const bytesEach = 3 * 8 * parameters;

function at(step: number): Checkpoint {
  const zeros = () => new Float64Array(parameters);
  const place = { epoch: 0, position: 0, shuffled: false, batches: 0 };
  return { step, theta: zeros(), m: zeros(), v: zeros(), vMax: new Float64Array(0), c1: 0, c2: 0, ...place };
}

test("nearest returns the last checkpoint at or before a step", () => {
  const store = new CheckpointStore(1e6);
  expect(store.nearest(5)).toBeNull();
  for (const step of [0, 3, 8]) store.add(at(step));
  expect([0, 2, 3, 7, 8, 99].map((step) => store.nearest(step)?.step)).toEqual([0, 0, 3, 3, 8, 8]);
  expect(store.nearest(-1)).toBeNull();
});

test("CheckpointStore stays within its budget, keeps the first and the latest checkpoint, and covers the run evenly", () => {
  const strides = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 400 });
  fc.assert(
    fc.property(strides, fc.integer({ min: 4, max: 20 }), (steps, capacity) => {
      const store = new CheckpointStore(capacity * bytesEach);
      store.add(at(0));
      let step = 0;
      for (const stride of steps) {
        step += stride;
        store.add(at(step));
        expect(store.bytes).toBe(store.size * bytesEach);
        expect(store.size).toBeLessThanOrEqual(capacity);
        expect(store.nearest(step)?.step).toBe(step);
        expect(store.nearest(0)?.step).toBe(0);
      }
      // The interval doubled only when `capacity` checkpoints exceeded the budget, so no gap is much larger than the mean gap.
      const share = Math.max(50, step / capacity);
      for (let s = 0; s <= step; s++) expect(s - (store.nearest(s)?.step as number)).toBeLessThanOrEqual(8 * share);
    }),
    { numRuns: 50 },
  );
});

test("CheckpointStore keeps the last few checkpoints when it thins out the others, until truncate removes them", () => {
  const store = new CheckpointStore(5 * bytesEach);
  for (let step = 0; step <= 1000; step++) store.add(at(step));
  expect([1000, 999, 998, 997].map((step) => store.nearest(step)?.step)).toEqual([1000, 999, 998, 997]);
  store.truncate(998);
  expect(store.nearest(2000)?.step).toBe(998);
  store.truncate(500);
  expect(store.nearest(2000)?.step).toBeLessThanOrEqual(500);
});

test("truncate removes all later checkpoints", () => {
  const store = new CheckpointStore(1e6);
  for (let step = 0; step <= 100; step += 10) store.add(at(step));
  store.truncate(45);
  expect([store.nearest(99)?.step, store.size]).toEqual([40, 5]);
});

test("add keeps a checkpoint before the latest one among the last few only", () => {
  const store = new CheckpointStore(1e6);
  for (let step = 0; step <= 1000; step += 100) store.add(at(step));
  for (const step of [101, 102, 103]) store.add(at(step));
  expect(store.size).toBe(11);
  expect([99, 101, 103, 250, 1000].map((step) => store.nearest(step)?.step)).toEqual([0, 101, 103, 200, 1000]);
});

test("CheckpointStore keeps the first and the latest checkpoint when one alone exceeds the budget", () => {
  const store = new CheckpointStore(1);
  for (const step of [0, 5, 10]) store.add(at(step));
  expect([store.nearest(9)?.step, store.nearest(10)?.step]).toEqual([0, 10]);
});
