import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { currentRange, goLive, handleChartKey, zoomBy } from "../../../../src/kit/timechart/navigate";
import { extentFor, panned, pinched, scaled, stepAt } from "../../../../src/kit/timechart/zoom";
import { history } from "../../support/history";
import { reading } from "../../support/reading";

const extent = extentFor(3200);
const range = fc
  .tuple(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 10, max: 1000 }))
  .map(([from, steps]) => ({ from: Math.min(from, extent.to - steps), to: Math.min(from, extent.to - steps) + steps }));

it("scaled and panned keep the axis inside the extent and at least 10 steps wide", () => {
  const factors = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
  const places = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(range, factors, places, fc.integer({ min: -9999, max: 9999 }), (before, factor, place, steps) => {
      for (const after of [scaled(before, factor, place, extent), panned(before, steps, extent)]) {
        expect(after.from).toBeGreaterThanOrEqual(extent.from - 1e-6);
        expect(after.to).toBeLessThanOrEqual(extent.to + 1e-6);
        expect(after.to - after.from).toBeGreaterThanOrEqual(10 - 1e-6);
      }
    }),
  );
});

it("scaled keeps the step at the pointer in its position; panned keeps the width", () => {
  const after = scaled({ from: 1000, to: 2000 }, 0.5, 0.25, extent);
  expect(after).toEqual({ from: 1125, to: 1625 });
  expect(after.from + 0.25 * 500).toBe(1250);
  expect(panned(after, 100, extent)).toEqual({ from: 1225, to: 1725 });
  expect(panned(after, -5000, extent)).toEqual({ from: 0, to: 500 });
});

it("pinched keeps both touched steps under the fingers", () => {
  const after = pinched({ step: 1000, at: 0.2 }, { step: 1300, at: 0.8 }, extent);
  expect(after?.from).toBeCloseTo(900, 9);
  expect(after?.to).toBeCloseTo(1400, 9);
  expect(pinched({ step: 1000, at: 0.5 }, { step: 1300, at: 0.5 }, extent)).toBeNull();
});

it("stepAt returns only steps that are measured and on the axis", () => {
  expect([0, 0.5, 0.9, 1].map((at) => stepAt({ lo: 0, hi: 100 }, at, 60))).toEqual([1, 50, 60, 60]);
  expect(stepAt({ lo: 100, hi: 200 }, 0.5, 60)).toBeNull();
});

describe("handleChartKey", () => {
  const press = (session: ReturnType<typeof reading>, ...keys: string[]) => {
    for (const key of keys) handleChartKey(session, key.replace("shift ", ""), key.startsWith("shift "));
    return session.view.getState().cursor;
  };

  it("handleChartKey moves the cursor by arrows, page keys, Home and End, and Escape removes it", () => {
    const session = reading(history(90, {}));
    expect(press(session, "ArrowLeft")).toBe(90);
    expect(press(session, "ArrowLeft", "ArrowLeft")).toBe(88);
    expect(press(session, "Home")).toBe(1);
    expect(press(session, "ArrowLeft")).toBe(1);
    expect(press(session, "PageUp")).toBe(11);
    expect(press(session, "End", "ArrowRight")).toBe(90);
    expect(press(session, "Escape")).toBeNull();
    expect(handleChartKey(session, "x", false)).toBe(false);
  });

  it("handleChartKey zooms about the cursor, pans, and moves the axis with a cursor beyond it", () => {
    const session = reading(history(3200, {}));
    press(session, "Home", "+", "+", "+");
    expect(currentRange(session).from).toBeLessThanOrEqual(1);
    const { to } = currentRange(session);
    expect(to).toBeLessThan(600);
    press(session, "shift ArrowRight");
    expect(currentRange(session).to).toBeGreaterThan(to);
    press(session, "End", "ArrowRight");
    const { cursor } = session.view.getState();
    expect(cursor).toBeLessThanOrEqual(currentRange(session).to);
    expect(cursor).toBeGreaterThan(to);
    goLive(session);
    expect(session.view.getState()).toMatchObject({ zoom: null, cursor: null });
  });

  it("zoomBy makes the axis live again when it shows the whole run", () => {
    const session = reading(history(3200, {}));
    zoomBy(session, 0.5, 0.3);
    expect(session.view.getState().zoom).not.toBeNull();
    zoomBy(session, 4, 0.3);
    expect(session.view.getState().zoom).toBeNull();
  });
});
