import { expect, test } from "vitest";
import { evenlySpacedRows, partsOf } from "../../../../src/engine/inspect/rowParts";

test("evenlySpacedRows gives all rows when they are few, else evenly spaced rows", () => {
  expect(evenlySpacedRows(3)).toEqual({ order: Uint32Array.of(0, 1, 2), start: 0, count: 3 });
  expect(evenlySpacedRows(10, 4)).toEqual({ order: Uint32Array.of(0, 3, 5, 9), start: 0, count: 4 });
});

test("partsOf gives consecutive parts with their shares of the rows", () => {
  const order = Uint32Array.of(4, 3, 2, 1, 0, 5);
  const parts = [...partsOf({ order, start: 1, count: 5 }, 2)];
  expect(parts.map(({ part }) => [part.start, part.count])).toEqual([
    [1, 2],
    [3, 2],
    [5, 1],
  ]);
  expect(parts.map(({ share }) => share)).toEqual([0.4, 0.4, 0.2]);
  expect(parts.every(({ part }) => part.order === order)).toBe(true);
});

test.each([2, 3, 4, 10])("evenlySpacedRows takes rows of all classes when %i classes take turns", (classes) => {
  const { order } = evenlySpacedRows(1000, 1000 / classes);
  const counts = Array.from({ length: classes }, (_, label) => order.filter((row) => row % classes === label).length);
  for (const count of counts) expect((count / order.length) * classes).toBeGreaterThan(0.8);
});
