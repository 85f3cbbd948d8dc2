import { type ReactNode, useEffect } from "react";
import { useStore } from "zustand";
import { type EdgeStair, thresholdAt } from "../../core/history/threshold";
import type { ProbeRows } from "../../engine/inspect/probes";
import { Legend, type LegendEntry } from "../../kit/chart/Legend";
import { RangeMarks } from "../../kit/chart/Marks";
import type { ReadingLine } from "../../kit/chart/Reading";
import { Series } from "../../kit/chart/Series";
import { useSnapshot } from "../../kit/chart/useSnapshot";
import { formatCount, formatNumber, formatPower } from "../../kit/text/format";
import { palette } from "../../kit/text/palette";
import { TimeChart } from "../../kit/timechart/TimeChart";
import { domainNow } from "../../kit/timechart/zoom";
import type { Session } from "../../session/session";
import { type EdgePicture, type EdgeRow, edgePicture } from "./edgePicture";
import "./probes.css";

const stepOf = ({ step }: { readonly step: number }) => step;
const largestOf = ({ largest }: EdgeRow) => largest;
const thresholdOf = ({ threshold }: EdgeStair) => threshold;
const isThere = ({ threshold }: EdgeStair) => threshold !== null;
const largestLook = { stroke: palette.curvature, strokeWidth: 2.2 };
const thresholdLook = { stroke: palette.ink, strokeWidth: 1.6, strokeDasharray: "6 4" };
const thresholdEntry: LegendEntry = { label: "threshold", colour: palette.ink, shape: "line", dash: "6 4" };

const pictureOf = (on: ProbeRows) => (session: Session, before: EdgePicture | null) =>
  edgePicture(
    session.edge.getState()[on],
    session.history(),
    session.store.getState().recipe,
    domainNow(session),
    before,
  );
const pictures = { batch: pictureOf("batch"), full: pictureOf("full") } as const;

/** The edge of stability as a chart of its own, on all rows: it asks for what it draws as long as it is in sight. */
export function FollowedEdgeChart({ session }: { readonly session: Session }) {
  useEffect(() => session.probes.getState().followEdge(), [session]);
  return (
    <EdgeChart session={session} on="full">
      <EdgeShare session={session} />
    </EdgeChart>
  );
}

interface Props {
  readonly session: Session;
  /** The rows that λmax is of. */
  readonly on: ProbeRows;
  /** What is said first below it. */
  readonly children?: ReactNode;
}

/** λmax of the preconditioned Hessian as the run goes on, so far as it has been measured, the edge of stability, and 1/α*. */
export function EdgeChart({ session, on, children }: Props) {
  const measuredOn = useRows(session, on);
  const { x, y, rows, measured, thresholds, best } = useSnapshot(
    session,
    pictures[on],
    undefined,
    "chart",
    session.edge,
  );
  return (
    <>
      <Legend
        session={session}
        entries={[
          { label: `λmax, ${measuredOn}`, colour: palette.curvature, shape: "line" },
          ...(thresholds.some(isThere) ? [thresholdEntry] : []),
          { label: "1/α*, this batch", colour: palette.alphaStar, shape: "dot", quantity: "alphaStar" },
        ]}
      />
      <TimeChart
        session={session}
        name="Largest eigenvalue of P⁻½HP⁻½, its threshold and 1/α*, logarithmic"
        x={x}
        y={y}
        scale="log"
        formatY={formatPower}
        read={readers[on]}
      >
        <Series rows={thresholds} x={stepOf} y={thresholdOf} className="edge-threshold" look={thresholdLook} />
        <Series rows={rows} x={stepOf} y={largestOf} className="edge-largest" look={largestLook} />
        <RangeMarks marks={measured} className="edge-points" />
        <RangeMarks marks={best} className="mark-best edge-best" />
      </TimeChart>
      <p className="in-words edge-words">
        {thresholds.every(isThere)
          ? "1/α* is not λmax: curvature over slope along d, not along the most bent way."
          : "Where steps go as far as σ·α*, not lr, there is no threshold."}
        {/* Last: it comes with the first answer, and moves nothing. */}
        {children}
      </p>
    </>
  );
}

/** The rows that the eigenvalues are of, in words. */
function useRows(session: Session, on: ProbeRows): string {
  const measured = useStore(session.edge, ({ [on]: points }) => points.at(-1)?.rows);
  const rows = useStore(session.store, ({ recipe }) => recipe.rows);
  if (on === "batch") return "this batch";
  return measured !== undefined && measured < rows ? `${formatCount(measured)} rows of the data` : "all data";
}

/** How far λmax has come at the step that is looked at. */
function EdgeShare({ session }: { readonly session: Session }) {
  const share = useStore(session.probes, ({ edge }) => {
    if (!edge) return null;
    const threshold = thresholdAt(session.store.getState().recipe, edge.step);
    if (threshold === null) return null;
    const reached = edge.largest.value / threshold;
    // Hundredths near the edge, where 1.0 would say too little.
    return formatNumber(reached, reached > 0.995 && reached < 10 ? 3 : 2);
  });
  return share && <span key={share}> λmax is {share} of the threshold.</span>;
}

/** What has been measured at the step, or next before it. */
const readerOf =
  (on: ProbeRows) =>
  (session: Session, step: number): ReadingLine[] => {
    const point = session.edge.getState()[on].findLast((one) => one.step <= step);
    const threshold = thresholdAt(session.store.getState().recipe, step);
    const history = session.history();
    const alphaStar = history.verdict(step) === "minimum" ? history.value("alphaStar", step) : Number.NaN;
    return [
      ...(point
        ? [
            {
              label: point.step === step ? "λmax" : `λmax at ${formatCount(point.step)}`,
              value: formatNumber(point.largest, 3),
              colour: palette.curvature,
            },
          ]
        : []),
      ...(threshold === null ? [] : [{ label: "threshold", value: formatNumber(threshold, 3), colour: palette.ink }]),
      { label: "1/α*", value: formatNumber(1 / alphaStar, 3), colour: palette.alphaStar },
    ];
  };
const readers = { batch: readerOf("batch"), full: readerOf("full") } as const;
