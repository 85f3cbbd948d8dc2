import { describe, expect, it } from "vitest";
import { tensorsOf } from "../../../../src/core/data/problem";
import {
  bundlesOf,
  drawingOf,
  isDrawable,
  largestOf,
  parameterAt,
  sizeOf,
  sizesOf,
  steadyScale,
} from "../../../../src/features/network/network";

const tensors = tensorsOf([3, 2, 1]);

it("drawingOf lays out every weight between its units and every bias in its unit", () => {
  const { layers, links } = drawingOf(tensors, 300, 150);
  expect(layers.map((units) => units.length)).toEqual([3, 2, 1]);
  expect(layers.map((units) => units.map(({ bias }) => bias))).toEqual([[null, null, null], [6, 7], [10]]);
  expect(links.map(({ parameter }) => parameter)).toEqual([0, 1, 2, 3, 4, 5, 8, 9]);
  // fc1.weight[2, 1], inputs × units, row-major.
  expect(links[5]).toEqual({ parameter: 5, from: layers[0]?.[2], to: layers[1]?.[1] });
  for (const { x, y } of layers.flat()) {
    expect([x >= 0 && x <= 300, y >= 0 && y <= 150]).toEqual([true, true]);
  }
});

it("isDrawable is true for small networks only", () => {
  expect(sizesOf(tensorsOf([10, 5, 1]))).toEqual([10, 5, 1]);
  expect(isDrawable([10, 5, 1])).toBe(true);
  expect(isDrawable([10, 1])).toBe(true);
  expect(isDrawable([10, 16, 16, 1])).toBe(false);
  expect(isDrawable([40, 1])).toBe(false);
});

describe("bundlesOf", () => {
  const drawing = drawingOf(tensors, 300, 150);
  const values = new Float64Array([1, -1, 0, 0.1, -0.6, Number.NaN, 0, 0, 0.5, -5, 0]);
  const bundles = bundlesOf(drawing, values, 1);
  const lines = (sign: number, share: number) =>
    bundles.find((b) => b.sign === sign && b.share === share)?.path.match(/M/g)?.length ?? 0;

  it("bundlesOf groups lines by sign and size and omits NaN", () => {
    expect([lines(1, 1), lines(-1, 1), lines(0, 0), lines(1, 1 / 8), lines(-1, 5 / 8), lines(1, 4 / 8)]).toEqual([
      1, 2, 1, 1, 1, 1,
    ]);
    expect(
      bundles
        .map(({ path }) => path)
        .join("")
        .match(/M/g),
    ).toHaveLength(7);
  });

  it("bundlesOf returns the same keys for all values", () => {
    const others = bundlesOf(drawing, new Float64Array(11), 1);
    expect(others.map(({ key }) => key)).toEqual(bundles.map(({ key }) => key));
    expect(new Set(bundles.map(({ key }) => key)).size).toBe(bundles.length);
  });
});

it("parameterAt finds the bias of a unit at the pointer, else the nearest line", () => {
  const drawing = drawingOf(tensors, 300, 150);
  for (const unit of drawing.layers.slice(1).flat()) expect(parameterAt(drawing, unit.x, unit.y)).toBe(unit.bias);
  for (const { parameter, from, to } of drawing.links) {
    // Near its source unit, where all other lines are further away.
    const at = (share: number) => [from.x + share * (to.x - from.x), from.y + share * (to.y - from.y)] as const;
    expect(parameterAt(drawing, ...at(0.3))).toBe(parameter);
  }
  expect(parameterAt(drawing, 150, -40)).toBeNull();
});

it("sizeOf is 0 when the value is not finite or the scale is 0", () => {
  expect([sizeOf(-2, 4), sizeOf(9, 4), sizeOf(Number.NaN, 4), sizeOf(1, 0)]).toEqual([0.5, 1, 0, 0]);
});

it("steadyScale keeps the scale while the values fill a fifth of it, and rounds it to 1, 2 or 5", () => {
  expect(largestOf(new Float64Array([0, 0.3, -0.9, Number.NaN, Number.POSITIVE_INFINITY]))).toBe(0.9);
  expect(largestOf(new Float64Array([Number.NaN]))).toBe(0);
  const of = steadyScale;
  expect([of(0.9, null), of(1, null), of(1.2, null), of(3e-5, null), of(0.06, null)]).toEqual([1, 1, 2, 5e-5, 0.1]);
  expect([of(0.3, 1), of(0.21, 1)]).toEqual([1, 1]);
  expect([of(0.19, 1), of(1.01, 1)]).toEqual([0.2, 2]);
  expect([of(0, 0.5), of(0, null)]).toEqual([0.5, 1]);
});
