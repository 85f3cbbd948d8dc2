import type { History } from "../core/history/history";
import { type Metric, metricNames, normKinds, tensorNorms } from "../core/history/metrics";

/** Where and how a step was taken stands before what came of it. */
const leading: readonly Metric[] = ["epoch", "batchIndex", "batch", "lr"];
const columns: readonly Metric[] = [...leading, ...metricNames.filter((name) => !leading.includes(name))];

/**
 * Every measured step as CSV (RFC 4180: a header, commas, CRLF), a row a step, with the names of `trace()`. Numbers print as
 * the shortest text that reads back as the same number; what does not exist, or is not finite, is an empty field. No field
 * holds what would have to be quoted.
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
    const values = columns.map((metric) =>
      metric === "verdict" ? (history.verdict(step) ?? "") : field(history.value(metric, step)),
    );
    const perTensor = normKinds.flatMap((kind) => tensors.map((_, t) => field(history.norm(kind, t, step))));
    lines.push([step, ...values, ...perTensor].join(","));
  }
  return `${lines.join("\r\n")}\r\n`;
}

const field = (value: number): string => (Number.isFinite(value) ? String(value) : "");
