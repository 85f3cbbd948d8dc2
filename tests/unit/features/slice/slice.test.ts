import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parabola, sliceAlphas, sliceTarget } from "../../../../src/core/history/slice";
import { markLabels } from "../../../../src/features/slice/markLabels";
import type { SliceMark } from "../../../../src/features/slice/marks";
import { slicePicture } from "../../../../src/features/slice/slicePicture";
import { nextText, trustSentence } from "../../../../src/features/slice/sliceText";
import type { Slice } from "../../../../src/session/observe/slice";

const rounding = 2 ** -52;

/** A slice of the loss `h` with this slope and curvature at 0; ρ and α* follow. */
function sliceOf(h: (alpha: number) => number, slope: number, curvature: number, given: Partial<Slice> = {}): Slice {
  const alphaStar = curvature === 0 ? Number.NaN : -slope / curvature;
  const verdict = curvature === 0 ? "flat" : curvature < 0 ? "concave" : slope < 0 ? "minimum" : "behind";
  const stepTaken = given.stepTaken ?? 0.01;
  const window = sliceTarget({ verdict, alphaStar, gaussNewtonStep: Number.NaN, stepTaken }) ?? { lo: -1, hi: 1 };
  const alphas = sliceAlphas(window, [0, stepTaken, alphaStar, 2 * alphaStar]);
  const loss = h(0);
  return {
    step: 1,
    batch: alphas.map(h),
    next: null,
    full: alphas.map((alpha) => h(alpha) + 0.1),
    fullRows: 100,
    allRows: 100,
    ms: 1,
    window,
    alphas,
    rows: 32,
    loss,
    slope,
    curvature,
    verdict,
    alphaStar,
    lr: stepTaken,
    stepTaken,
    gaussNewton: Number.NaN,
    gaussNewtonStep: Number.NaN,
    nextVerdict: null,
    nextAlphaStar: Number.NaN,
    reductionRatio: (h(stepTaken) - loss) / (parabola(loss, slope, curvature, stepTaken) - loss),
    ...given,
  };
}

const quadratic = (alpha: number) => 2 - 3 * alpha + 4 * alpha ** 2;

describe("slicePicture", () => {
  it("slicePicture draws h and q equal, with marks on them, when the loss is quadratic", () => {
    const { rows, marks } = slicePicture(sliceOf(quadratic, -3, 8), null);
    for (const { h, q } of rows) expect(h).toBeCloseTo(q, 10);
    expect(marks.map(({ kind, label }) => [kind, label])).toEqual([
      ["step", "lr"],
      ["best", "α*"],
      ["twice", "2α*"],
    ]);
    const [, best, twice] = marks;
    expect(best?.alpha).toBe(0.375);
    expect(best?.dots).toHaveLength(2);
    for (const height of best?.dots ?? []) expect(height).toBeCloseTo(quadratic(0.375), 12);
    expect(twice).toMatchObject({ alpha: 0.75, dots: [] });
  });

  it("slicePicture shows all of the true loss, and cuts off a quadratic model that is far from it", () => {
    const kinked = (alpha: number) => Math.max(0.8, 1 - alpha) + Math.max(0, alpha - 2);
    const picture = slicePicture(sliceOf(kinked, -1, 0.3, { stepTaken: 0.01 }), null);
    const [heights, parabolas] = [picture.rows.map(({ h }) => h ?? 0), picture.rows.map(({ q }) => q)];
    expect(picture.y.lo).toBeLessThanOrEqual(Math.min(...heights));
    expect(picture.y.hi).toBeGreaterThanOrEqual(Math.max(...heights));
    expect(Math.max(...heights)).toBeGreaterThan(7);
    expect(Math.min(...parabolas)).toBeCloseTo(1 - 1 / 0.6, 2);
    const deep = slicePicture(
      sliceOf(() => 1, -1, 0.3),
      null,
    );
    expect(deep.y.lo).toBeGreaterThan(0);
  });

  it("slicePicture has a gap where a loss is not finite, and finite axes", () => {
    const slice = sliceOf((alpha) => (alpha > 0.5 ? Number.POSITIVE_INFINITY : quadratic(alpha)), -3, 8);
    const { rows, x, y } = slicePicture({ ...slice, full: slice.full.map(() => Number.NaN) }, null);
    expect(rows.some(({ h }) => h === null)).toBe(true);
    expect(rows.every(({ full }) => full === null)).toBe(true);
    expect([x.lo, x.hi, y.lo, y.hi, ...x.ticks, ...y.ticks].every(Number.isFinite)).toBe(true);
  });

  it("slicePicture labels α* as a maximum when the curvature is negative, and has no α* when it is zero", () => {
    const marksOf = (slice: Slice) => slicePicture(slice, null).marks.map(({ label }) => label);
    expect(marksOf(sliceOf((a) => 1 - a - a * a, -1, -2))).toEqual(["lr", "α* (maximum)"]);
    expect(marksOf(sliceOf((a) => 1 - a, -1, 0))).toEqual(["lr"]);
    expect(marksOf(sliceOf((a) => 1 + a + a * a, 1, 2, { lr: 0.5 }))).toEqual(["step", "α*"]);
  });

  it("slicePicture draws the loss of the next minibatch with its α*, and shows that loss at 0 and at its minimum", () => {
    const slice = sliceOf(quadratic, -3, 8);
    const other = (alpha: number) => quadratic(alpha - 0.1) + 0.4;
    const alphas = sliceAlphas(slice.window, [0, 0.475]);
    const judged = { nextVerdict: "minimum", nextAlphaStar: 0.475 } as const;
    const curves = { alphas, batch: alphas.map(quadratic), full: alphas.map(quadratic), next: alphas.map(other) };
    const { rows, marks, y } = slicePicture({ ...slice, ...curves, ...judged }, null);
    for (const { alpha, next } of rows) expect(next).toBe(other(alpha));
    expect(marks.find(({ kind }) => kind === "next")).toMatchObject({
      label: "next",
      alpha: 0.475,
      dots: [other(0.475)],
    });
    expect(y.lo).toBeLessThanOrEqual(other(0.475));
    expect(y.hi).toBeGreaterThanOrEqual(other(0));
    const unjudged = slicePicture(slice, null);
    expect(unjudged.rows.every(({ next }) => next === null)).toBe(true);
    expect(unjudged.marks.map(({ kind }) => kind)).not.toContain("next");
    const concave = slicePicture({ ...slice, ...curves, ...judged, nextVerdict: "concave" }, null);
    expect(concave.marks.map(({ kind }) => kind)).not.toContain("next");
  });

  it("slicePicture draws the Gauss–Newton model with its minimum only when the curvature is negative", () => {
    const model = { gaussNewton: 6, gaussNewtonStep: 0.5 };
    const { rows, marks } = slicePicture(
      sliceOf((a) => 1 - 3 * a - a * a, -3, -2, model),
      null,
    );
    for (const { alpha, gauss } of rows) expect(gauss).toBeCloseTo(1 - 3 * alpha + 3 * alpha ** 2, 12);
    expect(marks.at(-1)).toMatchObject({ kind: "gauss", label: "Gauss–Newton", alpha: 0.5, dots: [0.25] });
    for (const slice of [sliceOf(quadratic, -3, 8, model), sliceOf((a) => 1 - 3 * a - a * a, -3, -2)]) {
      const without = slicePicture(slice, null);
      expect(without.rows.every(({ gauss }) => gauss === null)).toBe(true);
      expect(without.marks.map(({ kind }) => kind)).not.toContain("gauss");
    }
  });

  it("slicePicture keeps the y axis while the curves fit it", () => {
    const before = slicePicture(sliceOf(quadratic, -3, 8), null);
    const after = slicePicture(
      sliceOf((a) => quadratic(a) * 0.98, -2.94, 7.84, { step: 2 }),
      before,
    );
    expect(after.y).toBe(before.y);
    expect(
      slicePicture(
        sliceOf((a) => quadratic(a) * 5, -15, 40, { step: 2 }),
        before,
      ).y,
    ).not.toEqual(before.y);
  });

  it("slicePicture has the y axis of all rows, whether the curve of a part of the rows was drawn before or not", () => {
    const slice = sliceOf(quadratic, -3, 8, { step: 2 });
    const part = { ...slice, full: slice.full.map((height) => height - 0.5), fullRows: 40 };
    const first = slicePicture(
      sliceOf((a) => quadratic(a) * 5, -15, 40),
      null,
    );
    for (const before of [null, first]) {
      const drawn = slicePicture(part, before);
      expect(drawn.y).not.toEqual(slicePicture(slice, before).y);
      expect(slicePicture(slice, drawn).y).toEqual(slicePicture(slice, before).y);
    }
  });
});

describe("markLabels", () => {
  const mark = (kind: SliceMark["kind"], label: string, alpha: number): SliceMark => ({
    kind,
    label,
    alpha,
    dots: [],
  });

  it("markLabels neither overlap nor leave the plot", () => {
    const alpha = fc.double({ min: -3, max: 8, noNaN: true });
    fc.assert(
      fc.property(alpha, alpha, (s, best) => {
        const marks = [mark("step", "lr", s), mark("best", "α*", best), mark("twice", "2α*", 2 * best)];
        const labels = markLabels(marks, (a) => 50 + 60 * a, 20, 350);
        let end = 20;
        for (const { left, text } of labels) {
          expect(left).toBeGreaterThanOrEqual(end - 1e-9);
          end = left + 6.4 * text.length;
        }
        expect(end).toBeLessThanOrEqual(350 + 1e-9);
      }),
    );
  });

  it("markLabels add an arrow to a mark outside the plot, and “≈ 0” to a step near 0", () => {
    const texts = (s: number, best: number) =>
      markLabels([mark("step", "lr", s), mark("best", "α*", best)], (a) => 50 + 100 * a, 20, 350).map(
        ({ text }) => text,
      );
    expect(texts(0.001, 9)).toEqual(["lr ≈ 0", "α* →"]);
    expect(texts(1, -2)).toEqual(["← α*", "lr"]);
  });
});

it("nextText names α* of the next minibatch, or that there is none, and is empty when it does not judge the step", () => {
  expect(nextText({ nextVerdict: "minimum", nextAlphaStar: 0.1234 })).toBe("; for the next batch α* is 0.123");
  expect(nextText({ nextVerdict: "behind", nextAlphaStar: -2 })).toBe("; for the next batch α* is −2.00");
  expect(nextText({ nextVerdict: "concave", nextAlphaStar: 3 })).toBe("; for the next batch α* is none");
  expect(nextText({ nextVerdict: null, nextAlphaStar: Number.NaN })).toBe("");
});

describe("trustSentence", () => {
  const sentenceOf = (slice: Slice) => trustSentence(slice, rounding);

  it("trustSentence states that the model fits when the loss is quadratic, and names a short step’s share of α*", () => {
    expect(sentenceOf(sliceOf(quadratic, -3, 8, { stepTaken: 0.3 }))).toBe(
      "ρ = 1.00: the model fits this step. At α* the loss falls as predicted.",
    );
    expect(sentenceOf(sliceOf(quadratic, -3, 8, { stepTaken: 0.00375 }))).toContain("(1.0% of α*)");
  });

  it("trustSentence compares the decrease at α* with the predicted decrease", () => {
    const steep = (a: number) => quadratic(a) + 8 * a ** 3;
    expect(sentenceOf(sliceOf(steep, -3, 8))).toContain("At α* the loss falls by 25% of the prediction.");
    expect(sentenceOf(sliceOf((a) => quadratic(a) + 80 * a ** 3, -3, 8))).toContain("At α* the loss rises.");
    expect(sentenceOf(sliceOf((a) => quadratic(a) - 20 * a ** 3, -3, 8))).toContain("by 2.9 times the prediction");
  });

  it("trustSentence grades the model at the step taken by ρ", () => {
    const withRatio = (reductionRatio: number) =>
      sentenceOf(sliceOf(quadratic, -3, 8, { stepTaken: 0.3, reductionRatio }));
    expect(withRatio(0.7)).toContain("ρ = 0.700: the model fits this step roughly");
    expect(withRatio(7)).toContain("does not fit this step");
    expect(withRatio(-2)).toContain("predicted a decrease, but the loss rose");
    expect(sentenceOf(sliceOf(quadratic, -3, 8, { stepTaken: 2, reductionRatio: -0.4 }))).toContain(
      "predicted an increase, but the loss fell",
    );
  });

  it("trustSentence gives no ρ when the predicted change is within rounding error", () => {
    const tiny = sliceOf(quadratic, -3, 8, { stepTaken: 1e-9, reductionRatio: 1.4 });
    expect(trustSentence(tiny, 2 ** -23)).toContain("too short");
    expect(trustSentence(tiny, rounding)).toContain("ρ = 1.40");
    expect(sentenceOf({ ...tiny, reductionRatio: Number.NaN })).toContain("too short");
  });

  it("trustSentence has a sentence without NaN for each verdict", () => {
    const sentences = [
      sliceOf((a) => 1 - a - a * a, -1, -2),
      sliceOf((a) => 1 - a, -1, 0),
      sliceOf((a) => 1 + a + a * a, 1, 2),
      sliceOf((a) => (a > 0.1 ? Number.NaN : quadratic(a)), -3, 8),
    ].map(sentenceOf);
    expect(sentences[0]).toContain("a maximum");
    expect(sentences[1]).toContain("a straight line");
    expect(sentences[2]).toContain("uphill");
    expect(sentences[3]).toContain("the loss is not finite");
    for (const sentence of sentences) expect(sentence).not.toMatch(/NaN|undefined|Infinity/);
  });
});
