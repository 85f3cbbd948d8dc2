import { describe, expect, it } from "vitest";
import { linearDomain, logDomain, niceCeil, timeDomain } from "../../../../src/kit/chart/domains";

it("niceCeil rounds up to 1, 1.5, 2, 3, 4, 6 or 8 times a power of ten", () => {
  expect([100, 101, 151, 201, 850, 0.35].map(niceCeil)).toEqual([100, 150, 200, 300, 1000, 0.4]);
});

describe("timeDomain", () => {
  it("timeDomain covers every step of the whole run", () => {
    for (let step = 0; step < 20_000; step += 37) {
      const { lo, hi } = timeDomain(step, "run");
      expect(lo).toBe(0);
      expect(hi).toBeGreaterThanOrEqual(step);
    }
  });

  it("timeDomain shows at least three quarters of the last N steps, and moves by a quarter of N", () => {
    for (let step = 1; step < 2000; step++) {
      const { lo, hi } = timeDomain(step, 100);
      expect(hi - lo).toBe(100);
      expect(step).toBeLessThanOrEqual(hi);
      expect(step).toBeGreaterThan(lo + (step > 100 ? 75 : 0) - 1);
    }
    expect(new Set([126, 140, 150].map((step) => timeDomain(step, 100).hi)).size).toBe(1);
  });
});

describe("logDomain", () => {
  it("logDomain spans whole decades around the data", () => {
    expect(logDomain(0.001, 0.9, null)).toMatchObject({ lo: 0.001, hi: 1 });
    expect(logDomain(0.0009, 1.1, null)).toMatchObject({ lo: 1e-4, hi: 10 });
    expect(logDomain(5, 5, null)).toMatchObject({ lo: 1, hi: 10 });
  });

  it("logDomain keeps the previous domain while it covers the data and is at most a decade too wide", () => {
    const before = logDomain(0.002, 5, null);
    expect(logDomain(0.02, 5, before)).toBe(before);
    expect(logDomain(0.2, 5, before)).not.toBe(before);
    expect(logDomain(0.0002, 5, before).lo).toBe(1e-4);
  });

  it("logDomain has few ticks, all on decades", () => {
    const { ticks } = logDomain(1e-9, 1e9, null);
    expect(ticks.length).toBeLessThanOrEqual(5);
    expect(ticks.every((tick) => Number.isInteger(Math.log10(tick)))).toBe(true);
  });

  it("logDomain returns a default domain when there are no data", () => {
    expect(logDomain(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, null)).toMatchObject({ lo: 0.01, hi: 1 });
  });
});

describe("linearDomain", () => {
  it("linearDomain ends on round numbers outside the data", () => {
    for (const [min, max] of [
      [0.63, 1.98],
      [-3, 7],
      [5, 5],
      [0, 0],
      [1e-7, 3e-7],
    ] as const) {
      const { lo, hi } = linearDomain(min, max, null);
      expect(lo).toBeLessThanOrEqual(min);
      expect(hi).toBeGreaterThan(lo);
      expect(hi).toBeGreaterThanOrEqual(max);
    }
  });

  it("linearDomain keeps the previous domain until the data leave it or fill less than half of it", () => {
    const before = linearDomain(0, 1.9, null);
    expect(linearDomain(0, 1.2, before)).toBe(before);
    expect(linearDomain(0, 0.8, before)).not.toBe(before);
    expect(linearDomain(0, 2.1, before).hi).toBeGreaterThan(2);
  });

  it("linearDomain returns a default domain when there are no data", () => {
    expect(linearDomain(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, null)).toMatchObject({ lo: 0, hi: 1 });
  });
});
