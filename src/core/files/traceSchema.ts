import * as v from "valibot";
import { verdicts } from "../history/alpha";
import { metrics, normKinds } from "../history/metrics";
import { type Trace, type TraceMetric, traceMetrics } from "../history/trace";
import { limits } from "../limits";
import { isList } from "../untrusted";
import { type LaterColumn, laterColumns } from "./laterColumns";
import { check, custom, list, numbers, object, refusal, type Schema } from "./schema";

const isLater = (name: TraceMetric): name is LaterColumn => (laterColumns as readonly TraceMetric[]).includes(name);

/** The trace of a run file. */
export type FiledTrace = Omit<Trace, LaterColumn> & Partial<Pick<Trace, LaterColumn>>;

const column = numbers(limits.steps);
const verdictColumn = (...allowed: readonly unknown[]): Schema<readonly unknown[]> =>
  custom((input, refuse) => {
    if (!isList(input) || input.length > limits.steps) return refuse(refusal(input, `a list of 0 to ${limits.steps}`));
    const names = Array.from(input);
    const bad = names.findIndex((name) => !allowed.includes(name));
    return bad < 0 ? names : refuse(refusal(input[bad], allowed.map(String).join(", ")), bad);
  });
/** The columns of a trace, by the `trace` of a metric. */
const columns = {
  number: column,
  nullable: v.pipe(
    column,
    v.transform((values) => values.map((value) => (Number.isNaN(value) ? null : value))),
  ),
  verdict: verdictColumn(...verdicts),
  nullableVerdict: verdictColumn(...verdicts, null),
} as const;

const schemaOf = (name: TraceMetric) => {
  const schema: Schema<readonly unknown[]> = columns[metrics[name].trace];
  return isLater(name) ? v.optional(schema) : schema;
};
const metricFields = Object.fromEntries(traceMetrics.map((name) => [name, schemaOf(name)]));

/** The trace of a run file, with the norms of at most `tensors` tensors; empty where it is absent. */
export function traceSchema(tensors: number): Schema<FiledTrace> {
  const norms = list(column, 0, tensors);
  const fields = { step: column, ...metricFields, ...Object.fromEntries(normKinds.map((kind) => [kind, norms])) };
  const empty = Object.fromEntries(Object.keys(fields).map((name) => [name, []]));
  return v.pipe(
    v.optional(object(fields), empty),
    v.transform((output) => output as unknown as FiledTrace),
    check((fields, report) => {
      const { length } = fields.step;
      const refuse = (list: readonly unknown[], ...path: (string | number)[]) =>
        report(refusal(list, `as many entries as trace.step, ${length}`), ...path);
      for (const name of traceMetrics) {
        const entries = fields[name];
        if (entries && entries.length !== length) return refuse(entries, name);
      }
      for (const kind of normKinds) {
        const tensor = fields[kind].findIndex((list) => list.length !== length);
        if (tensor >= 0) return refuse(fields[kind][tensor] as number[], kind, tensor);
      }
    }),
  );
}
