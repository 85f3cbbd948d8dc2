import type { SeriesName } from "../../core/history/history";
import { type Domain, linearDomain } from "../../kit/chart/domains";
import type { LegendEntry } from "../../kit/chart/Legend";
import type { ReadingLine } from "../../kit/chart/Reading";
import { extentOf, type Row, rowsOf } from "../../kit/chart/rows";
import type { ChartSource } from "../../kit/redraw/source";
import { formatNumber, formatTick } from "../../kit/text/format";
import { palette, tensorStroke } from "../../kit/text/palette";
import { extentWith, type RunLine, runLines } from "../../kit/timechart/runLines";
import { readComparedRuns } from "../../kit/timechart/runReadings";
import { timeChart } from "../../kit/timechart/TimeChart";
import { currentAxis } from "../../kit/timechart/zoom";

interface NormPicture {
  readonly x: Domain;
  readonly y: Domain;
  /** ‖d‖ of each tensor by its name; with other runs drawn, ‖d‖ of all tensors as `directionNorm`. */
  readonly rows: readonly Row[];
  readonly names: readonly string[];
  readonly lines: readonly RunLine[];
}

const entry = { shape: "line", quantity: "direction" } as const satisfies Partial<LegendEntry>;
/** ‖d‖ of all tensors together, the norm by which runs are compared. */
const total = "directionNorm";
const totalLook = { stroke: palette.muted, strokeWidth: 2.4 };

/** ‖d‖ of each tensor over the steps. */
export const NormChart = timeChart({
  name: () => "Norm of d per tensor",
  scale: () => "linear",
  formatY: formatTick,
  quantity: "direction",
  legend: ({ names, lines }) => [
    ...names.map((name, t) => ({ label: shortName(name), ...tensorStroke(t), ...entry })),
    ...(lines.length > 0 ? [{ label: "all", colour: palette.muted, ...entry }] : []),
  ],
  picture: normPicture,
  series: ({ rows, names, lines }) => [
    ...names.map((name, t) => {
      const { colour, dash } = tensorStroke(t);
      const look = { stroke: colour, strokeWidth: 1.8, strokeDasharray: dash };
      return { rows, y: name, className: "of-direction", look };
    }),
    ...(lines.length > 0 ? [{ rows, y: total, look: totalLook }] : []),
  ],
  read: readNorms,
});

function normPicture(source: ChartSource, before: NormPicture | null): NormPicture {
  const history = source.history();
  const names = history.tensors.map(({ name }) => name);
  const { x, partsOn } = currentAxis(source);
  const series = names.map((name, tensor): [string, SeriesName] => [name, { norm: "directionNorms", tensor }]);
  const lines = runLines(source, (other) => rowsOf(other, partsOn(other), { value: total }));
  const totals: [string, SeriesName][] = lines.length > 0 ? [[total, total]] : [];
  const rows = rowsOf(history, partsOn(history), Object.fromEntries([...series, ...totals]));
  const [, max] = extentWith(lines, extentOf(rows, [...names, ...totals.map(([key]) => key)]));
  return { rows, names, x, y: linearDomain(max >= 0 ? 0 : Number.NaN, max, before?.y ?? null), lines };
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
