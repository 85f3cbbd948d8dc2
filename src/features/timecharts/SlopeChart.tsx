import { type Domain, logDomain, withLanes, withoutLanes } from "../../kit/chart/domains";
import type { LegendEntry } from "../../kit/chart/Legend";
import type { ReadingLine } from "../../kit/chart/Reading";
import { bucketsOf, type Row } from "../../kit/chart/rows";
import type { ChartSource } from "../../kit/redraw/source";
import { formatNumber, formatPower } from "../../kit/text/format";
import { palette } from "../../kit/text/palette";
import { spreadEntry } from "../../kit/timechart/DistributionMarks";
import { type Distribution, distributionOf, medianRows, shownRange } from "../../kit/timechart/distribution";
import { extentWith, type RunLine, runLines } from "../../kit/timechart/runLines";
import { readComparedRuns } from "../../kit/timechart/runReadings";
import { timeChart } from "../../kit/timechart/TimeChart";
import { currentAxis } from "../../kit/timechart/zoom";

interface SlopePicture {
  readonly x: Domain;
  readonly y: Domain;
  /** The magnitudes. */
  readonly slopes: Distribution;
  readonly curvatures: Distribution;
  /** The medians of dᵀGd, each with a `value`. */
  readonly gaussNewton: readonly Row[];
  /** Steps with an unusual sign, at most one in a part: slope ≥ 0, curvature ≤ 0. */
  readonly unusual: Readonly<Record<"slope" | "curvature", readonly { readonly step: number }[]>>;
  readonly lines: readonly RunLine[];
}

const legend: readonly LegendEntry[] = [
  { label: "|dᵀg|", colour: palette.slope, shape: "line", dash: "5 3", quantity: "slope" },
  { label: "|dᵀHd|", colour: palette.curvature, shape: "line", quantity: "curvature" },
  { label: "dᵀGd", colour: palette.curvature, shape: "line", dash: "2 3" },
  spreadEntry(palette.muted),
  { label: "dᵀg ≥ 0", colour: palette.slope, shape: "hollow-triangle" },
  { label: "dᵀHd ≤ 0", colour: palette.curvature, shape: "hollow-square" },
];
const slopeLook = { colour: palette.slope, dash: "5 3", shape: "outlined", className: "of-slope" } as const;
const gaussLook = { stroke: palette.curvature, strokeWidth: 1.4, strokeDasharray: "2 3" };
const curvatureLook = { colour: palette.curvature, shape: "filled", className: "of-curvature" } as const;

/**
 * The magnitudes of slope and curvature along d on one logarithmic axis, and the Gauss–Newton part of the curvature. A hollow mark
 * at the bottom edge shows an unusual sign: slope ≥ 0, curvature ≤ 0.
 */
export const SlopeChart = timeChart({
  name: () => "Slope and curvature along d, magnitudes, logarithmic",
  scale: () => "log",
  formatY: formatPower,
  legend: () => legend,
  picture: slopePicture,
  distributions: ({ slopes, curvatures }) => [
    { of: curvatures, ...curvatureLook },
    { of: slopes, ...slopeLook },
  ],
  series: ({ gaussNewton }) => [{ rows: gaussNewton, y: "value", look: gaussLook, above: true }],
  marks: ({ unusual: { slope, curvature } }) => [
    { marks: slope, shape: "triangle", className: "mark-slope", lane: 0 },
    { marks: curvature, shape: "square", className: "mark-curvature", lane: 1 },
  ],
  read: readSlope,
});

function slopePicture(source: ChartSource, before: SlopePicture | null, width: number): SlopePicture {
  const history = source.history();
  const { x, partsOn } = currentAxis(source, width);
  const parts = partsOn(history);
  // Of other runs only the curvature: two lines for each run are too many to follow.
  const lines = runLines(source, (other) => medianRows(other, partsOn(other), "curvature", "magnitude"));
  const slopes = distributionOf(history, parts, "slope", "magnitude");
  const curvatures = distributionOf(history, parts, "curvature", "magnitude");
  const gaussNewton = medianRows(history, parts, "gaussNewton");
  const [min, max] = extentWith(lines, shownRange([slopes, curvatures], "log"));
  const unusual = {
    slope: bucketsOf(history, parts, "slope").flatMap(({ max, maxStep }) => (max >= 0 ? [{ step: maxStep }] : [])),
    curvature: bucketsOf(history, parts, "curvature").flatMap(({ min, minStep }) =>
      min <= 0 ? [{ step: minStep }] : [],
    ),
  };
  const y = withLanes(logDomain(min, max, before && withoutLanes(before.y)));
  return { slopes, curvatures, gaussNewton, unusual, x, y, lines };
}

function readSlope(source: ChartSource, step: number): ReadingLine[] {
  const history = source.history();
  const [curvature, gaussNewton] = [history.value("curvature", step), history.value("gaussNewton", step)];
  const rest = Number.isNaN(gaussNewton)
    ? []
    : [
        { label: "dᵀGd", value: gaussNewton },
        { label: "rest", value: curvature - gaussNewton },
      ];
  return [
    { label: "dᵀg", value: formatNumber(history.value("slope", step), 4), colour: palette.slope },
    { label: "dᵀHd", value: formatNumber(curvature, 4), colour: palette.curvature },
    ...rest.map(({ label, value }) => ({ label, value: formatNumber(value, 4), colour: palette.curvature })),
    ...readComparedRuns(source, step, (other, at) => other.value("curvature", at)),
  ];
}
