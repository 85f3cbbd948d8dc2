import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { verdicts } from "../../../../src/core/history/alpha";
import { nextWindow, parabola, sliceAlphas, sliceTarget } from "../../../../src/core/history/slice";

const within = (alpha: number, window: { lo: number; hi: number } | null) =>
  window !== null && alpha > window.lo && alpha < window.hi;

describe("sliceTarget", () => {
  const size = fc.double({ min: -9, max: 6, noNaN: true }).map((power) => 10 ** power);
  const noModel = { gaussNewtonStep: Number.NaN };

  it("sliceTarget contains 0, α* and the step taken, and 2α* for the verdict minimum", () => {
    fc.assert(
      fc.property(fc.constantFrom(...verdicts), size, size, fc.boolean(), (verdict, a, stepTaken, negative) => {
        const none = verdict === "flat" || verdict === "diverged";
        const signed = verdict === "behind" || (verdict === "concave" && negative) ? -a : a;
        const window = sliceTarget({ verdict, alphaStar: none ? Number.NaN : signed, ...noModel, stepTaken });
        expect(within(0, window)).toBe(true);
        expect(within(stepTaken, window)).toBe(true);
        if (!none) expect(within(signed, window)).toBe(true);
        if (verdict === "minimum") expect(within(2 * signed, window)).toBe(true);
      }),
    );
  });

  it("sliceTarget with negative curvature contains the minimiser of the Gauss–Newton model, at any distance of α*", () => {
    fc.assert(
      fc.property(size, size, size, (gaussNewtonStep, alphaStar, stepTaken) => {
        const window = sliceTarget({ verdict: "concave", alphaStar, gaussNewtonStep, stepTaken });
        expect(within(gaussNewtonStep, window)).toBe(true);
        expect(window).toEqual(sliceTarget({ verdict: "concave", alphaStar: 1, gaussNewtonStep, stepTaken }));
      }),
    );
  });

  it("sliceTarget is null when neither α* nor the step taken is usable", () => {
    expect(sliceTarget({ verdict: "diverged", alphaStar: Number.NaN, ...noModel, stepTaken: Number.NaN })).toBeNull();
    expect(sliceTarget({ verdict: "flat", alphaStar: Number.NaN, ...noModel, stepTaken: 0 })).toBeNull();
  });
});

describe("nextWindow", () => {
  const target = { lo: -1, hi: 3 };

  it("nextWindow does not change while each end is within a factor of 1.5 of its target", () => {
    expect(nextWindow(target, { lo: -1.3, hi: 2.2 }, 0.3)).toBe(target);
  });

  it("nextWindow approaches a distant target on a logarithmic scale", () => {
    let window = nextWindow(null, { lo: -1e-4, hi: 3e-4 }, 0.3);
    const sizes: number[] = [];
    for (let redraw = 0; redraw < 40; redraw++) {
      window = nextWindow(window, target, 0.3);
      sizes.push(window?.hi ?? 0);
    }
    for (let i = 1; i < sizes.length; i++) expect(sizes[i]).toBeGreaterThanOrEqual(sizes[i - 1] as number);
    expect(sizes[0]).toBeLessThan(0.1);
    expect(sizes.at(-1)).toBeGreaterThan(3 / 1.51);
    expect(nextWindow(window, target, 0.3)).toBe(window);
  });

  it("nextWindow jumps to the target when share is 1, and stays when there is no target", () => {
    const there = nextWindow({ lo: -1e-4, hi: 3e-4 }, target, 1);
    expect(there?.lo).toBeCloseTo(-1, 12);
    expect(there?.hi).toBeCloseTo(3, 12);
    expect(nextWindow(target, null, 1)).toBe(target);
    expect(nextWindow(null, null, 1)).toBeNull();
  });
});

it("sliceAlphas is an ascending equidistant grid with every mark inside the window once", () => {
  const alphas = sliceAlphas({ lo: -1, hi: 3 }, [0, 0.001, 0.001, 3, 7, Number.NaN]);
  expect(alphas).toHaveLength(66);
  expect([...alphas].every((alpha, i) => i === 0 || alpha > (alphas[i - 1] as number))).toBe(true);
  expect([-1, 0, 0.001, 3].every((alpha) => alphas.includes(alpha))).toBe(true);
  expect(alphas.every(Number.isFinite)).toBe(true);
});

it("parabola has the value, slope and curvature of h at 0", () => {
  const [h, at] = [1e-4, (alpha: number) => parabola(2, -3, 8, alpha)];
  expect(at(0)).toBe(2);
  expect((at(h) - at(-h)) / (2 * h)).toBeCloseTo(-3, 8);
  expect((at(h) - 2 * at(0) + at(-h)) / (h * h)).toBeCloseTo(8, 5);
});
