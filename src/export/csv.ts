import type { History } from "../core/history/history";
import { type Metric, metricNames, normKinds, tensorNorms } from "../core/history/metrics";

/** The columns after `step`: the position and settings of a step come before its measurements. */
const leading: readonly Metric[] = ["epoch", "batchIndex", "batch", "lr"];
const columns: readonly Metric[] = [...leading, ...metricNames.filter((name) => !leading.includes(name))];

/**
 * Every measured step as CSV (RFC 4180: a header, commas, CRLF), one row per step, with the names of `trace()`. A number is the
 * shortest text that parses to the same number; an undefined or non-finite value is an empty field. No field needs quotes.
 */
export function csvOf(history: History): string {
  const { tensors } = history;
  const header = [
    "step",
    ...columns,
    ...normKinds.flatMap((kind) => tensors.map(({ name }) => `${tensorNorms[kind]} ${name}`)),
  ];
  const lines = [header.join(",")];
  for (let step = 1; step <= history.length; step++) {
    const values = columns.map((metric) => {
      if (metric === "verdict") return history.verdict(step) ?? "";
      if (metric === "nextVerdict") return history.nextVerdict(step) ?? "";
      return field(history.value(metric, step));
    });
    const perTensor = normKinds.flatMap((kind) => tensors.map((_, t) => field(history.norm(kind, t, step))));
    lines.push([step, ...values, ...perTensor].join(","));
  }
  return `${lines.join("\r\n")}\r\n`;
}

const field = (value: number): string => (Number.isFinite(value) ? String(value) : "");
