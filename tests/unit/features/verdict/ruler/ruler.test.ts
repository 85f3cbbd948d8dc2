import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recentSteps } from "../../../../../src/core/history/recentSteps";
import { controls, defaultRecipe } from "../../../../../src/core/recipe/controls";
import { recentText, shareText } from "../../../../../src/features/verdict/recentText";
import { axisAround, decadesOf, shareOf, valueAt, zoneOf } from "../../../../../src/features/verdict/ruler/rulerAxis";
import { barsOf, settled } from "../../../../../src/features/verdict/ruler/rulerBars";
import {
  besideLine,
  bracketText,
  centred,
  inset,
  whiskerPath,
} from "../../../../../src/features/verdict/ruler/rulerLayout";
import { rulerPicture } from "../../../../../src/features/verdict/ruler/rulerPicture";
import { rateAfterKey, rateText, rateUnder, reachOf } from "../../../../../src/features/verdict/ruler/rulerRate";
import { formatRatio } from "../../../../../src/kit/text/format";
import { history } from "../../../support/history";
import { reading } from "../../../support/reading";

/** The narrowest axis, 1e−4 … 10. */
const restingAxis = { lo: -4, hi: 1 };

describe("ruler axis", () => {
  it("axisAround is 1e−4 … 10 at least, and widens in whole decades", () => {
    expect(axisAround([0.001, 0.3], null)).toEqual(restingAxis);
    expect(axisAround([1e-4, 10], null)).toEqual(restingAxis);
    expect(axisAround([9e-5, 11], null)).toEqual({ lo: -5, hi: 2 });
    expect(axisAround([Number.NaN, 0, -1, Number.POSITIVE_INFINITY], null)).toEqual(restingAxis);
    expect(axisAround([1e-40, 1e40], null)).toEqual({ lo: -10, hi: 6 });
  });

  it("axisAround narrows only when the values leave a margin", () => {
    const wide = axisAround([50], null);
    expect(axisAround([9, 11], wide)).toBe(wide);
    expect(axisAround([5, 12], wide)).toBe(wide);
    expect(axisAround([5], wide)).toEqual(restingAxis);
    const wider = axisAround([5000], null);
    expect(axisAround([80], wider)).toEqual({ lo: -4, hi: 3 });
    expect(axisAround([30], wider)).toEqual({ lo: -4, hi: 2 });
  });

  it("axisAround covers every value for any previous axis", () => {
    const value = fc.double({ min: 1e-9, max: 1e5, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.array(value, { minLength: 1 }), { minLength: 1 }), (frames) => {
        let axis = axisAround([], null);
        for (const values of frames) {
          axis = axisAround(values, axis);
          expect([Number.isInteger(axis.lo), Number.isInteger(axis.hi)]).toEqual([true, true]);
          for (const x of values) {
            expect(shareOf(axis, x)).toBeGreaterThanOrEqual(-1e-9);
            expect(shareOf(axis, x)).toBeLessThanOrEqual(1 + 1e-9);
          }
        }
      }),
    );
  });

  it("shareOf and valueAt are inverse to each other", () => {
    expect([shareOf(restingAxis, 1e-4), shareOf(restingAxis, 10)]).toEqual([0, 1]);
    for (const share of [0, 0.2, 0.77, 1]) expect(shareOf(restingAxis, valueAt(restingAxis, share))).toBeCloseTo(share);
  });

  it("decadesOf marks every decade and labels at most as many as fit", () => {
    expect(decadesOf(restingAxis, 8).map(({ value }) => value)).toEqual([1e-4, 1e-3, 1e-2, 0.1, 1, 10]);
    expect(decadesOf(restingAxis, 8).every(({ labelled }) => labelled)).toBe(true);
    expect(decadesOf({ lo: -8, hi: 2 }, 6).filter(({ labelled }) => labelled)).toHaveLength(6);
    expect(decadesOf({ lo: -4.4, hi: 1 }, 6)[0]?.value).toBe(1e-4);
  });

  it("zoneOf has three zones around α*, and null when there is no α*", () => {
    expect([0.1, 0.2, 0.3, 0.4, 0.41].map((x) => zoneOf(x, 0.2))).toEqual(["short", "short", "over", "over", "past"]);
    expect(zoneOf(0.1, null)).toBeNull();
  });
});

describe("ruler bars", () => {
  it("barsOf counts α* by tenths of a decade", () => {
    const [bars, next] = barsOf([...Array(20).fill(0.11), ...Array(10).fill(0.13), 5], []);
    expect([...bars]).toEqual([
      [-10, 1],
      [-9, 0.5],
      [6, 0.05],
    ]);
    expect(next).toEqual(new Map());
    expect(barsOf([0.1], [])[0].get(-10)).toBeLessThan(0.2);
    expect(barsOf([0, -1, Number.NaN], [])[0]).toEqual(new Map());
  });

  it("barsOf draws both minibatches on one scale", () => {
    const [bars, next] = barsOf(Array(10).fill(0.11), Array(40).fill(0.13));
    expect([bars.get(-10), next.get(-9)]).toEqual([0.25, 1]);
  });

  it("settled converges to the target bars and removes the others", () => {
    const meant = new Map([[3, 0.8]]);
    let shown: ReadonlyMap<number, number> = new Map([[1, 1]]);
    const first = settled(shown, meant);
    expect(first.get(1)).toBeGreaterThan(0.5);
    expect(first.get(3)).toBeLessThan(0.4);
    for (let redraw = 0; redraw < 40; redraw++) shown = settled(shown, meant);
    expect([...shown.keys()]).toEqual([3]);
    expect(shown.get(3)).toBeCloseTo(0.8, 4);
  });
});

describe("ruler handle", () => {
  it("rateUnder rounds the pointer’s learning rate to two digits, within the axis and the bounds of lr", () => {
    expect(rateUnder(restingAxis, 300, 100, 500)).toBe(0.01);
    expect(rateUnder(restingAxis, -1e4, 100, 500)).toBe(1e-4);
    expect(rateUnder(restingAxis, 1e4, 100, 500)).toBe(10);
    expect(rateUnder(restingAxis, 350, 100, 500)).toBe(0.032);
    expect(reachOf({ lo: -10, hi: 6 })).toEqual([controls.lr.min, controls.lr.max]);
  });

  it("rateAfterKey changes lr with every arrow key from one end of the axis to the other", () => {
    let lr = 1e-4;
    let presses = 0;
    for (; lr < 10; presses++) {
      const next = rateAfterKey("ArrowRight", lr, restingAxis) ?? 0;
      expect(next).toBeGreaterThan(lr);
      lr = next;
    }
    expect(presses).toBeLessThan(300);
    for (; lr > 1e-4; presses--) {
      const next = rateAfterKey("ArrowDown", lr, restingAxis) ?? 0;
      expect(next).toBeLessThan(lr);
      lr = next;
    }
  });

  it("rateAfterKey handles page keys, Home and End, and returns null for other keys", () => {
    const after = (key: string) => rateAfterKey(key, 0.002, restingAxis);
    expect(["PageUp", "PageDown", "Home", "End"].map(after)).toEqual([0.02, 2e-4, 1e-4, 10]);
    expect(["a", " ", "Tab"].map(after)).toEqual([null, null, null]);
    expect(rateAfterKey("PageUp", 10, restingAxis)).toBe(10);
  });

  it("rateText names the zone of the learning rate", () => {
    expect(rateText(0.001, "0.001", 0.2)).toBe("0.001, below the best step");
    expect(rateText(0.001, "0.001", null)).toBe("0.001");
  });
});

it("besideLine and centred keep labels inside the drawing", () => {
  expect(besideLine(100, 60, 500, "right")).toEqual({ x: 108, anchor: "start" });
  expect(besideLine(480, 60, 500, "right")).toEqual({ x: 472, anchor: "end" });
  expect(besideLine(100, 60, 500, "left")).toEqual({ x: 92, anchor: "end" });
  expect(besideLine(20, 60, 500, "left")).toEqual({ x: 28, anchor: "start" });
  expect(centred(0, 100, 500)).toBe(50 - inset);
  expect(centred(500, 100, 500)).toBe(450 + inset);
});

it("bracketText writes the ratio of two steps as a product or a quotient", () => {
  expect([335, 1, 0.2984, 12_345].map((ratio) => bracketText(ratio, formatRatio))).toEqual([
    "× 335",
    "× 1.0",
    "÷ 3.4",
    "× 12000",
  ]);
});

describe("whisker", () => {
  /** The x positions of the line and of its ends. */
  const whisker = (alphaStar: number, error: number) =>
    Array.from(whiskerPath(restingAxis, 500, alphaStar, error).matchAll(/[MH]([\d.]+)/g), ([, x]) => Number(x));

  it("whiskerPath spans α* ± its standard error on the logarithmic axis, with an end on both sides", () => {
    expect(whisker(0.055, 0.045)).toEqual([200, 300, 200, 300]);
  });

  it("whiskerPath is clipped at the ends of the axis, and has no end there", () => {
    expect(whisker(0.05, 0.05)).toEqual([0, 300, 300]);
    expect(whisker(0.01, 0.09)).toEqual([0, 300, 300]);
    expect(whisker(5.5, 4.5)).toEqual([400, 500, 400, 500]);
    expect(whisker(6, 5)).toEqual([400, 500, 400]);
  });
});

/** A run whose steps have four verdicts in turn: behind, concave, flat, and a minimum at step/1000. */
const run = (steps: number) =>
  history(steps, {
    verdict: (step) => step % 4,
    alphaStar: (step) => (step % 4 === 3 ? Number.NaN : step % 4 === 0 ? step / 1000 : -1),
    nextVerdict: () => Number.NaN,
  });

describe("recent steps", () => {
  it("recentSteps counts all of the last 200 steps by verdict", () => {
    const recent = recentSteps(run(1000));
    expect(recent).toMatchObject({
      steps: 200,
      counts: { minimum: 50, behind: 50, concave: 50, flat: 50, diverged: 0 },
    });
    expect(recent.ahead).toHaveLength(50);
    expect(recent.median).toBeCloseTo(0.902);
    expect(recentSteps(run(3))).toMatchObject({ steps: 3, median: null, ahead: [] });
    expect(recentSteps(run(0))).toMatchObject({ steps: 0, median: null });
  });

  it("recentText sums up the verdicts and the quartiles of α*", () => {
    expect(recentText(recentSteps(run(1000)))).toBe(
      "50 of the last 200 steps have a best step: median α* 0.90, middle half from 0.85 to 0.95; " +
        "50 uphill, 50 with negative curvature, 50 flat.",
    );
    expect(recentText(recentSteps(run(1)))).toBe("0 of the last 1 step have a best step; 1 uphill.");
    expect(recentText(recentSteps(run(0)))).toBe("No step measured yet.");
  });

  it("recentSteps has the share of steps that point uphill on the next minibatch, of those that it judged", () => {
    const judged = history(300, {
      nextVerdict: (step) => (step % 2 === 0 ? Number.NaN : step % 4 === 1 ? 1 : 0),
      nextAlphaStar: (step) => (step % 4 === 3 ? step / 1000 : -1),
    });
    const { next, nextUphill } = recentSteps(judged);
    expect(nextUphill).toBe(0.5);
    expect(next).toHaveLength(50);
    expect(recentText(recentSteps(judged))).toContain(
      "On the next minibatch: median α* 0.20, 50% of the steps uphill.",
    );
    const unjudged = recentSteps(history(300, { nextVerdict: () => Number.NaN }));
    expect([unjudged.nextUphill, unjudged.next]).toEqual([null, []]);
    expect(recentText(unjudged)).not.toContain("next");
  });

  it("shareText rounds to whole percent and does not round a share above 0 to 0%", () => {
    expect([0, 0.001, 0.125, 1].map(shareText)).toEqual(["0%", "<1%", "13%", "100%"]);
  });

  it("rulerPicture has α* of the next minibatches, which widens the axis", () => {
    const session = reading(history(100, { alphaStar: () => 0.1, nextAlphaStar: () => 200 }));
    session.store.setState({ settings: { ...defaultRecipe }, phase: "paused" });
    const { axis, nextBars } = rulerPicture(session, null);
    expect([axis, [...nextBars]]).toEqual([{ lo: -4, hi: 3 }, [[23, 1]]]);
  });

  it("rulerPicture widens the axis for lr and for 90% of α*, not for an outlier", () => {
    const snapshot = (alphaStar: (step: number) => number, lr: number) => {
      const steps = history(100, { alphaStar });
      const session = reading(steps);
      session.store.setState({ settings: { ...defaultRecipe, lr }, phase: "paused" });
      return rulerPicture(session, null);
    };
    expect(snapshot((step) => (step === 50 ? 1e5 : 0.1), 0.001).axis).toEqual(restingAxis);
    expect(snapshot(() => 300, 0.001).axis).toEqual({ lo: -4, hi: 3 });
    expect(snapshot(() => 0.1, 1e-6).axis).toEqual({ lo: -6, hi: 1 });
    expect(snapshot(() => 0.1, 0.001).bars.size).toBe(1);
  });
});
