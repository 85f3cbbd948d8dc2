import { useStore } from "zustand";
import { Legend, type LegendEntry } from "../../kit/chart/Legend";
import { PlotFrame } from "../../kit/chart/PlotFrame";
import { usePlotArea, useXAxisScale } from "../../kit/chart/plot";
import { Series } from "../../kit/chart/Series";
import { useSnapshot } from "../../kit/chart/useSnapshot";
import { formatCount, formatNumber, formatPower } from "../../kit/text/format";
import { palette } from "../../kit/text/palette";
import { drawnRuns, lookOf } from "../../kit/timechart/comparedRuns";
import type { Session } from "../../session/session";
import { type RatioRow, type RatioSnapshot, ratioShares } from "./ratioShares";
import "./timecharts.css";

const legend: readonly LegendEntry[] = [
  { label: "all steps", colour: palette.ink, shape: "line" },
  { label: "last tenth", colour: palette.alphaStar, shape: "bar" },
];

/** How far steps went, as lr/α*: all of the run against its last tenth. 1 is the parabola's minimum, 2 break-even. */
export function RatioChart({ session }: { readonly session: Session }) {
  const { rows, x, y, recent, runs } = useSnapshot(session, snapshot);
  return (
    <>
      <Legend entries={legend} />
      <div className="plot">
        <PlotFrame x={x} y={y} scaleX="log" grid={false} formatX={formatPower} formatY={percentAt}>
          <Series rows={rows} x={ratioOf} y={recentOf} type="stepAfter" base={0} look={recentLook} />
          <Series rows={rows} x={ratioOf} y={allOf} type="stepAfter" look={allLook} />
          {runs.map((run) => (
            <Series
              key={run.key}
              rows={rows}
              x={ratioOf}
              y={(row) => row[run.key]}
              type="stepAfter"
              className="compared-line"
              look={lookOf(run)}
            />
          ))}
          <Marked />
          <RatioAtCursor session={session} />
        </PlotFrame>
      </div>
      <p className="in-words ratio-words">
        {recent.steps > 0 ? inWords(recent) : "1: the minimum. Past 2: the loss rises."}
      </p>
    </>
  );
}

const ratioOf = (row: RatioRow) => row.ratio;
const recentOf = (row: RatioRow) => row.recent;
const allOf = (row: RatioRow) => row.all;
const recentLook = { fill: palette.alphaStar, fillOpacity: 0.45 };
const allLook = { stroke: palette.ink, strokeWidth: 1.3 };
const percentAt = (share: number) => `${share}%`;

/** 1, the parabola's minimum, and 2, break-even. */
function Marked() {
  const [toX, plot] = [useXAxisScale(), usePlotArea()];
  const [one, two] = [toX?.(1), toX?.(2)];
  if (one === undefined || two === undefined || !plot) return null;
  const y = plot.y + 12;
  return (
    <g className="ratio-marks">
      <path className="ratio-one" d={`M${one} ${plot.y}v${plot.height}`} />
      <path className="ratio-two" d={`M${two} ${plot.y}v${plot.height}`} />
      <text x={one - 5} y={y} textAnchor="end">
        1
      </text>
      <text x={two + 5} y={y}>
        2
      </text>
    </g>
  );
}

function snapshot(session: Session, before: RatioSnapshot | null) {
  // What this run will be again is the same steps, and more of them: no other histogram.
  const runs = drawnRuns(session).filter(({ key }) => key !== "ahead");
  return { ...ratioShares(session.history(), before, runs), runs };
}

/** “Last 320 steps: 12% past 2, 3% without a minimum.” Exported for its test. */
export function inWords({ steps, beyond, without }: RatioSnapshot["recent"]): string {
  return `Last ${formatCount(steps)} step${steps === 1 ? "" : "s"}: ${percent(beyond)} past 2 (loss rises), ${percent(without)} without a minimum.`;
}

/** Never 0% of something, nor all of it but a little. */
function percent(share: number): string {
  if (share > 0 && share < 0.01) return "under 1%";
  return share > 0.99 && share < 1 ? "over 99%" : `${Math.round(100 * share)}%`;
}

/** Where the step under the page's cursor stands. */
function RatioAtCursor({ session }: { readonly session: Session }) {
  const cursor = useStore(session.view, (view) => view.cursor);
  const [toX, plot] = [useXAxisScale(), usePlotArea()];
  const history = session.history();
  if (cursor === null || !plot || !toX || history.verdict(cursor) !== "minimum") return null;
  const ratio = history.value("lr", cursor) / history.value("alphaStar", cursor);
  const x = Math.min(Math.max(toX(ratio) ?? plot.x, plot.x), plot.x + plot.width);
  const atEnd = x > plot.x + plot.width / 2;
  return (
    <g className="ratio-cursor">
      <path d={`M${x} ${plot.y}v${plot.height}`} />
      <text x={atEnd ? x - 4 : x + 4} y={plot.y + plot.height / 2} textAnchor={atEnd ? "end" : "start"}>
        {formatNumber(ratio, 3)}
      </text>
    </g>
  );
}
