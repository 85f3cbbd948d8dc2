import type { ComponentType, ReactNode } from "react";
import { useStore } from "zustand";
import { batchSharpness, sharpnessWindow } from "../../core/history/batchSharpness";
import { thresholdAt } from "../../core/history/threshold";
import { noThreshold } from "../../core/recipe/edgeText";
import type { ProbeRows } from "../../engine/inspect/probes/probes";
import type { LegendEntry } from "../../kit/chart/Legend";
import type { ReadingLine } from "../../kit/chart/Reading";
import { formatCount, formatNumber, formatPower } from "../../kit/text/format";
import { palette } from "../../kit/text/palette";
import { timeChart } from "../../kit/timechart/TimeChart";
import { currentDomain } from "../../kit/timechart/zoom";
import type { Session } from "../../session/session";
import { type EdgePicture, edgePicture } from "./edgePicture";
import { shareText } from "./probeText";
import "./probes.css";

interface Props {
  readonly session: Session;
  /** The rows on which λmax is measured. */
  readonly on: ProbeRows;
}

/** λmax of the preconditioned Hessian at the steps at which it was measured, the edge of stability, and 1/α*. */
export function EdgeChart({ session, on }: Props) {
  const Chart = charts[on];
  return <Chart session={session} />;
}

/** The edge of stability on all rows, in a card of its own. */
export function FollowedEdgeChart({ session }: { readonly session: Session }) {
  return (
    <charts.full session={session}>
      {/* At the end: the sentence comes with the first measurement and must not move the text before it. */}
      <EdgeShare session={session} />
    </charts.full>
  );
}

/** λmax as a share of the threshold, at the selected step. */
function EdgeShare({ session }: { readonly session: Session }) {
  const text = useStore(session.probes, ({ edge }) => {
    if (!edge) return null;
    const threshold = thresholdAt(session.store.getState().recipe, edge.step);
    if (threshold === null) return null;
    const share = edge.largest.value / threshold;
    // Three digits near the edge: 99.7% and 101% are on different sides of it.
    return shareText(edge.largest.value, threshold, share > 0.995 && share < 10 ? 3 : 2);
  });
  return text && <span key={text}> λmax is {text}.</span>;
}

interface Picture extends EdgePicture {
  /** The rows on which λmax is measured, for the legend. */
  readonly rowsText: string;
}

const charts = { batch: edgeChartOn("batch"), full: edgeChartOn("full") } as const satisfies Record<
  ProbeRows,
  ComponentType<{ session: Session; children?: ReactNode }>
>;

function edgeChartOn(on: ProbeRows) {
  return timeChart<Session, Picture>({
    name: () => "Largest eigenvalue of P⁻½HP⁻½, its threshold and 1/α*, logarithmic",
    scale: () => "log",
    formatY: formatPower,
    legend: ({ rowsText, thresholds, sharpness }) => [
      { label: `λmax, ${rowsText}`, colour: palette.curvature, shape: "line" },
      ...(thresholds.some(isDefined) ? [thresholdEntry] : []),
      ...(sharpness.length > 0 ? [sharpnessEntry] : []),
      { label: "1/α*, this batch", colour: palette.alphaStar, shape: "dot", quantity: "alphaStar" },
    ],
    picture(session, before) {
      const points = session.edge.getState()[on];
      const { recipe } = session.store.getState();
      const rows = points.at(-1)?.rows ?? recipe.rows;
      const allRows = rows < recipe.rows ? `${formatCount(rows)} rows of the data` : "all data";
      return {
        ...edgePicture(points, session.history(), recipe, currentDomain(session), before),
        rowsText: on === "batch" ? "this batch" : allRows,
      };
    },
    also: ({ edge }) => edge,
    series: ({ thresholds, rows, sharpness }) => [
      { rows: thresholds, y: "threshold", className: "edge-threshold", look: thresholdLook },
      { rows: sharpness, y: "sharpness", look: sharpnessLook },
      { rows, y: "largest", className: "edge-largest", look: largestLook },
    ],
    marks: ({ measured, best }) => [
      { ranges: measured, radius: 1.8, className: "edge-points" },
      { ranges: best, radius: 2.2, className: "mark-best edge-best" },
    ],
    read: (session, step) => readEdge(session, on, step),
    note: {
      className: "edge-words",
      text: ({ gap }) => notes[gap ?? "none"],
    },
  });
}

const notes = {
  none: "1/α* = −dᵀHd/dᵀg is measured along d; λmax is the curvature along the top eigenvector.",
  optimiser: noThreshold,
  rule: "No stability threshold is defined while the step size is σ·α*.",
  sign: "With lr·λ ≥ 2 the threshold is not positive: weight decay alone makes steps grow. The logarithmic axis leaves it out.",
} as const;

const largestLook = { stroke: palette.curvature, strokeWidth: 2.2 };
const thresholdLook = { stroke: palette.ink, strokeWidth: 1.6, strokeDasharray: "6 4" };
const sharpnessLook = { stroke: palette.alphaStar, strokeWidth: 1.8 };
const sharpnessEntry: LegendEntry = {
  label: `batch sharpness: mean of 1/α*, ${sharpnessWindow} steps`,
  colour: palette.alphaStar,
  shape: "line",
};
const thresholdEntry: LegendEntry = { label: "threshold", colour: palette.ink, shape: "line", dash: "6 4" };
const isDefined = ({ threshold }: { readonly threshold: number | null }) => threshold !== null;

/** λmax at the step, or at the last step before it that was measured; the threshold; 1/α*. */
function readEdge(session: Session, on: ProbeRows, step: number): ReadingLine[] {
  const point = session.edge.getState()[on].findLast((measured) => measured.step <= step);
  const threshold = thresholdAt(session.store.getState().recipe, step);
  const history = session.history();
  const alphaStar = history.verdict(step) === "minimum" ? history.value("alphaStar", step) : Number.NaN;
  const largest = point && {
    label: point.step === step ? "λmax" : `λmax at ${formatCount(point.step)}`,
    value: formatNumber(point.largest, 3),
    colour: palette.curvature,
  };
  return [
    ...(largest ? [largest] : []),
    ...(threshold === null ? [] : [{ label: "threshold", value: formatNumber(threshold, 3), colour: palette.ink }]),
    { label: "1/α*", value: formatNumber(1 / alphaStar, 3), colour: palette.alphaStar },
    ...(session.store.getState().recipe.optimiser === "sgd"
      ? [
          {
            label: "batch sharpness",
            value: formatNumber(batchSharpness(history, step) ?? Number.NaN, 3),
            colour: palette.alphaStar,
          },
        ]
      : []),
  ];
}
