import type { History } from "../../core/history/history";
import { extentOf, type Row } from "../chart/rows";
import type { ChartSource } from "../redraw/source";
import type { Stroke } from "../text/palette";
import { drawnRuns } from "./drawnRuns";

/** The line of one drawn run over the steps. */
export interface RunLine {
  readonly key: string;
  /** Each with a `value`. */
  readonly rows: readonly Row[];
  readonly look: ReturnType<typeof lookOf>;
}

/** The SVG attributes of a drawn run's line, the same on every chart. */
export const lookOf = ({ colour, dash }: Stroke) =>
  ({ stroke: colour, strokeWidth: 1.6, strokeDasharray: dash }) as const;

/** A line for each drawn run, from rows with a `value`. */
export function runLines(source: ChartSource, rowsOfRun: (history: History) => readonly Row[]): RunLine[] {
  return drawnRuns(source).map((run) => ({ key: run.key, rows: rowsOfRun(run.history), look: lookOf(run) }));
}

/** The factor by which other runs may widen an axis: a diverged run must not flatten the current run's line. */
const maxWidening = 100;

/** [min, max] of a chart's own values, widened to the lines of other runs by a factor of at most `maxWidening`. */
export function extentWith(lines: readonly RunLine[], [min, max]: readonly [number, number]): [number, number] {
  const [least, most] = extentOf(
    lines.flatMap(({ rows }) => rows),
    ["value"],
  );
  if (!(max >= min)) return [least, most];
  const reach = maxWidening * Math.max(Math.abs(min), Math.abs(max));
  return [Math.min(min, Math.max(least, min > 0 ? min / maxWidening : -reach)), Math.max(max, Math.min(most, reach))];
}
