import { expect, it } from "vitest";
import type { Sweep } from "../../../../src/core/experiment/sweep";
import { createSweep } from "../../../../src/session/experiment/sweep";
import { startFakes } from "../../support/experimenters";
import { until } from "../../support/fakes";
import { loaded, small, state, trace } from "../../support/sessions";

const sweep: Sweep = {
  rates: { from: 1e-3, to: 0.1, count: 3 },
  second: { key: "batchSize", values: [4, 16] },
  seeds: 2,
  steps: 40,
};

async function created(processors = 3) {
  const session = await loaded({ ...small, seed: 5 });
  const { start, started } = startFakes();
  return { session, started, store: createSweep(session, start, processors) };
}

it("a sweep trains the run of each value, learning rate and seed, and leaves the page's run as it is", async () => {
  const { session, store, started } = await created();
  await session.advance(20);
  const before = [trace(session), state(session).recipe];
  await store.getState().start(sweep);
  const { rows, progress, error } = store.getState();
  expect([progress, error, rows.length, started.length]).toEqual([null, null, 12, 2]);
  expect(rows.map(({ value, lr, seed }) => [value, lr, seed]).slice(0, 4)).toEqual([
    [4, 1e-3, 5],
    [4, 1e-3, 6],
    [4, 0.01, 5],
    [4, 0.01, 6],
  ]);
  expect([trace(session), state(session).recipe]).toEqual(before);
});

it("open loads a run of the sweep with the same last loss bit for bit, and its notice returns to the run before", async () => {
  const { session, store } = await created();
  await session.advance(7);
  await store.getState().start(sweep);
  const row = store.getState().rows[7]!;
  await store.getState().open(row);
  await until(session.store, ({ step, phase }) => step === sweep.steps && phase === "paused");
  expect(state(session).recipe).toEqual(row.recipe);
  expect(trace(session).loss.at(-1)).toBe(row.lastLoss);

  const notice = state(session).notices.find(({ text }) => text.includes("run of the sweep"))!;
  notice.action!.run();
  await until(session.store, ({ step, recipe }) => step === 7 && recipe.seed === 5 && recipe.lr === 0.001);
});

it("cancel ends all workers and keeps the runs that are complete", async () => {
  const { store, started } = await created();
  const settled = store.getState().start({ ...sweep, steps: 20_000 });
  await until(store, ({ rows }) => rows.length > 0);
  expect(store.getState().progress).toMatchObject({ total: 12 });
  store.getState().cancel();
  await settled;
  const { rows, progress } = store.getState();
  expect(progress).toBeNull();
  expect(rows.length).toBeLessThan(12);
  expect(started.every(({ dead }) => dead)).toBe(true);
});

it("the progress of a sweep rises to its end with an estimate of the time left", async () => {
  const { store } = await created(1);
  const shares: number[] = [];
  const seconds: (number | null)[] = [];
  store.subscribe(({ progress }) => {
    if (progress) [shares.push(progress.share), seconds.push(progress.secondsLeft)];
  });
  await store.getState().start({ ...sweep, seeds: 1, steps: 5000 });
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(shares.at(-1)).toBeCloseTo(1, 9);
  expect(seconds[0]).toBeNull();
  expect(seconds.at(-1)).toBeCloseTo(0, 9);
});

it("a sweep of a run whose data are those of a run file is refused with the reason", async () => {
  const { session, store } = await created();
  await session.advance(3);
  session.store.setState({ case: session.runFile().case });
  await store.getState().start(sweep);
  expect(store.getState()).toMatchObject({ progress: null, rows: [], error: expect.stringContaining("run file") });
});
