import type { History } from "../../core/history/history";
import type { ComparedRun } from "../../session/compare/comparedRuns";
import type { ChartSource } from "../redraw/source";
import { comparedStroke, type Stroke } from "../text/palette";

/** A run that charts draw beside the current run. */
export interface DrawnRun extends Stroke {
  /** Key of its series in rows, and of its React elements. */
  readonly key: string;
  readonly history: History;
}

export interface DrawnComparedRun extends DrawnRun {
  readonly comparedRun: ComparedRun;
}

/** The colour and dash of a compared run, on every chart and in the bar of compared runs. */
export const strokeOf = ({ kind, place }: ComparedRun): Stroke => comparedStroke(kind === "branch" ? null : place);

/** The pinned runs and the previous branch. */
export function drawnComparedRuns({ comparedRuns }: Pick<ChartSource, "comparedRuns">): DrawnComparedRun[] {
  return comparedRuns.getState().comparedRuns.map((comparedRun) => ({
    key: `compared-run-${comparedRun.id}`,
    history: comparedRun.history(),
    comparedRun,
    ...strokeOf(comparedRun),
  }));
}

/** The compared runs, preceded by the current run with its future steps where it has any. */
export function drawnRuns(source: Pick<ChartSource, "comparedRuns" | "history">): DrawnRun[] {
  const history = source.history();
  const compared = drawnComparedRuns(source);
  if (history.measuredSteps <= history.length) return compared;
  return [{ key: "future-steps", history: history.whole, ...comparedStroke(null) }, ...compared];
}

/** The last step of any run drawn, future steps included: the time axis of the whole run covers it. */
export function longestRun({ comparedRuns, history }: Pick<ChartSource, "comparedRuns" | "history">): number {
  const lengths = comparedRuns.getState().comparedRuns.map((comparedRun) => comparedRun.history().length);
  return Math.max(history().measuredSteps, ...lengths);
}
