import { useStore } from "zustand";
import { Legend, type LegendEntry } from "../../kit/chart/Legend";
import { PlotFrame } from "../../kit/chart/PlotFrame";
import { Series } from "../../kit/chart/Series";
import { usePlot } from "../../kit/chart/usePlot";
import type { ChartSource } from "../../kit/redraw/source";
import { useSnapshot } from "../../kit/redraw/useSnapshot";
import { formatNumber, formatPower } from "../../kit/text/format";
import { palette } from "../../kit/text/palette";
import { drawnComparedRuns } from "../../kit/timechart/drawnRuns";
import { lookOf } from "../../kit/timechart/runLines";
import { type RatioPicture, type RatioRow, ratioPicture } from "./ratioPicture";
import { ratioText } from "./ratioText";
import "./timecharts.css";

const legend: readonly LegendEntry[] = [
  { label: "all", colour: palette.ink, shape: "line" },
  { label: "last 10%", colour: palette.alphaStar, shape: "bar" },
  // Also for a run without a next minibatch: a legend of another height would move the plot.
  { label: "next", colour: palette.alphaStar, shape: "hollow-bar" },
];

/** The histogram of lr/α*: all steps of the run, and its last 10% on their own and on the next minibatch. 1 is the minimum of the quadratic model, 2 break-even. */
export function RatioChart({ session }: { readonly session: ChartSource }) {
  const { rows, x, y, recent, judged, runs } = useSnapshot(session, pictureOf);
  return (
    <>
      <Legend entries={legend} />
      <div className="plot">
        <PlotFrame x={x} y={y} scaleX="log" grid={false} formatX={formatPower} formatY={percentAt}>
          <Series rows={rows} x={ratioOf} y={recentOf} type="stepAfter" base={0} look={recentLook} />
          <Series rows={rows} x={ratioOf} y={allOf} type="stepAfter" look={allLook} />
          {judged && <Series rows={rows} x={ratioOf} y={nextOf} type="stepAfter" look={nextLook} />}
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
          <FixedMarks />
          <CursorMark session={session} />
        </PlotFrame>
      </div>
      <p className="in-words ratio-words">{ratioText(recent)}</p>
    </>
  );
}

const ratioOf = (row: RatioRow) => row.ratio;
const recentOf = (row: RatioRow) => row.recent;
const allOf = (row: RatioRow) => row.all;
const recentLook = { fill: palette.alphaStar, fillOpacity: 0.45 };
const allLook = { stroke: palette.ink, strokeWidth: 1.3 };
const nextOf = (row: RatioRow) => row.next;
const nextLook = { stroke: palette.alphaStar, strokeWidth: 1.6 };
const percentAt = (share: number) => `${share}%`;

/** Lines at 1, the minimum of the quadratic model, and at 2, break-even. */
function FixedMarks() {
  const plot = usePlot();
  const [one, two] = [plot?.toX(1), plot?.toX(2)];
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

function pictureOf(session: ChartSource, before: RatioPicture | null) {
  // Without the future steps of this run: their histogram is nearly the same.
  const runs = drawnComparedRuns(session);
  return { ...ratioPicture(session.history(), before, runs), runs };
}

/** A line at the ratio of the step under the cursor, with its value. */
function CursorMark({ session }: { readonly session: ChartSource }) {
  const cursor = useStore(session.view, (view) => view.cursor);
  const plot = usePlot();
  const history = session.history();
  if (cursor === null || !plot || history.verdict(cursor) !== "minimum") return null;
  const ratio = history.value("lr", cursor) / history.value("alphaStar", cursor);
  const x = Math.min(Math.max(plot.toX(ratio) ?? plot.x, plot.x), plot.x + plot.width);
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
