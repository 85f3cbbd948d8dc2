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
      const launchedAt = now;
      now += latency + steps * cost;
      pace.landed(steps, launchedAt, now);
    }
    return asked.slice(-4);
  }

  it.each([
    [2, 0.5],
    [20, 0.5],
    [200, 0.5],
    [5, 10],
    [0, 0.01],
  ])("gets about 30 ms of work when it answers after %d ms and takes %d ms a step", (latency, cost) => {
    const [least, most] = [Math.min(...limits(latency, cost)), Math.max(...limits(latency, cost))];
    expect(most).toBeGreaterThan(0.5 * (30 / cost));
    expect(most).toBeLessThan(1.5 * (30 / cost));
    expect(least).toBeGreaterThan(0.2 * (30 / cost));
  });

  it("gets less when it becomes slower", () => {
    const pace = new QueuePace(rows);
    expect(Math.max(...limits(5, 0.1, pace))).toBeGreaterThan(150);
    expect(Math.max(...limits(5, 10, pace, 1e6))).toBeLessThan(6);
  });

  it("is asked for one step at least, and for no more than fit", () => {
    expect(Math.min(...limits(5, 500))).toBe(1);
    expect(Math.max(...limits(0, 0, new QueuePace(777)))).toBe(777);
  });
});

describe("an engine that is done at once", () => {
  it("has room to be twice as fast, and looks at the clock every millisecond", () => {
    const pace = new ClockPace(rows);
    expect(pace.limit(1)).toBeGreaterThanOrEqual(64);
    for (let chunk = 0; chunk < 30; chunk++) pace.landed(3000, 0, 30);
    expect(pace.stride).toBe(100);
    expect(pace.limit(30)).toBeGreaterThanOrEqual(6000);
    expect(new ClockPace(100).limit(1e9)).toBe(100);
  });
});
