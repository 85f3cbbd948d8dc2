import { expect, test } from "vitest";
import { metricNames } from "../../../src/core/history/metrics";
import { traceOf } from "../../../src/core/history/trace";
import { csvOf } from "../../../src/export/csv";
import { edits, runOf } from "../support/runs";

/** The rows of a CSV without quotes, by their header. */
function parse(text: string): Record<string, string>[] {
  expect(text.endsWith("\r\n")).toBe(true);
  const [header, ...rows] = text.slice(0, -2).split("\r\n");
  const names = header?.split(",") ?? [];
  return rows.map((row) => {
    const fields = row.split(",");
    expect(fields).toHaveLength(names.length);
    return Object.fromEntries(names.map((name, i) => [name, fields[i] as string]));
  });
}

test("csvOf writes one row per step with exactly the numbers of the trace", async () => {
  const { history } = await runOf({ rows: 100, inputs: 3, hidden: [4], edits }, 250);
  const rows = parse(csvOf(history));
  expect(rows).toHaveLength(250);
  const { step, verdict, nextVerdict, directionNorms, gradNorms, ...numbers } = traceOf(history);
  expect(rows.map((row) => Number(row.step))).toEqual(step);
  expect(rows.map((row) => row.verdict)).toEqual(verdict);
  expect(rows.map((row) => row.nextVerdict || null)).toEqual(nextVerdict);
  for (const [name, values] of Object.entries(numbers)) {
    expect(
      rows.map((row) => (row[name] === "" ? null : Number(row[name]))),
      name,
    ).toEqual(values);
  }
  for (const [t, tensor] of ["fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias"].entries()) {
    expect(rows.map((row) => Number(row[`directionNorm ${tensor}`]))).toEqual(directionNorms[t]);
    expect(rows.map((row) => Number(row[`gradNorm ${tensor}`]))).toEqual(gradNorms[t]);
  }
  expect(rows.map((row) => Number(row.lr)).slice(18, 20)).toEqual([1e-3, 0.004]);
  expect(rows.map(({ epoch, batchIndex }) => [epoch, batchIndex]).slice(2, 5)).toEqual([
    ["0", "2"],
    ["0", "3"],
    ["1", "0"],
  ]);
});

test("csvOf writes a column for every metric when no step has been taken", async () => {
  const { history } = await runOf({ hidden: [] }, 0);
  const text = csvOf(history);
  expect(text.split("\r\n")).toHaveLength(2);
  const header = text.trimEnd().split(",");
  expect(header.slice(0, 5)).toEqual(["step", "epoch", "batchIndex", "batch", "lr"]);
  expect([...header].sort()).toEqual(
    [
      ...["step", ...metricNames],
      ...["directionNorm", "gradNorm"].flatMap((norm) => [`${norm} fc1.weight`, `${norm} fc1.bias`]),
    ].sort(),
  );
});

test("csvOf writes an empty field for an undefined or non-finite value", async () => {
  const { history } = await runOf({ rows: 2, hidden: [64], edits: [{ step: 20, eps: 0 }] }, 25);
  const [last, after] = parse(csvOf(history)).slice(19);
  expect(last).toMatchObject({ step: "20", verdict: "diverged", slope: "", curvature: "", alphaStar: "" });
  expect(after?.loss).toBe("");
  expect(csvOf(history)).not.toMatch(/NaN|Infinity|null|undefined/);
});
