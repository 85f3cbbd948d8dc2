import fc from "fast-check";
import { expect, it } from "vitest";
import { interpolate, simplify } from "../../../../src/core/schedule/polyline";

it("simplify keeps the corners of a curve and removes the points between them", () => {
  const corners = Array.from({ length: 101 }, (_, i) => ({ at: i / 100, value: 10 ** -(i < 40 ? 0 : (i - 40) / 20) }));
  expect(simplify(corners, 1e-9).map(({ at }) => at)).toEqual([0, 0.39, 1].map((at) => expect.closeTo(at, 1)));
});

it("simplify returns a curve within the tolerance of every corner", () => {
  const values = fc.array(fc.double({ min: 1e-8, max: 100, noNaN: true }), { minLength: 2, maxLength: 60 });
  fc.assert(
    fc.property(values, fc.double({ min: 0.01, max: 2, noNaN: true }), (heights, tolerance) => {
      const corners = heights.map((value, i) => ({ at: i / heights.length, value }));
      const simplified = simplify(corners, tolerance);
      expect([simplified[0], simplified.at(-1)]).toEqual([corners[0], corners.at(-1)]);
      for (const { at, value } of corners) {
        expect(Math.abs(Math.log(interpolate(simplified, at) / value))).toBeLessThanOrEqual(tolerance + 1e-9);
      }
    }),
  );
});
