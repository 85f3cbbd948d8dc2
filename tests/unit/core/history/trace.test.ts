import { expect, test } from "vitest";
import { tensorsOf } from "../../../../src/core/data/problem";
import { verdicts } from "../../../../src/core/history/alpha";
import { History } from "../../../../src/core/history/history";
import { traceOf } from "../../../../src/core/history/trace";
import { measuredColumns } from "../../support/measured";

const tensors = tensorsOf([2, 2]);

test("traceOf gives one entry per step, and for the norms one list per tensor", () => {
  const history = new History(tensors);
  const columns = measuredColumns(1, 7, tensors);
  columns.metrics.reductionRatio[2] = Number.NaN;
  history.append(columns);
  const trace = traceOf(history);
  expect(trace.step).toEqual([1, 2, 3, 4, 5, 6, 7]);
  for (const name of ["batch", "loss", "slope", "curvature", "gradNorm", "directionNorm", "cosine"] as const) {
    expect(trace[name]).toEqual(Array.from(columns.metrics[name].slice(0, 7)));
  }
  expect(trace.stepTaken).toEqual(Array.from(columns.metrics.stepTaken.slice(0, 7)));
  expect(trace.lossAfter).toEqual(Array.from(columns.metrics.lossAfter.slice(0, 7)));
  expect(trace.verdict).toEqual([1, 2, 3, 4, 0, 1, 2].map((v) => verdicts[v]));
  // Steps 3 and 4 are flat and diverged.
  expect(trace.alphaStar.map((value) => value === null)).toEqual([false, false, true, true, false, false, false]);
  expect(trace.reductionRatio.map((value) => value === null)).toEqual([false, false, true, false, false, false, false]);
  const normsOf = (column: Float64Array, t: number) => trace.step.map((_, row) => column[2 * row + t]);
  expect(trace.gradNorms).toEqual([normsOf(columns.gradNorms, 0), normsOf(columns.gradNorms, 1)]);
  expect(trace.directionNorms).toEqual([normsOf(columns.directionNorms, 0), normsOf(columns.directionNorms, 1)]);
});

test("traceOf gives empty lists before the first step", () => {
  const { gradNorms, directionNorms, ...rest } = traceOf(new History(tensors));
  expect([gradNorms, directionNorms]).toEqual([
    [[], []],
    [[], []],
  ]);
  expect(Object.values(rest).flat()).toEqual([]);
});
