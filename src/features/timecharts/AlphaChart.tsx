import type { Verdict } from "../../core/history/alpha";
import type { LegendEntry } from "../../kit/chart/Legend";
import type { ReadingLine } from "../../kit/chart/Reading";
import type { ChartSource } from "../../kit/redraw/source";
import { formatNumber, formatPower } from "../../kit/text/format";
import { palette } from "../../kit/text/palette";
import { spreadEntry } from "../../kit/timechart/DistributionMarks";
import { readComparedRuns } from "../../kit/timechart/runReadings";
import { timeChart } from "../../kit/timechart/TimeChart";
import { alphaPicture } from "./alphaPicture";

const legend: readonly LegendEntry[] = [
  { label: "lr", colour: palette.lr, shape: "line", quantity: "lr" },
  { label: "α*", colour: palette.alphaStar, shape: "dot", quantity: "alphaStar" },
  { label: "next batch", colour: palette.alphaStar, shape: "hollow-dot" },
  spreadEntry(palette.alphaStar),
  { label: "uphill", colour: palette.lr, shape: "triangle" },
  { label: "negative curvature", colour: palette.curvature, shape: "square" },
  { label: "flat", colour: palette.muted, shape: "diamond" },
];
const bestLook = { colour: palette.alphaStar, shape: "filled", className: "of-alpha-star" } as const;
const nextLook = { colour: palette.alphaStar, dash: "5 3", shape: "outlined" } as const;
const rateLook = { stroke: palette.lr, strokeWidth: 2 };

/** α* of the minibatch and of the next one, and the learning rate, on one logarithmic axis; a step without a minimum is a mark at the bottom edge. */
export const AlphaChart = timeChart({
  name: ({ size }) =>
    `α* and learning rate at every step, logarithmic${size > 1 ? `; each column spans ${size} steps` : ""}`,
  scale: () => "log",
  formatY: formatPower,
  quantity: "alphaStar",
  legend: () => legend,
  picture: alphaPicture,
  distributions: ({ best, next }) => [
    { of: best, ...bestLook },
    { of: next, ...nextLook },
  ],
  series: ({ rows }) => [{ rows, y: "lr", type: "stepAfter", className: "of-lr", look: rateLook }],
  marks: ({ without }) => [
    { marks: without.behind, shape: "triangle", className: "mark-behind", lane: 0 },
    { marks: without.concave, shape: "square", className: "mark-concave", lane: 1 },
    { marks: without.flat, shape: "diamond", className: "mark-flat", lane: 2 },
  ],
  read: readAlpha,
});

const withoutMinimum: Readonly<Record<Exclude<Verdict, "minimum">, string>> = {
  behind: "≤ 0, uphill",
  concave: "none, negative curvature",
  flat: "none, flat",
  diverged: "none, diverged",
};

function readAlpha(source: ChartSource, step: number): ReadingLine[] {
  const history = source.history();
  const verdict = history.verdict(step);
  if (!verdict) return [];
  const next = history.nextVerdict(step);
  const text = (metric: "alphaStar" | "nextAlphaStar", of: Verdict) =>
    of === "minimum" ? formatNumber(history.value(metric, step), 4) : withoutMinimum[of];
  return [
    { label: "α*", value: text("alphaStar", verdict), colour: palette.alphaStar },
    ...(next ? [{ label: "next batch", value: text("nextAlphaStar", next), colour: palette.alphaStar }] : []),
    { label: "lr", value: formatNumber(history.value("lr", step), 3), colour: palette.lr },
    ...readComparedRuns(source, step, (other, at) =>
      other.verdict(at) === "minimum" ? other.value("alphaStar", at) : Number.NaN,
    ),
  ];
}
