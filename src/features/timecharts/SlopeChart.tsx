import { quantile } from "d3-array";
import { type Domain, logDomain } from "../../kit/chart/domains";
import type { LegendEntry } from "../../kit/chart/Legend";
import type { ReadingLine } from "../../kit/chart/Reading";
import { extentOf, type Row, rowsOf } from "../../kit/chart/rows";
import type { ChartSource } from "../../kit/redraw/source";
import { formatNumber, formatPower } from "../../kit/text/format";
import { palette } from "../../kit/text/palette";
import { extentWith, type RunLine, runLines } from "../../kit/timechart/runLines";
import { readComparedRuns } from "../../kit/timechart/runReadings";
import { timeChart } from "../../kit/timechart/TimeChart";
import { currentAxis } from "../../kit/timechart/zoom";

interface SlopePicture {
  readonly x: Domain;
  readonly y: Domain;
  /** Signed `slope` and `curvature`. */
  readonly rows: readonly Row[];
  readonly lines: readonly RunLine[];
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
 * The magnitudes of slope and curvature along d on one logarithmic axis. A hollow mark shows an unusual sign: slope ≥ 0,
 * curvature ≤ 0.
 */
export const SlopeChart = timeChart({
  name: () => "Slope and curvature along d, magnitudes, logarithmic",
  scale: () => "log",
  formatY: formatPower,
  legend: () => legend,
  picture: slopePicture,
  series: ({ rows }) => [
    { rows, y: slopeSize, className: "of-slope", look: slopeLook },
    { rows, y: curvatureSize, className: "of-curvature", look: curvatureLook },
  ],
  marks: (picture) => [
    { marks: marksAt(picture, "slope", (x) => x >= 0), shape: "triangle", className: "mark-slope" },
    { marks: marksAt(picture, "curvature", (x) => x <= 0), shape: "square", className: "mark-curvature" },
  ],
  read: readSlope,
});

/** The steps with an unusual sign, at the height of the magnitude; without a height, at the bottom edge, below the axis. */
function marksAt({ rows, y }: SlopePicture, key: "slope" | "curvature", isUnusual: (value: number) => boolean) {
  return rows.flatMap(({ step, [key]: value }) => {
    if (value === null || value === undefined || !isUnusual(value)) return [];
    return [Math.abs(value) < y.lo ? { step } : { step, value: Math.abs(value) }];
  });
}

/** This share of the smallest values may be below the axis: a slope that changes sign comes arbitrarily near to zero. */
const belowAxis = 0.03;

const size = (value: number | null | undefined) => (value ? Math.abs(value) : null);
const slopeSize = (row: Row) => size(row.slope);
const curvatureSize = (row: Row) => size(row.curvature);

function slopePicture(source: ChartSource, before: SlopePicture | null): SlopePicture {
  const history = source.history();
  const { x, partsOn } = currentAxis(source);
  // Of other runs only the curvature: two lines for each run are too many to follow.
  const lines = runLines(source, (other) =>
    rowsOf(other, partsOn(other), { curvature: "curvature" }).map((row) => ({
      step: row.step,
      value: curvatureSize(row),
    })),
  );
  const rows = rowsOf(history, partsOn(history), { slope: "slope", curvature: "curvature" });
  const sizes = rows
    .flatMap(({ slope, curvature }) => [size(slope), size(curvature)])
    .filter((value) => value !== null);
  const min = quantile(sizes, belowAxis) ?? Number.NaN;
  const [, max] = extentWith(lines, extentOf(rows, ["slope", "curvature"], Math.abs));
  return { rows, x, y: logDomain(min, max, before?.y ?? null), lines };
}

function readSlope(source: ChartSource, step: number): ReadingLine[] {
  const history = source.history();
  return [
    { label: "dᵀg", value: formatNumber(history.value("slope", step), 4), colour: palette.slope },
    { label: "dᵀHd", value: formatNumber(history.value("curvature", step), 4), colour: palette.curvature },
    ...readComparedRuns(source, step, (other, at) => other.value("curvature", at)),
  ];
}
