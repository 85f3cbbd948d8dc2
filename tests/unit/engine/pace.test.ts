import { expect, it } from "vitest";
import { ClockPace, QueuePace } from "../../../src/engine/pace";

const rows = 100_000;

/** The last four limits of 60 chunks with a budget of 30 ms, on an engine with this latency and cost per step, in ms. */
function lastLimits(latency: number, cost: number, pace = new QueuePace(rows), begin = 0): number[] {
  let now = begin;
  const limits: number[] = [];
  for (let chunk = 0; chunk < 60; chunk++) {
    const steps = pace.limit(30);
    limits.push(steps);
    const startedAt = now;
    now += latency + steps * cost;
    pace.record(steps, startedAt, now);
  }
  return limits.slice(-4);
}

it.each([
  [2, 0.5],
  [5, 5],
  [0, 0.01],
])(
  "QueuePace gives about the budget's work to an engine with a latency of %d ms and a cost of %d ms per step",
  (latency, cost) => {
    const work = lastLimits(latency, cost).map((steps) => latency + steps * cost);
    expect(Math.max(...work)).toBeGreaterThan(15);
    expect(Math.max(...work)).toBeLessThan(60);
  },
);

it("QueuePace keeps chunks near 80 ms when the latency is 50 ms", () => {
  const times = lastLimits(50, 0.5).map((steps) => 50 + steps * 0.5);
  expect(Math.max(...times)).toBeLessThan(120);
  expect(Math.max(...times)).toBeGreaterThan(70);
});

it.each([200, 1000])("QueuePace gives about as much work as the latency when the latency is %d ms", (latency) => {
  const work = lastLimits(latency, 0.5).map((steps) => steps * 0.5);
  expect(Math.max(...work)).toBeGreaterThan(0.7 * latency);
  expect(Math.max(...work)).toBeLessThan(3 * latency);
});

it("QueuePace gives fewer steps when the engine becomes slower", () => {
  const pace = new QueuePace(rows);
  expect(Math.max(...lastLimits(5, 0.1, pace))).toBeGreaterThan(150);
  expect(Math.max(...lastLimits(5, 10, pace, 1e6))).toBeLessThan(8);
});

it("QueuePace gives one or two slow steps, and no more steps than rows", () => {
  expect(new Set(lastLimits(5, 500))).toEqual(new Set([1, 2]));
  expect(Math.max(...lastLimits(0, 0, new QueuePace(777)))).toBe(777);
});

it("ClockPace gives twice the expected steps, and reads the clock every millisecond", () => {
  const pace = new ClockPace(rows);
  expect(pace.limit(1)).toBeGreaterThanOrEqual(64);
  for (let chunk = 0; chunk < 30; chunk++) pace.record(3000, 0, 30);
  expect(pace.stride).toBe(100);
  expect(pace.limit(30)).toBeGreaterThanOrEqual(6000);
  expect(new ClockPace(100).limit(1e9)).toBe(100);
});
