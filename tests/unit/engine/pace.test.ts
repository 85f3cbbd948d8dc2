import { describe, expect, it } from "vitest";
import { ClockPace, QueuePace } from "../../../src/engine/pace";

const rows = 100_000;

describe("a queued engine", () => {
  /** Chunks of a 30 ms budget, one after another, of an engine with this latency and cost; the last few limits. */
  function limits(latency: number, cost: number, pace = new QueuePace(rows), begin = 0): number[] {
    let now = begin;
    const asked: number[] = [];
    for (let chunk = 0; chunk < 60; chunk++) {
      const steps = pace.limit(30);
      asked.push(steps);
      const startedAt = now;
      now += latency + steps * cost;
      pace.record(steps, startedAt, now);
    }
    return asked.slice(-4);
  }

  it.each([
    [2, 0.5],
    [5, 5],
    [0, 0.01],
  ])("gets about the budget's work when it answers after %d ms and takes %d ms a step", (latency, cost) => {
    const work = limits(latency, cost).map((steps) => latency + steps * cost);
    expect(Math.max(...work)).toBeGreaterThan(15);
    expect(Math.max(...work)).toBeLessThan(60);
  });

  it("keeps its answers fresh where they can be, at the price of a little work", () => {
    const times = limits(50, 0.5).map((steps) => 50 + steps * 0.5);
    expect(Math.max(...times)).toBeLessThan(120);
    expect(Math.max(...times)).toBeGreaterThan(70);
  });

  it.each([200, 1000])("gets as much work as its answer takes, when that is %d ms", (latency) => {
    const work = limits(latency, 0.5).map((steps) => steps * 0.5);
    expect(Math.max(...work)).toBeGreaterThan(0.7 * latency);
    expect(Math.max(...work)).toBeLessThan(3 * latency);
  });

  it("gets less when it becomes slower", () => {
    const pace = new QueuePace(rows);
    expect(Math.max(...limits(5, 0.1, pace))).toBeGreaterThan(150);
    expect(Math.max(...limits(5, 10, pace, 1e6))).toBeLessThan(8);
  });

  it("is asked for one step or two when they are slow, and for no more than fit", () => {
    expect(new Set(limits(5, 500))).toEqual(new Set([1, 2]));
    expect(Math.max(...limits(0, 0, new QueuePace(777)))).toBe(777);
  });
});

describe("an engine that is done at once", () => {
  it("has room to be twice as fast, and looks at the clock every millisecond", () => {
    const pace = new ClockPace(rows);
    expect(pace.limit(1)).toBeGreaterThanOrEqual(64);
    for (let chunk = 0; chunk < 30; chunk++) pace.record(3000, 0, 30);
    expect(pace.stride).toBe(100);
    expect(pace.limit(30)).toBeGreaterThanOrEqual(6000);
    expect(new ClockPace(100).limit(1e9)).toBe(100);
  });
});
