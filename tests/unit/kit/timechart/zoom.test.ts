import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { goLive, keyOnChart, rangeNow, zoomBy } from "../../../../src/kit/timechart/navigate";
import { closest, extentFor, panned, pinched, scaled, stepAt } from "../../../../src/kit/timechart/zoom";
import { history } from "../../support/history";
import { reading } from "../../support/reading";

const extent = extentFor(3200);
const range = fc
  .tuple(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: closest, max: 1000 }))
  .map(([from, steps]) => ({ from: Math.min(from, extent.to - steps), to: Math.min(from, extent.to - steps) + steps }));

it("an axis never leaves the run, never shrinks to nothing and never turns round", () => {
  const factors = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
  const places = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(range, factors, places, fc.integer({ min: -9999, max: 9999 }), (before, factor, place, steps) => {
      for (const after of [scaled(before, factor, place, extent), panned(before, steps, extent)]) {
        expect(after.from).toBeGreaterThanOrEqual(extent.from - 1e-6);
        expect(after.to).toBeLessThanOrEqual(extent.to + 1e-6);
        expect(after.to - after.from).toBeGreaterThanOrEqual(closest - 1e-6);
      }
    }),
  );
});

it("zooming keeps the step under the hand where it is; panning keeps the width", () => {
  const after = scaled({ from: 1000, to: 2000 }, 0.5, 0.25, extent);
  expect(after).toEqual({ from: 1125, to: 1625 });
  expect(after.from + 0.25 * 500).toBe(1250);
  expect(panned(after, 100, extent)).toEqual({ from: 1225, to: 1725 });
  expect(panned(after, -5000, extent)).toEqual({ from: 0, to: 500 });
});

it("two fingers keep their steps under them", () => {
  const after = pinched({ step: 1000, at: 0.2 }, { step: 1300, at: 0.8 }, extent);
  expect(after?.from).toBeCloseTo(900, 9);
  expect(after?.to).toBeCloseTo(1400, 9);
  expect(pinched({ step: 1000, at: 0.5 }, { step: 1300, at: 0.5 }, extent)).toBeNull();
});

it("reads only steps that are measured and shown", () => {
  expect([0, 0.5, 0.9, 1].map((at) => stepAt({ lo: 0, hi: 100 }, at, 60))).toEqual([1, 50, 60, 60]);
  expect(stepAt({ lo: 100, hi: 200 }, 0.5, 60)).toBeNull();
});

describe("by key", () => {
  const press = (session: ReturnType<typeof reading>, ...keys: string[]) => {
    for (const key of keys) keyOnChart(session, key.replace("shift ", ""), key.startsWith("shift "));
    return session.view.getState().cursor;
  };

  it("arrows read step by step from the latest, ends and tenths go further, Escape lets go", () => {
    const session = reading(history(90, {}));
    expect(press(session, "ArrowLeft")).toBe(90);
    expect(press(session, "ArrowLeft", "ArrowLeft")).toBe(88);
    expect(press(session, "Home")).toBe(1);
    expect(press(session, "ArrowLeft")).toBe(1);
    expect(press(session, "PageUp")).toBe(11);
    expect(press(session, "End", "ArrowRight")).toBe(90);
    expect(press(session, "Escape")).toBeNull();
    expect(keyOnChart(session, "x", false)).toBe(false);
  });

  it("zooms about the cursor, pans, and the axis follows a cursor that leaves it", () => {
    const session = reading(history(3200, {}));
    press(session, "Home", "+", "+", "+");
    expect(rangeNow(session).from).toBeLessThanOrEqual(1);
    const { to } = rangeNow(session);
    expect(to).toBeLessThan(600);
    press(session, "shift ArrowRight");
    expect(rangeNow(session).to).toBeGreaterThan(to);
    press(session, "End", "ArrowRight");
    const { cursor } = session.view.getState();
    expect(cursor).toBeLessThanOrEqual(rangeNow(session).to);
    expect(cursor).toBeGreaterThan(to);
    goLive(session);
    expect(session.view.getState()).toMatchObject({ zoom: null, cursor: null });
  });

  it("zoomed out as far as the whole run, the axis is live again", () => {
    const session = reading(history(3200, {}));
    zoomBy(session, 0.5, 0.3);
    expect(session.view.getState().zoom).not.toBeNull();
    zoomBy(session, 4, 0.3);
    expect(session.view.getState().zoom).toBeNull();
  });
});
