import { Line } from "recharts";
import type { DrawnRun } from "./ghosts";

/** One line a run beside the run: colour and dash tell which. Not a component, since a chart looks for its lines by type. */
export function ghostLines(runs: readonly DrawnRun[]) {
  return runs.map(({ key, colour, dash }) => (
    <Line
      key={key}
      dataKey={key}
      className="ghost-line"
      stroke={colour}
      strokeWidth={1.6}
      strokeDasharray={dash}
      dot={false}
      activeDot={false}
      isAnimationActive={false}
      connectNulls
    />
  ));
}
