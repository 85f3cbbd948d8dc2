import { type Domain, linearDomain } from "../../kit/chart/domains";
import type { LegendEntry } from "../../kit/chart/Legend";
import type { ReadingLine } from "../../kit/chart/Reading";
import type { ChartSource } from "../../kit/redraw/source";
import { formatNumber, formatTick } from "../../kit/text/format";
import { palette, tensorStroke } from "../../kit/text/palette";
import { spreadEntry } from "../../kit/timechart/DistributionMarks";
import { type Distribution, distributionOf, medianRows, shownRange } from "../../kit/timechart/distribution";
import { extentWith, type RunLine, runLines } from "../../kit/timechart/runLines";
import { readComparedRuns } from "../../kit/timechart/runReadings";
import { timeChart } from "../../kit/timechart/TimeChart";
import { currentAxis } from "../../kit/timechart/zoom";

interface NormPicture {
  readonly x: Domain;
  readonly y: Domain;
  /** ‖d‖ of each tensor. */
  readonly norms: readonly Distribution[];
  /** With other runs drawn, ‖d‖ of all tensors. */
  readonly total: Distribution | null;
  readonly names: readonly string[];
  readonly lines: readonly RunLine[];
}

const entry = { shape: "line", quantity: "direction" } as const satisfies Partial<LegendEntry>;
/** ‖d‖ of all tensors together, the norm by which runs are compared. */
const total = "directionNorm";
const totalLook = { colour: palette.muted, shape: "filled" } as const;

/** ‖d‖ of each tensor over the steps. */
export const NormChart = timeChart({
  name: () => "Norm of d per tensor",
  scale: () => "linear",
  formatY: formatTick,
  quantity: "direction",
  legend: ({ names, total }) => [
    ...names.map((name, t) => ({ label: shortName(name), ...tensorStroke(t), ...entry })),
    ...(total ? [{ label: "all", colour: palette.muted, ...entry }] : []),
    spreadEntry(palette.muted),
  ],
  picture: normPicture,
  distributions: ({ norms, total }) => [
    ...norms.map((of, t) => {
      // Weights and biases of a layer share a colour.
      const shape = t % 2 === 0 ? ("filled" as const) : ("outlined" as const);
      return { of, ...tensorStroke(t), shape, className: "of-direction" };
    }),
    ...(total ? [{ of: total, ...totalLook }] : []),
  ],
  read: readNorms,
});

function normPicture(source: ChartSource, before: NormPicture | null, width: number): NormPicture {
  const history = source.history();
  const names = history.tensors.map(({ name }) => name);
  const { x, partsOn } = currentAxis(source, width);
  const parts = partsOn(history);
  const lines = runLines(source, (other) => medianRows(other, partsOn(other), total));
  const norms = names.map((_, tensor) => distributionOf(history, parts, { norm: "directionNorms", tensor }));
  const all = lines.length > 0 ? distributionOf(history, parts, total) : null;
  const [, max] = extentWith(lines, shownRange(all ? [...norms, all] : norms, "linear"));
  const y = linearDomain(max >= 0 ? 0 : Number.NaN, max, before?.y ?? null);
  return { norms, total: all, names, x, y, lines };
}

/** fc1.w for fc1.weight. */
const shortName = (name: string) => name.replace(/(\.[wb])\w+$/, "$1");

function readNorms(source: ChartSource, step: number): ReadingLine[] {
  const history = source.history();
  const own = history.tensors.map(({ name }, t) => ({
    label: shortName(name),
    value: formatNumber(history.norm("directionNorms", t, step), 4),
    colour: tensorStroke(t).colour,
  }));
  return [...own, ...readComparedRuns(source, step, (other, at) => other.value("directionNorm", at))];
}
