import { expect, it } from "vitest";
import { interpolate } from "../../../../src/core/schedule/polyline";
import { cornersOf, drawingOf, stroked } from "../../../../src/features/schedule/drawnRate";

const level = drawingOf(() => 0.01);
const at = (drawing: readonly number[], place: number) => drawing[Math.round(100 * place)];

it("stroked interpolates in ln lr between two corners, in either direction, and changes no other column", () => {
  for (const [a, b] of [
    [0.2, 0.6],
    [0.6, 0.2],
  ] as const) {
    const low = { at: Math.min(a, b), value: 0.001 };
    const high = { at: Math.max(a, b), value: 0.1 };
    const drawn = a < b ? stroked(level, low, high) : stroked(level, high, low);
    expect([0.1, 0.19, 0.2, 0.4, 0.6, 0.61].map((place) => at(drawn, place))).toEqual(
      [0.01, 0.01, 0.001, 0.01, 0.1, 0.01].map((lr) => expect.closeTo(lr, 12)),
    );
  }
});

it("stroked sets one column when both corners are equal, and clamps positions to the ends", () => {
  const drawn = stroked(level, { at: 0.5, value: 1 }, { at: 0.5, value: 0.2 });
  expect(at(drawn, 0.5)).toBe(0.2);
  expect(drawn.filter((lr) => lr !== 0.01)).toHaveLength(1);
  expect(stroked(level, { at: -1, value: 1 }, { at: 2, value: 1 })).toEqual(drawingOf(() => 1));
});

it("cornersOf keeps few corners, within 4% and rounding of the drawing", () => {
  expect(cornersOf(level)).toEqual([
    { at: 0, value: 0.01 },
    { at: 1, value: 0.01 },
  ]);
  const wave = drawingOf((place) => 10 ** Math.sin(9 * place));
  const corners = cornersOf(wave);
  expect(corners.length).toBeLessThan(30);
  for (const [i, lr] of wave.entries())
    expect(Math.abs(Math.log(interpolate(corners, i / 100) / lr))).toBeLessThan(0.046);
});
