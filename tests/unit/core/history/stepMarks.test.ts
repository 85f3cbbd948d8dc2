import { expect, test } from "vitest";
import { palStep, polyakStep } from "../../../../src/core/history/stepMarks";

const h = (alpha: number) => 2 - 3 * alpha + 4 * alpha ** 2;

test("palStep gives the minimiser of a parabola from its value after any step, and a reason elsewhere", () => {
  for (const s of [0.1, 0.375, 2, -1]) expect(palStep(h(0), -3, s, h(s))).toBeCloseTo(0.375, 12);
  expect(palStep(2, 3, 0.1, 2.4)).toBe("uphill");
  expect(palStep(2, Number.NaN, 0.1, 2.4)).toBe("uphill");
  expect(palStep(2, -3, 0, 2)).toBe("notTaken");
  expect(palStep(2, -3, 0.1, Number.POSITIVE_INFINITY)).toBe("notTaken");
  expect(palStep(2, -3, 0.1, 1.7)).toBe("concave");
  expect(palStep(2, -3, 0.1, 1.6)).toBe("concave");
});

test("polyakStep gives the zero of the tangent for a descent direction", () => {
  expect(polyakStep(2, -4)).toBe(0.5);
  expect(polyakStep(2, 0)).toBe("uphill");
});
