import type { TraceMetric } from "../history/trace";
import { fieldsOf } from "../untrusted";

/** Columns that were added to the trace after the first version of run files: older files lack them. */
export const laterColumns = [
  "nextSlope",
  "nextCurvature",
  "nextAlphaStar",
  "gradVariance",
  "alphaStarError",
  "gaussNewton",
  "nextVerdict",
] as const satisfies readonly TraceMetric[];

export type LaterColumn = (typeof laterColumns)[number];

/** The later columns that the trace of a run file lacks; none where the file has no trace. */
export function missingColumns(runFile: unknown): LaterColumn[] {
  const trace = fieldsOf(fieldsOf(runFile)?.trace);
  return trace ? laterColumns.filter((name) => !(name in trace)) : [];
}
