import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tensorsOf } from "../../../../src/core/data/problem";
import { verdicts } from "../../../../src/core/history/alpha";
import { History } from "../../../../src/core/history/history";
import { metricNames } from "../../../../src/core/history/metrics";
import { measuredColumns, valueAt } from "../../support/measured";

const tensors = tensorsOf([2, 3, 1]);

function historyOf(steps: number, chunk = 500): History {
  const history = new History(tensors);
  while (history.length < steps) {
    history.append(measuredColumns(history.length + 1, Math.min(chunk, steps - history.length), tensors));
  }
  return history;
}

test("History returns every value of every step unchanged", () => {
  const history = historyOf(3000, 77);
  expect(history.length).toBe(3000);
  for (const step of [1, 77, 78, 2048, 2049, 3000]) {
    expect(history.value("loss", step)).toBe(valueAt(step, metricNames.indexOf("loss")));
    expect(history.norm("gradNorms", 3, step)).toBe(valueAt(step, 23));
    expect(history.norm("directionNorms", 0, step)).toBe(valueAt(step, 30));
    expect(history.verdict(step)).toBe(verdicts[step % 5]);
    expect(history.direction(step)).toEqual(new Float64Array(13).fill(step));
  }
  for (const step of [0, -1, 3001]) {
    expect(history.value("loss", step)).toBeNaN();
    expect(history.verdict(step)).toBeNull();
    expect(history.direction(step)).toBeNull();
  }
  expect(Array.from(history.values("slope", 10, 12))).toEqual([10, 11, 12].map((step) => history.value("slope", step)));
});

test("append throws unless the columns begin at the next step", () => {
  const history = historyOf(10);
  for (const first of [1, 10, 12]) {
    expect(() => history.append(measuredColumns(first, 1, tensors))).toThrow(RangeError);
  }
  expect(history.length).toBe(10);
});

describe("minMax", () => {
  const history = historyOf(5000);

  test("minMax equals a scan of all steps for any range and number of buckets", () => {
    const step = fc.integer({ min: -10, max: 5200 });
    const series = fc.constantFrom("loss" as const, "alphaStar" as const, { norm: "gradNorms", tensor: 2 } as const);
    fc.assert(
      fc.property(step, step, fc.integer({ min: 1, max: 600 }), series, (from, to, buckets, name) => {
        const shown = (s: number) => {
          if (typeof name === "object") return history.norm(name.norm, name.tensor, s);
          return name === "alphaStar" && history.verdict(s) !== "minimum" ? Number.NaN : history.value(name, s);
        };
        const found = history.minMax(name, from, to, buckets);
        expect(found.length).toBeLessThanOrEqual(buckets);
        const left = new Set<number>();
        for (let s = Math.max(1, from); s <= Math.min(5000, to); s++) if (Number.isFinite(shown(s))) left.add(s);
        const scanned = found.map((bucket) => {
          let [min, max] = [Infinity, -Infinity];
          for (let s = bucket.from; s <= bucket.to; s++) {
            left.delete(s);
            const value = shown(s);
            if (value < min) min = value;
            if (value > max) max = value;
          }
          return { min, max, atMinStep: min, atMaxStep: max };
        });
        expect(
          found.map(({ min, max, minStep, maxStep }) => ({
            min,
            max,
            atMinStep: shown(minStep),
            atMaxStep: shown(maxStep),
          })),
        ).toEqual(scanned);
        const edges = found.flatMap(({ from, to }) => [from, to]);
        expect(edges).toEqual(edges.toSorted((a, b) => a - b));
        // No finite value lies outside the buckets.
        expect(left.size).toBe(0);
      }),
      { numRuns: 40 },
    );
  });

  test("minMax gives one bucket per step when there are at most as many steps as buckets", () => {
    const found = history.minMax("loss", 101, 150, 300);
    expect(found.map(({ from, to }) => [from, to])).toEqual(Array.from({ length: 50 }, (_, i) => [101 + i, 101 + i]));
  });

  test("minMax keeps a single spike of 5000 steps in 10 buckets", () => {
    const spiky = new History(tensors);
    const columns = measuredColumns(1, 5000, tensors);
    columns.metrics.loss[3210] = 1e9;
    columns.metrics.loss[100] = Number.NaN;
    columns.metrics.loss[101] = Number.POSITIVE_INFINITY;
    spiky.append(columns);
    const found = spiky.minMax("loss", 1, 5000, 10);
    expect(found.map(({ max }) => max).filter((max) => max > 1e3)).toEqual([1e9]);
    expect(found.find(({ max }) => max === 1e9)?.maxStep).toBe(3211);
    expect(found.flatMap(({ min, max }) => [min, max]).every(Number.isFinite)).toBe(true);
  });

  test("minMax omits buckets without finite values and throws for an unknown tensor", () => {
    // Step 5 has the verdict `minimum`, steps 6 to 9 have others.
    expect(history.minMax("alphaStar", 5, 9, 5).map(({ from }) => from)).toEqual([5]);
    expect(history.minMax("loss", 1, 0, 5)).toEqual([]);
    expect(() => history.minMax({ norm: "gradNorms", tensor: 4 }, 1, 9, 5)).toThrow(RangeError);
  });
});

test("verdictCounts counts every step once, in the class of its verdict", () => {
  const history = historyOf(1234);
  const counted = history.verdictCounts(11, 1210, 7);
  expect(counted.map(({ counts }) => counts)).toEqual(
    counted.map(({ from, to }) =>
      Object.fromEntries(
        verdicts.map((verdict) => {
          const steps = Array.from({ length: to - from + 1 }, (_, i) => from + i);
          return [verdict, steps.filter((step) => history.verdict(step) === verdict).length];
        }),
      ),
    ),
  );
  expect([counted[0]?.from, counted.at(-1)?.to]).toEqual([11, 1210]);
});

test("History equals a straight run when it is truncated and measured again", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 1, max: 600 }), (cut, more) => {
      const history = new History(tensors);
      const other = measuredColumns(1, 700, tensors);
      other.metrics.loss.subarray(cut).fill(-1e6);
      history.append(other);
      history.truncate(cut);
      expect(history.length).toBe(cut);
      expect(history.value("loss", cut + 1)).toBeNaN();
      expect(history.direction(cut + 1)).toBeNull();
      history.append(measuredColumns(cut + 1, more, tensors));
      const straight = historyOf(cut + more);
      for (const buckets of [1, 20]) {
        expect(history.minMax("loss", 1, cut + more, buckets)).toEqual(straight.minMax("loss", 1, cut + more, buckets));
        expect(history.verdictCounts(1, cut + more, buckets)).toEqual(straight.verdictCounts(1, cut + more, buckets));
      }
      for (const step of [1, cut, cut + 1, cut + more])
        expect(history.direction(step)).toEqual(straight.direction(step));
    }),
    { numRuns: 15 },
  );
});

test("rewind shortens a history, keeps the measured steps and skips them when they are appended again", () => {
  const step = fc.integer({ min: 0, max: 700 });
  fc.assert(
    fc.property(step, fc.integer({ min: 0, max: 900 }), step, (back, more, chunk) => {
      const history = historyOf(700);
      history.rewind(back);
      const shorter = historyOf(back);
      const same = (one: History, other: History) => {
        expect(one.length).toBe(other.length);
        for (const name of ["loss", "alphaStar", { norm: "gradNorms", tensor: 1 }] as const) {
          expect(one.minMax(name, 1, 2000, 20)).toEqual(other.minMax(name, 1, 2000, 20));
        }
        expect(one.verdictCounts(1, 2000, 7)).toEqual(other.verdictCounts(1, 2000, 7));
        expect(one.ratioCounts(1, 2000)).toEqual(other.ratioCounts(1, 2000));
        expect(one.values("slope", 1, 2000)).toEqual(other.values("slope", 1, 2000));
        for (const at of [1, other.length, other.length + 1]) {
          expect(one.direction(at)).toEqual(other.direction(at));
          expect(one.value("loss", at)).toEqual(other.value("loss", at));
          expect(one.norm("directionNorms", 0, at)).toEqual(other.norm("directionNorms", 0, at));
        }
      };
      same(history, shorter);
      expect(history.measuredSteps).toBe(700);
      same(history.whole, historyOf(700));
      for (let left = more; left > 0; left -= chunk + 1) {
        history.append(measuredColumns(history.length + 1, Math.min(left, chunk + 1), tensors));
      }
      same(history, historyOf(back + more));
      expect(history.measuredSteps).toBe(Math.max(700, back + more));
      history.rewind(history.measuredSteps);
      same(history, historyOf(history.measuredSteps));
    }),
    { numRuns: 15 },
  );
  expect(() => historyOf(5).rewind(6)).toThrow(RangeError);
});

test("copy keeps all measured steps when the original is truncated", () => {
  const history = historyOf(300);
  history.rewind(100);
  const copy = history.copy();
  history.truncate(100);
  history.append(measuredColumns(101, 5, tensors));
  const straight = historyOf(300);
  expect(copy.length).toBe(300);
  expect(copy.minMax("loss", 1, 300, 12)).toEqual(straight.minMax("loss", 1, 300, 12));
  expect(copy.verdictCounts(1, 300, 4)).toEqual(straight.verdictCounts(1, 300, 4));
  expect(copy.ratioCounts(1, 300)).toEqual(straight.ratioCounts(1, 300));
  expect(copy.direction(200)).toBeNull();
});

test("History keeps the latest d only when the network is too large to record every d", () => {
  const large = tensorsOf([40, 40]);
  const history = new History(large);
  expect(history.recordsDirections).toBe(false);
  const direction = new Float64Array(40 * 40 + 40).fill(0.5);
  history.append(measuredColumns(1, 8, large), direction);
  expect(history.direction(8)).toEqual(direction);
  expect(history.direction(7)).toBeNull();
  history.append(measuredColumns(9, 1, large));
  expect([history.direction(8), history.direction(9)]).toEqual([direction, null]);
  history.truncate(7);
  expect(history.direction(8)).toBeNull();
});
