import { expect, it } from "vitest";
import { timeDomain } from "../../../src/charts/domains";
import { edgePicture } from "../../../src/charts/edgePicture";
import { history } from "../history";

const [minimum, behind] = [0, 1];
const x = timeDomain(50, "run");
const at = (step: number, largest: number, threshold = 760) => ({ step, largest, threshold });

it("draws λmax and, where there is a best step ahead, 1/α* of the same steps", () => {
  const run = history(50, { alphaStar: (step) => step / 10, verdict: (step) => (step === 20 ? behind : minimum) });
  const { rows, best, y } = edgePicture([at(10, 100), at(20, -3), at(40, 700)], run, [], x, null);
  expect(rows).toEqual([
    { step: 10, largest: 100 },
    { step: 20, largest: null },
    { step: 40, largest: 700 },
  ]);
  expect(best.map(({ step, lo, hi }) => [step, lo, hi])).toEqual([
    [10, 1, 1],
    [40, 0.25, 0.25],
  ]);
  expect(y.lo).toBeLessThanOrEqual(0.25);
  expect(y.hi).toBeGreaterThan(760);
});

it("draws the threshold to the axis' end, and moves it at the edit that moved it", () => {
  const run = history(50, {});
  const points = [at(10, 100), at(20, 200), at(40, 300, 1520)];
  const { thresholds } = edgePicture(points, run, [{ step: 31, lr: 0.025 }], x, null);
  expect(thresholds.map(({ step, threshold }) => [step, threshold])).toEqual([
    [10, 760],
    [20, 760],
    [31, 1520],
    [100, 1520],
  ]);
});

it("draws the run as it stands where it has gone back", () => {
  const run = history(50, {});
  run.rewind(25);
  const { rows } = edgePicture([at(10, 100), at(20, 200), at(40, 300)], run, [], x, null);
  expect(rows.map(({ step }) => step)).toEqual([10, 20]);
});

it("has axes before the first point, and they stay while what is in them fits", () => {
  const run = history(50, {});
  const empty = edgePicture([], run, [], x, null);
  expect([empty.rows, empty.thresholds, empty.best]).toEqual([[], [], []]);
  expect(empty.y.hi).toBeGreaterThan(empty.y.lo);
  const first = edgePicture([at(10, 100)], run, [], x, empty);
  const next = edgePicture([at(10, 100), at(20, 120)], run, [], x, first);
  expect(next.y).toEqual(first.y);
});
