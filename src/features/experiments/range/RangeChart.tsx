import { type CSSProperties, useMemo, useState } from "react";
import { Legend, type LegendEntry } from "../../../kit/chart/Legend";
import { RangeMarks } from "../../../kit/chart/Marks";
import { PlotFrame } from "../../../kit/chart/PlotFrame";
import { PlotOverlay, shareOn } from "../../../kit/chart/PlotOverlay";
import { Series } from "../../../kit/chart/Series";
import { formatPower, formatTick } from "../../../kit/text/format";
import { palette } from "../../../kit/text/palette";
import type { RangeResult } from "../../../session/experiment/rangeTest";
import { RangeLanes } from "./RangeLanes";
import { medianLength, type RangePicture, type RateLoss } from "./rangePicture";
import { readingText } from "./rangeText";

interface Props {
  readonly result: RangeResult;
  readonly picture: RangePicture;
  /** The result in words, the accessible name of the chart. */
  readonly text: string;
}

const rateOf = ({ lr }: RateLoss) => lr;
const lossOf = ({ loss }: RateLoss) => loss;
const look = { stroke: palette.ink, strokeWidth: 2 };
const currentLook = { stroke: palette.lr, strokeWidth: 1.8, strokeDasharray: "5 3" };

const legend: readonly LegendEntry[] = [
  { label: "minibatch loss", colour: palette.muted, shape: "dot" },
  { label: `median of ${medianLength} steps`, colour: palette.ink, shape: "line" },
  { label: "lr of the run", colour: palette.lr, shape: "line", dash: "5 3" },
];

/** The loss against the learning rate, over the quartiles of α* and the edge of stability on the same axis. */
export function RangeChart({ result, picture, text }: Props) {
  const [pointed, setPointed] = useState<number | null>(null);
  const { x, y, dots, line, current } = picture;
  const points = useMemo(() => result.test.lr.map((lr) => ({ left: shareOn(x, lr, "log") })), [result, x]);
  const cursor = pointed === null ? undefined : points[pointed];
  return (
    <div className="experiment-chart">
      <div className="chart-head">
        <Legend entries={legend} />
        <output aria-hidden="true">{pointed !== null && readingText(result, pointed)}</output>
      </div>
      <div className="plot" role="img" aria-label={`Loss against learning rate. ${text}`}>
        <PlotFrame x={x} y={y} scaleX="log" formatX={formatPower} formatY={formatTick}>
          <RangeMarks marks={dots} radius={1.6} className="range-dots" />
          <Series rows={[y.lo, y.hi].map((loss) => ({ lr: current, loss }))} x={rateOf} y={lossOf} look={currentLook} />
          <Series rows={line} x={rateOf} y={lossOf} look={look} />
          <RangeLanes {...result} />
        </PlotFrame>
        <PlotOverlay points={points} point={setPointed}>
          {cursor && <div className="time-cursor" style={{ left: `${100 * cursor.left}%` } as CSSProperties} />}
        </PlotOverlay>
      </div>
      <p className="axis-name" aria-hidden="true">
        step size, lr
      </p>
    </div>
  );
}
