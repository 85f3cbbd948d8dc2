import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Poller } from "../../../../src/session/observe/poller";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A poller for the number `wanted`, whose answers take `tookMs`. */
function fixture({ tookMs = 10, interval = 50, rest = (ms: number) => ms, ms }: Partial<Fixture> = {}) {
  const state = { wanted: null as number | null, tookMs, fails: false, onPublish: () => {} };
  const requested: { readonly key: number; readonly at: number }[] = [];
  const answered: number[] = [];
  const began = performance.now();
  const poller = new Poller<number>({
    missing: (last) => (state.wanted === last ? null : state.wanted),
    async request(key, signal) {
      requested.push({ key, at: performance.now() - began });
      await new Promise((resolve, reject) => {
        setTimeout(resolve, state.tookMs);
        signal.addEventListener("abort", () => reject(new Error("The question has been dropped.")));
      });
      if (state.fails) throw new Error("The worker failed.");
      return {
        key,
        ...(ms !== undefined && { ms }),
        publish() {
          answered.push(key);
          state.onPublish();
        },
      };
    },
    interval: () => interval,
    rest,
  });
  const poll = (wanted: number | null) => {
    state.wanted = wanted;
    poller.poll();
  };
  return { poller, poll, state, requested, answered };
}
interface Fixture {
  readonly tookMs: number;
  readonly interval: number;
  readonly rest: (ms: number) => number;
  readonly ms: number;
}

it("Poller requests a missing answer once, and nothing while no answer is missing", async () => {
  const { poll, requested, answered } = fixture();
  poll(null);
  await vi.advanceTimersByTimeAsync(1000);
  expect(requested).toEqual([]);
  for (let i = 0; i < 5; i++) {
    poll(1);
    await vi.advanceTimersByTimeAsync(1000);
  }
  expect(requested).toEqual([{ key: 1, at: 1000 }]);
  expect(answered).toEqual([1]);
});

it("Poller has one request in progress, and requests only the newest key after it", async () => {
  const { poll, requested } = fixture();
  for (const key of [1, 2, 3, 4]) poll(key);
  expect(requested).toEqual([{ key: 1, at: 0 }]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(requested).toEqual([
    { key: 1, at: 0 },
    { key: 4, at: 50 },
  ]);
});

it("Poller waits for its interval from the beginning of a request when answers are quick", async () => {
  const { poll, requested } = fixture({ tookMs: 10, interval: 80, rest: () => 0 });
  poll(1);
  for (let key = 2; key < 40; key++) {
    await vi.advanceTimersByTimeAsync(10);
    poll(key);
  }
  expect(requested.map(({ at }) => at)).toEqual([0, 80, 160, 240, 320]);
});

it("Poller rests from the end of an answer, in proportion to its time, when answers are slow", async () => {
  const { poll, requested } = fixture({ tookMs: 200, rest: (ms) => 3 * ms });
  poll(1);
  await vi.advanceTimersByTimeAsync(250);
  poll(2);
  await vi.advanceTimersByTimeAsync(1000);
  expect(requested.map(({ at }) => at)).toEqual([0, 800]);
});

it("Poller rests in proportion to the computing time when an answer names it", async () => {
  const { poll, requested } = fixture({ tookMs: 200, ms: 20, rest: (ms) => 3 * ms });
  poll(1);
  await vi.advanceTimersByTimeAsync(210);
  poll(2);
  await vi.advanceTimersByTimeAsync(1000);
  expect(requested.map(({ at }) => at)).toEqual([0, 260]);
});

it("Poller requests nothing after a failure until retry or invalidate", async () => {
  const { poller, poll, state, requested } = fixture();
  state.fails = true;
  poll(1);
  await vi.advanceTimersByTimeAsync(1000);
  poll(2);
  await vi.advanceTimersByTimeAsync(1000);
  expect(requested.map(({ key }) => key)).toEqual([1]);
  poller.retry();
  await vi.advanceTimersByTimeAsync(1000);
  expect(requested.map(({ key }) => key)).toEqual([1, 2]);
  state.fails = false;
  poller.invalidate();
  poll(2);
  await vi.advanceTimersByTimeAsync(1000);
  expect(requested.map(({ key }) => key)).toEqual([1, 2, 2]);
});

it("Poller distinguishes an outdated answer from a current answer, and requests the same key again after invalidate", async () => {
  const { poller, poll, requested, answered } = fixture();
  poll(1);
  poller.invalidate();
  await vi.advanceTimersByTimeAsync(1000);
  expect(requested.map(({ key }) => key)).toEqual([1, 1]);
  expect(answered).toEqual([1]);
});

it("Poller ends a request that is overtaken, and requests the newest key", async () => {
  const { poller, poll, state, requested, answered } = fixture();
  poll(1);
  await vi.advanceTimersByTimeAsync(100);
  state.tookMs = 500;
  poll(2);
  await vi.advanceTimersByTimeAsync(100);
  poller.overtake();
  poll(3);
  await vi.advanceTimersByTimeAsync(600);
  expect(requested.map(({ key }) => key)).toEqual([1, 2, 3]);
  expect(answered).toEqual([1, 3]);
});

it("Poller keeps a request that is overtaken when no answer has arrived for a second", async () => {
  const { poller, poll, state, answered } = fixture();
  state.tookMs = 1500;
  for (let key = 1; key <= 40; key++) {
    poller.overtake();
    poll(key);
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(answered.length).toBeGreaterThanOrEqual(1);
});

it("Poller requests a key again when its answer was replaced and the key selected again during publication", async () => {
  const { poller, poll, state, answered } = fixture();
  poll(1);
  await vi.advanceTimersByTimeAsync(100);
  state.onPublish = () => {
    state.onPublish = () => {};
    poller.overtake();
    poll(1);
  };
  poll(2);
  await vi.advanceTimersByTimeAsync(500);
  expect(answered).toEqual([1, 2, 1]);
});
