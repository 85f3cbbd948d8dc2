import { expect, it } from "vitest";
import { type EdgePoint, withPoint } from "../../../../src/session/observe/edgePoints";

it("withPoint keeps at most 300 about evenly spaced points, with the first and the latest, over a million steps", () => {
  let points: readonly EdgePoint[] = [];
  for (let step = 1; step <= 1e6; step += 400) points = withPoint(points, { step, largest: step, rows: 9 });
  expect(points).toHaveLength(300);
  expect(points[0]?.step).toBe(1);
  expect(points.at(-1)?.step).toBe(999_601);
  const gaps = points.slice(1).map(({ step }, k) => step - (points[k] as EdgePoint).step);
  expect(gaps.every((gap) => gap > 0 && gap <= 16 * 400)).toBe(true);
});

it("withPoint replaces the point of the same step", () => {
  const at = (step: number, largest: number) => ({ step, largest, rows: 9 });
  const points = [at(1, 1), at(5, 2)];
  expect(withPoint(points, at(5, 9))).toEqual([at(1, 1), at(5, 9)]);
  expect(withPoint(points, at(3, 9))).toEqual([at(1, 1), at(3, 9), at(5, 2)]);
  expect(withPoint([], at(3, 9))).toEqual([at(3, 9)]);
});
