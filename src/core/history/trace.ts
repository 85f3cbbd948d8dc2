import type { Verdict } from "./alpha";
import type { History } from "./history";
import { type Metric, metricNames, metrics, type NormKind, normKinds } from "./metrics";

interface Entry {
  readonly number: number;
  readonly nullable: number | null;
  readonly verdict: Verdict;
  readonly nullableVerdict: Verdict | null;
}

type TraceKind<M extends Metric> = (typeof metrics)[M]["trace"];
/** The metrics that a trace contains. */
export type TraceMetric = { [M in Metric]: TraceKind<M> extends keyof Entry ? M : never }[Metric];

/** The column of a trace for a metric: one entry per step. */
type TraceColumn<M extends TraceMetric> = TraceKind<M> extends keyof Entry ? Entry[TraceKind<M>][] : never;

/**
 * The result of `alphascope.trace()`, and the `trace` of a run file: the step numbers from 1, a list with one entry per step
 * for each metric, and one such list per tensor (fc1.weight, fc1.bias, fc2.weight, …) for the norms.
 */
export type Trace = { readonly step: number[] } & { readonly [M in TraceMetric]: TraceColumn<M> } & {
  readonly [N in NormKind]: number[][];
};

export const traceMetrics = metricNames.filter((name): name is TraceMetric => metrics[name].trace !== null);

/** The history as plain lists. */
export function traceOf(history: History): Trace {
  const step = Array.from({ length: history.length }, (_, i) => i + 1);
  const columns = traceMetrics.map((name) => [name, columnOf(history, name, step)]);
  const norms = normKinds.map((kind) => [
    kind,
    history.tensors.map((_, tensor) => step.map((at) => history.norm(kind, tensor, at))),
  ]);
  return { step, ...Object.fromEntries([...columns, ...norms]) };
}

function columnOf(history: History, name: TraceMetric, steps: readonly number[]): (number | null | Verdict)[] {
  const { trace } = metrics[name];
  if (trace === "verdict") return steps.map((step) => history.verdict(step) ?? "diverged");
  if (trace === "nullableVerdict") return steps.map((step) => history.nextVerdict(step));
  const values = Array.from(history.values(name, 1, history.length));
  return trace === "number" ? values : values.map((value) => (Number.isFinite(value) ? value : null));
}
