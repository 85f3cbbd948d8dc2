import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Field, type Point, positiveParts } from "../../../../src/kit/plane/isolines";

const fieldOf = (columns: number, rows: number, at: Field["at"]): Field => ({ columns, rows, at });

const areaOf = (polygon: readonly Point[]): number =>
  Math.abs(
    polygon.reduce((sum, [x, y], k) => {
      const [toX, toY] = polygon[(k + 1) % polygon.length]!;
      return sum + x * toY - toX * y;
    }, 0) / 2,
  );
const area = (polygons: readonly (readonly Point[])[]) => polygons.reduce((sum, polygon) => sum + areaOf(polygon), 0);

describe("positiveParts", () => {
  test("positiveParts divides the plane of a linear field exactly, along one line", () => {
    const { polygons, lines } = positiveParts(fieldOf(9, 5, (x, y) => x + 0.5 * y - 3.3));
    // The mean over y of 8 − (3.3 − y/2), times the height of 4.
    expect(area(polygons)).toBeCloseTo(4 * (8 - 3.3 + 1), 10);
    expect(lines).toHaveLength(1);
    for (const [x, y] of lines[0]!) expect(x + 0.5 * y).toBeCloseTo(3.3, 10);
    expect([lines[0]![0]![1], lines[0]!.at(-1)![1]].sort()).toEqual([0, 4]);
  });

  test("positiveParts finds the area of a circle and its closed line", () => {
    const { polygons, lines } = positiveParts(fieldOf(61, 61, (x, y) => 20 - Math.hypot(x - 30, y - 30)));
    expect(area(polygons) / (Math.PI * 400)).toBeCloseTo(1, 2);
    expect(lines).toHaveLength(1);
    const [first, last] = [lines[0]![0]!, lines[0]!.at(-1)!];
    expect(Math.hypot(first[0] - last[0], first[1] - last[1])).toBeLessThan(1e-6);
    for (const [x, y] of lines[0]!) expect(Math.hypot(x - 30, y - 30)).toBeCloseTo(20, 1);
  });

  test("positiveParts of a field and of its negative fill the plane, for any values", () => {
    const values = fc.array(
      fc.double({ min: -5, max: 5, noNaN: true }).map((value) => value || 1),
      {
        minLength: 20,
        maxLength: 20,
      },
    );
    fc.assert(
      fc.property(values, (numbers) => {
        const at = (column: number, row: number) => numbers[5 * row + column]!;
        const positive = positiveParts(fieldOf(5, 4, at));
        const negative = positiveParts(fieldOf(5, 4, (column, row) => -at(column, row)));
        // A cell whose opposite corners have equal signs is positive in its middle for both fields.
        const saddles = [0, 1, 2].flatMap((row) =>
          [0, 1, 2, 3].filter((column) => {
            const [a, b, c, d] = [at(column, row), at(column + 1, row), at(column + 1, row + 1), at(column, row + 1)];
            return a > 0 === c > 0 && b > 0 === d > 0 && a > 0 !== b > 0;
          }),
        ).length;
        const sum = area(positive.polygons) + area(negative.polygons);
        expect(sum).toBeGreaterThanOrEqual(12 - 1e-9);
        expect(sum).toBeLessThanOrEqual(12 + saddles + 1e-9);
      }),
    );
  });

  test("positiveParts counts values that are not finite as negative", () => {
    expect(positiveParts(fieldOf(4, 4, () => Number.NaN))).toEqual({ polygons: [], lines: [] });
    expect(area(positiveParts(fieldOf(4, 4, () => 1)).polygons)).toBe(9);
  });
});
