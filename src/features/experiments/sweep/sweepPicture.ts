import { groups, max, median, min, quantile } from "d3-array";
import { type SweepRow, stepsTo } from "../../../core/experiment/runSummary";
import type { SecondKey, SecondValue } from "../../../core/experiment/sweep";
import type { BandRow } from "../../../kit/chart/Band";
import { type Domain, linearDomain, logDomain } from "../../../kit/chart/domains";
import { type Stroke, tensorStroke } from "../../../kit/text/palette";

/** The runs of one value of the setting beside lr, or one quantity of these runs. */
interface SweepSeries extends Stroke {
  readonly key: string;
  /** The median over the seeds. */
  readonly line: readonly { readonly x: number; readonly y: number }[];
  /** From the least to the greatest over the seeds. */
  readonly band: readonly BandRow[];
}

interface SweepDot {
  readonly x: number;
  readonly y: number;
  readonly colour: string;
  readonly row: SweepRow;
}

/** A chart of a sweep. The x axis is logarithmic. */
export interface SweepPicture {
  readonly x: Domain;
  readonly y: Domain;
  readonly scaleY: "log" | "linear";
  readonly series: readonly SweepSeries[];
  /** One for each run on the axes. */
  readonly dots: readonly SweepDot[];
  /** The runs that have diverged or are above the axis, at the top of the plot. */
  readonly above: readonly SweepDot[];
}

/** A logarithmic axis where the usual losses differ by more than this factor. */
const logRatio = 30;
/** A linear axis ends above this quantile of the losses, by a share of its difference to the least. */
const [usual, headroom] = [0.75, 0.3];

/** Stands for the value of a run that has none. */
const farthest = 1e300;

/** The colour of a value by its place in the sweep. */
export const strokeOf = (place: number): Stroke => tensorStroke(2 * place);

/** The name of a value in the legend. */
export const valueName = (key: SecondKey | null, value: SecondValue | null): string =>
  key === null || key === "optimiser" ? String(value) : `${symbols[key]} ${value}`;

const symbols = { batchSize: "B", beta1: "β₁", sigma: "σ" } as const;

/** The final loss of each run against its learning rate, on the training rows or on the held-out rows. */
export function lossPicture(rows: readonly SweepRow[], on: "train" | "held"): SweepPicture {
  const lossOf = (row: SweepRow) => row[on]?.loss ?? Number.NaN;
  const losses = rows.map(lossOf).filter(Number.isFinite);
  const [low, high] = [Math.min(...losses), quantile(losses, usual) ?? Number.NaN];
  const isLog = low > 0 && high / low > logRatio;
  const y = isLog ? logDomain(low, high, null) : linearDomain(low, high + headroom * (high - low), null);
  return { ...pictured(rows, lossOf, y), scaleY: isLog ? "log" : "linear" };
}

/** The median α* of each run against its learning rate, of its own or of the next minibatches. */
export function alphaPicture(rows: readonly SweepRow[], of: "alphaStar" | "nextAlphaStar"): SweepPicture {
  const alphaOf = (row: SweepRow) => row[of] ?? Number.NaN;
  const alphas = rows.flatMap(({ alphaStar, nextAlphaStar }) => [alphaStar, nextAlphaStar]).filter((x) => x !== null);
  const y = logDomain(Math.min(...alphas), Math.max(...alphas), null);
  return { ...pictured(rows, alphaOf, y), scaleY: "log", above: [] };
}

/**
 * The steps to a loss on the training rows. In a sweep of the batch size: against the batch size, each with its best learning rate,
 * that of the fewest steps in the median over the seeds. Else against the learning rate.
 */
export function stepsPicture(rows: readonly SweepRow[], target: number, key: SecondKey | null): SweepPicture {
  const stepsOf = (row: SweepRow) => stepsTo(row, target) ?? farthest;
  const reached = rows.map(stepsOf).filter(isKnown);
  const y = logDomain(Math.min(...reached), Math.max(...reached), null);
  if (key !== "batchSize") return { ...pictured(rows, stepsOf, y), scaleY: "log" };
  const best = groups(rows, ({ value }) => value).flatMap(([, ofValue]) => {
    const byRate = groups(ofValue, ({ lr }) => lr).map(([, ofRate]) => ofRate);
    const fewest = min(byRate, (ofRate) => median(ofRate, stepsOf));
    return byRate.find((ofRate) => median(ofRate, stepsOf) === fewest) ?? [];
  });
  const sizeOf = ({ value }: SweepRow) => Number(value);
  return { ...pictured(best, stepsOf, y, sizeOf, () => "all"), scaleY: "log" };
}

/** The least final loss that a run of every value reaches with its best learning rate, to three digits upwards: a target. */
export function reachableLoss(rows: readonly SweepRow[]): number | null {
  const best = groups(rows, ({ value }) => value).flatMap(([, ofValue]) => {
    const medians = groups(ofValue, ({ lr }) => lr).map(([, ofRate]) => median(ofRate, finalLoss));
    return min(medians.filter(isKnown)) ?? [];
  });
  const loss = max(best);
  if (loss === undefined || loss <= 0) return null;
  const digit = 10 ** (Math.floor(Math.log10(loss)) - 2);
  return Number((Math.ceil(loss / digit + 1) * digit).toPrecision(3));
}

/** Series by value, over the learning rate by default. */
function pictured(
  rows: readonly SweepRow[],
  of: (row: SweepRow) => number,
  y: Domain,
  at = ({ lr }: SweepRow) => lr,
  seriesOf = ({ value }: SweepRow) => String(value),
): Omit<SweepPicture, "scaleY"> {
  const values = [...new Set(rows.map(seriesOf))];
  const colourOf = (row: SweepRow) => strokeOf(values.indexOf(seriesOf(row))).colour;
  const series = groups(rows, seriesOf).map(([key, own], place): SweepSeries => {
    const parts = groups(own, at)
      .map(([x, part]) => ({ x, all: part.map(of).map(worstOf) }))
      .sort((a, b) => a.x - b.x);
    const known = parts.filter(({ all }) => isKnown(median(all)));
    return {
      key,
      ...strokeOf(place),
      line: known.map(({ x, all }) => ({ x, y: median(all) as number })),
      band: known.map(({ x, all }) => ({ x, lo: Math.min(...all), hi: Math.max(...all) })),
    };
  });
  const dots = rows.map((row) => ({ x: at(row), y: worstOf(of(row)), colour: colourOf(row), row }));
  const xs = rows.map(at);
  return {
    x: logDomain(Math.min(...xs), Math.max(...xs), null),
    y,
    series,
    dots: dots.filter((dot) => dot.y <= y.hi && dot.y >= y.lo),
    above: dots.filter((dot) => dot.y > y.hi).map((dot) => ({ ...dot, y: y.hi })),
  };
}

/** A run without a value is beyond every value. Not infinite: d3's quantiles are NaN beside infinite values. */
const worstOf = (value: number): number => (value < farthest ? value : farthest);
const finalLoss = ({ train }: SweepRow): number => worstOf(train.loss);
/** Whether a median has a value: not where half of its runs or more have none. */
const isKnown = (value: number | undefined): value is number => value !== undefined && value < farthest / 4;
