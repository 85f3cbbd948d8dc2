import type { TraceMetric } from "../history/trace";
import { fieldsOf } from "../untrusted";

/** The numbers of the judgement and of the spread of the rows. */
export const judgedNumbers = [
  "nextSlope",
  "nextCurvature",
  "nextAlphaStar",
  "gradVariance",
  "alphaStarError",
  "gaussNewton",
] as const satisfies readonly TraceMetric[];

/** Columns that were added to the trace after the first version of run files: older files lack them. */
export const laterColumns = [...judgedNumbers, "nextVerdict"] as const satisfies readonly TraceMetric[];

export type LaterColumn = (typeof laterColumns)[number];

/** The later columns that the trace of a run file lacks; none where the file has no trace. */
export function missingColumns(runFile: unknown): LaterColumn[] {
  const trace = fieldsOf(fieldsOf(runFile)?.trace);
  return trace ? laterColumns.filter((name) => !(name in trace)) : [];
}
