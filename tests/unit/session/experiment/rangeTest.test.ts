import { expect, it } from "vitest";
import { createRangeTest } from "../../../../src/session/experiment/rangeTest";
import { until } from "../../support/fakes";
import { loaded, small, trace } from "../../support/sessions";

const range = { from: 1e-4, factor: 1.2 };

async function tested(steps: number) {
  const session = await loaded({ ...small, batchSize: 8 });
  if (steps > 0) await session.advance(steps);
  const store = createRangeTest(session);
  await store.getState().start(range);
  return { session, store };
}

it("a range test leaves the run as it is, and repeats", async () => {
  const { session, store } = await tested(30);
  const { result } = store.getState();
  expect(result).toMatchObject({ test: { taken: 30, end: "exploded" }, edge: expect.any(Number) });
  const { own, next } = result!;
  for (const { low, median, high } of [own!, next!]) expect(low <= median && median <= high).toBe(true);
  await session.advance(30);
  const undisturbed = await loaded({ ...small, batchSize: 8 });
  await undisturbed.advance(60);
  expect(trace(session)).toEqual(trace(undisturbed));
  expect(session.store.getState().recipe).toEqual(undisturbed.store.getState().recipe);

  await session.seek(30);
  await store.getState().start(range);
  expect(store.getState().result).toEqual(result);
});

it("a range test at step 0 has no α* of earlier steps and no edge", async () => {
  const { store } = await tested(0);
  expect(store.getState()).toMatchObject({
    running: false,
    error: null,
    result: { test: { taken: 0 }, own: null, next: null, edge: null },
  });
});

it("a range test ends when it is cancelled or another run is loaded, without a result or an error", async () => {
  const { session, store } = await tested(5);
  const { result } = store.getState();
  const cancelled = store.getState().start(range);
  store.getState().cancel();
  await cancelled;
  expect(store.getState()).toMatchObject({ running: false, error: null, result });

  const overtaken = store.getState().start(range);
  await session.load(small);
  await until(store, (state) => state.result === null);
  await overtaken;
  expect(store.getState()).toMatchObject({ running: false, error: null, result: null });
});
