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
    ...strokesOf(names).map(({ name, stroke }) => ({ label: shortName(name), ...stroke, ...entry })),
    ...(total ? [{ label: "all", colour: palette.muted, ...entry }] : []),
    spreadEntry(palette.muted),
  ],
  picture: normPicture,
  distributions: ({ names, norms, total }) => [
    ...strokesOf(names).map(({ stroke, first }, t) => {
      const shape = first ? ("filled" as const) : ("outlined" as const);
      return { of: norms[t] as Distribution, ...stroke, shape, className: "of-direction" };
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

/** The stroke of each tensor or module: the tensors of a layer share a colour, and the first one is solid. */
function strokesOf(names: readonly string[]) {
  const layers: string[] = [];
  return names.map((name) => {
    const layer = name.replace(/\.[^.]*(weight|bias)[^.]*$/, "");
    const first = !layers.includes(layer);
    if (first) layers.push(layer);
    return { name, first, stroke: tensorStroke(2 * layers.indexOf(layer) + (first ? 0 : 1)) };
  });
}

/** fc1.w for fc1.weight. */
const shortName = (name: string) => name.replace(/(\.[wb])\w+$/, "$1");

function readNorms(source: ChartSource, step: number): ReadingLine[] {
  const history = source.history();
  const own = strokesOf(history.tensors.map(({ name }) => name)).map(({ name, stroke }, t) => ({
    label: shortName(name),
    value: formatNumber(history.norm("directionNorms", t, step), 4),
    colour: stroke.colour,
  }));
  return [...own, ...readComparedRuns(source, step, (other, at) => other.value("directionNorm", at))];
}
