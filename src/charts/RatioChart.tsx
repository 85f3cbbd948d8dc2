import { Area, AreaChart, ReferenceLine, usePlotArea, useXAxisScale, XAxis, YAxis } from "recharts";
import { useStore } from "zustand";
import type { Session } from "../store/session";
import { bottomAxis, leftAxis, margin } from "./axes";
import { formatCount, formatNumber, formatPower } from "./format";
import { drawnRuns } from "./ghosts";
import { Legend, type LegendEntry } from "./Legend";
import { palette } from "./palette";
import { type RatioSnapshot, ratioShares } from "./ratioShares";
import { useSnapshot } from "./useSnapshot";

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
        <AreaChart responsive className="plot-area" data={rows} margin={margin} accessibilityLayer={false}>
          <XAxis {...bottomAxis(x)} dataKey="ratio" scale="log" tickFormatter={formatPower} />
          <YAxis {...leftAxis(y)} tickFormatter={(share: number) => `${share}%`} />
          <Area
            dataKey="recent"
            type="stepAfter"
            stroke="none"
            fill={palette.alphaStar}
            fillOpacity={0.45}
            {...still}
          />
          <Area dataKey="all" type="stepAfter" stroke={palette.ink} strokeWidth={1.3} fill="none" {...still} />
          {runs.map(({ key, colour, dash }) => (
            <Area
              key={key}
              dataKey={key}
              type="stepAfter"
              stroke={colour}
              strokeWidth={1.3}
              strokeDasharray={dash}
              fill="none"
              {...still}
            />
          ))}
          <ReferenceLine x={1} stroke={palette.alphaStar} strokeWidth={1.6} label={mark("1", "insideTopRight")} />
          <ReferenceLine x={2} stroke={palette.lr} strokeDasharray="4 3" label={mark("2", "insideTopLeft")} />
          <RatioAtCursor session={session} />
        </AreaChart>
      </div>
      <p className="in-words ratio-words">
        {recent.steps > 0 ? inWords(recent) : "1: the minimum. Past 2: the loss rises."}
      </p>
    </>
  );
}

const still = { dot: false, activeDot: false, isAnimationActive: false } as const;
const mark = (value: string, position: "insideTopLeft" | "insideTopRight") =>
  ({ value, position, fill: palette.muted, fontSize: 11.5 }) as const;

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
