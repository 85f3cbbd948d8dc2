import { quantile } from "d3-array";
import { type Domain, logDomain } from "../../kit/chart/domains";
import { Legend, type LegendEntry } from "../../kit/chart/Legend";
import { ShapeMarks } from "../../kit/chart/Marks";
import type { ReadingLine } from "../../kit/chart/Reading";
import { extentOf, partsOf, type Row, rowsOf, stepOf } from "../../kit/chart/rows";
import { Series } from "../../kit/chart/Series";
import { useSnapshot } from "../../kit/chart/useSnapshot";
import { formatNumber, formatPower } from "../../kit/text/format";
import { palette } from "../../kit/text/palette";
import { ComparedLines } from "../../kit/timechart/ComparedLines";
import {
  type ComparedLine,
  comparedLines,
  extentWith,
  longest,
  readComparedRuns,
} from "../../kit/timechart/comparedRuns";
import { TimeChart } from "../../kit/timechart/TimeChart";
import { domainNow } from "../../kit/timechart/zoom";
import type { Session } from "../../session/session";

interface Snapshot {
  /** Signed, as measured. */
  readonly rows: readonly Row[];
  readonly x: Domain;
  readonly y: Domain;
  readonly lines: readonly ComparedLine[];
}

const legend: readonly LegendEntry[] = [
  { label: "−dᵀg", colour: palette.slope, shape: "line", dash: "5 3", quantity: "slope" },
  { label: "dᵀHd", colour: palette.curvature, shape: "line", quantity: "curvature" },
  { label: "dᵀg ≥ 0", colour: palette.slope, shape: "hollow-triangle" },
  { label: "dᵀHd ≤ 0", colour: palette.curvature, shape: "hollow-square" },
];

const slopeLook = { stroke: palette.slope, strokeWidth: 1.6, strokeDasharray: "5 3" };
const curvatureLook = { stroke: palette.curvature, strokeWidth: 1.6 };

/**
 * Slope and curvature along d on one logarithmic axis. Their usual signs (slope negative, curvature positive) are drawn
 * as lines of their magnitude; wherever a sign is the other one, a hollow mark says so at the same height.
 */
export function SlopeChart({ session }: { readonly session: Session }) {
  const { rows, x, y, lines } = useSnapshot(session, slopeSnapshot);
  // A zero has no place on this axis; it stands at the bottom edge.
  const height = (value: number) => (Math.abs(value) < y.lo ? undefined : Math.abs(value));
  const marks = (key: string, wrong: (value: number) => boolean) =>
    rows.flatMap((row) => {
      const value = row[key];
      if (value === null || value === undefined || !wrong(value)) return [];
      const at = height(value);
      return [at === undefined ? { step: row.step } : { step: row.step, value: at }];
    });
  return (
    <>
      <Legend session={session} entries={legend} />
      <TimeChart
        session={session}
        name="Slope and curvature along d, magnitudes, logarithmic"
        x={x}
        y={y}
        scale="log"
        formatY={formatPower}
        read={readSlope}
      >
        <Series rows={rows} x={stepOf} y={slopeSize} className="of-slope" look={slopeLook} />
        <Series rows={rows} x={stepOf} y={curvatureSize} className="of-curvature" look={curvatureLook} />
        <ComparedLines lines={lines} />
        <ShapeMarks marks={marks("slope", (value) => value >= 0)} shape="triangle" className="mark-slope" />
        <ShapeMarks marks={marks("curvature", (value) => value <= 0)} shape="square" className="mark-curvature" />
      </TimeChart>
    </>
  );
}

/** A slope that changes sign passes arbitrarily near to zero; the smallest such share of values may leave the axis. */
const passing = 0.03;

const size = (value: number | null | undefined) => (value ? Math.abs(value) : null);
const slopeSize = (row: Row) => size(row.slope);
const curvatureSize = (row: Row) => size(row.curvature);

function slopeSnapshot(session: Session, before: Snapshot | null): Snapshot {
  const history = session.history();
  const x = domainNow(session);
  const end = longest(session);
  // Of other runs only the curvature: two lines each would be too many to follow.
  const lines = comparedLines(session, (other) =>
    rowsOf(other, partsOf(other.length, x, end), { curvature: "curvature" }).map((row) => ({
      step: row.step,
      value: curvatureSize(row) ?? null,
    })),
  );
  const rows = rowsOf(history, partsOf(history.length, x, end), { slope: "slope", curvature: "curvature" });
  const sizes = rows
    .flatMap(({ slope, curvature }) => [size(slope), size(curvature)])
    .filter((value) => value !== null);
  const min = quantile(sizes, passing) ?? Number.NaN;
  const [, max] = extentWith(lines, extentOf(rows, ["slope", "curvature"], Math.abs));
  return { rows, x, y: logDomain(min, max, before?.y ?? null), lines };
}

function readSlope(session: Session, step: number): ReadingLine[] {
  const history = session.history();
  return [
    { label: "dᵀg", value: formatNumber(history.value("slope", step), 4), colour: palette.slope },
    { label: "dᵀHd", value: formatNumber(history.value("curvature", step), 4), colour: palette.curvature },
    ...readComparedRuns(session, step, (other, at) => other.value("curvature", at)),
  ];
}
