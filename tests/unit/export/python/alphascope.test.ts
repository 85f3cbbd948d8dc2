import { beforeAll, describe, expect, test } from "vitest";
import { makeRunFile } from "../../../../src/core/files/runfile";
import { type Trace, traceMetrics } from "../../../../src/core/history/trace";
import { python, type Records, record } from "../../../torch";
import { runOf } from "../../support/runs";

const steps = 40;
const traceIn = (file: unknown) => (file as { readonly trace: Trace }).trace;

/** The largest difference of two columns, relative to the larger value where that is above 1. */
function difference(a: readonly (number | null)[], b: readonly (number | null)[]): number {
  expect(a.map((value) => value === null)).toEqual(b.map((value) => value === null));
  return Math.max(...a.map((value, i) => Math.abs((value ?? 0) - (b[i] ?? 0)) / Math.max(1, Math.abs(b[i] ?? 0))));
}

describe.skipIf(!python)("alphascope.py", () => {
  let records: Records;
  let page: Trace;
  beforeAll(async () => {
    const runFile = makeRunFile(await runOf({}, steps));
    page = runFile.trace as Trace;
    records = record(runFile);
  }, 120_000);

  test("reproduces every column of the page's default run to 1e-6", () => {
    const recorded = traceIn(records.page);
    for (const name of traceMetrics) {
      const [own, other] = [recorded[name].slice(0, steps), page[name]];
      if (name === "verdict" || name === "nextVerdict") expect(own, name).toEqual(other);
      else expect(difference(own as number[], other as number[]), name).toBeLessThan(1e-6);
    }
    for (const kind of ["gradNorms", "directionNorms"] as const) {
      expect(recorded[kind]).toHaveLength(4);
      for (const [t, norms] of recorded[kind].entries())
        expect(difference(norms.slice(0, steps), page[kind][t] ?? [])).toBeLessThan(1e-6);
    }
  });

  test.each(["convolution", "attention"] as const)("measures the slope and curvature of a network with %s", (name) => {
    const { file, expected } = records[name];
    const trace = traceIn(file);
    for (const [i, row] of expected.entries()) {
      for (const [column, value] of Object.entries(row)) {
        const measured = trace[column as "loss"][i] as number;
        expect(Math.abs(measured / value - 1), `${column} of step ${i + 1}`).toBeLessThan(1e-5);
      }
    }
    expect(expected.length).toBeGreaterThan(3);
    expect(trace.gaussNewton.every((value) => value !== null && value > 0)).toBe(true);
    expect(trace.nextVerdict.at(-1)).toBeNull();
  });

  test.each(["convolution", "attention"] as const)("leaves training equal to the bit with %s", (name) => {
    expect(records[name].equal).toBe(true);
  });

  test("measures the gradient variance where rows are independent, and none with batch normalisation", () => {
    const { file, variances } = records.attention;
    expect(difference(traceIn(file).gradVariance, variances)).toBeLessThan(1e-9);
    expect(traceIn(records.convolution.file).gradVariance.every((value) => value === null)).toBe(true);
  });
});
