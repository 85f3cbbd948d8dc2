import type { History } from "../../core/history/history";
import type { ReadingLine } from "../chart/Reading";
import type { ChartSource } from "../redraw/source";
import { formatNumber } from "../text/format";
import { drawnComparedRuns } from "./drawnRuns";
import { comparedRunName } from "./runNames";

/** The compared runs' values at a step, for the reading at the cursor; shorter runs are left out. */
export function readComparedRuns(
  source: ChartSource,
  step: number,
  value: (history: History, step: number) => number,
): ReadingLine[] {
  const run = source.store.getState();
  return drawnComparedRuns(source)
    .filter(({ history }) => step <= history.length)
    .map(({ comparedRun, history, colour }) => ({
      label: comparedRunName(comparedRun, run),
      value: formatNumber(value(history, step), 4),
      colour,
    }));
}
