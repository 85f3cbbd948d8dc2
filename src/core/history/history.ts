import type { Tensor } from "../data/problem";
import { limits } from "../limits";
import { type Verdict, verdicts } from "./alpha";
import { DirectionRing } from "./directionRing";
import { type Columns, type Metric, maxDirectionSize, metricNames, type NormKind } from "./metrics";
import type { Spread } from "./series/sample";
import { type Extremes, type Quantity, Series } from "./series/series";
import { Tally } from "./series/tally";
import { ratioBin, ratioBins } from "./stepRatio";

const minimum = verdicts.indexOf("minimum");

/** A metric, or the norms of one tensor. */
export type SeriesName = Metric | { readonly norm: NormKind; readonly tensor: number };

/** Consecutive steps, both ends included. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export type Bucket = Range & Readonly<Extremes>;
export type VerdictBucket = Range & { readonly counts: Readonly<Record<Verdict, number>> };

/** A histogram of lr/α*, and the number of steps without a minimum ahead. */
export interface RatioCounts {
  readonly bins: Uint32Array;
  readonly without: number;
}

/** The columns that the views of a run share. */
interface Shared {
  readonly metrics: Readonly<Record<Metric, Series>>;
  readonly norms: Readonly<Record<NormKind, readonly Series[]>>;
  /** α* of the minibatch and of the next one for the verdict `minimum`, else NaN: the positive values, for logarithmic axes. */
  readonly alphaAhead: Series;
  readonly nextAlphaAhead: Series;
  readonly verdicts: Tally;
  /** The bin of lr/α*; the last class is for steps with any other verdict. */
  readonly ratios: Tally;
  /** The same for α* of the next minibatch, with one more class for steps that were not judged. */
  readonly nextRatios: Tally;
  readonly directions: DirectionRing;
}

/**
 * Every measured step of a run, in columns. Queries take the same time for a run of any length: extremes come
 * from a pyramid over each column, and counts of verdicts from cumulative counts. Steps are counted from 1.
 *
 * After a run has gone back, the history has measured steps after the current step `length`. All queries use the steps up
 * to `length` only; `whole` is a view of all measured steps. A replay gives the same numbers, so these steps stay until a
 * branch begins (`truncate`).
 */
export class History {
  readonly tensors: readonly Tensor[];
  /** Whether d is recorded at every step; otherwise only the latest d is available. */
  readonly recordsDirections: boolean;
  readonly #shared: Shared;
  /** The current step of a run that has gone back; null at the last measured step. */
  #position: number | null = null;

  constructor(tensors: readonly Tensor[], recordsDirections?: boolean, shared?: Shared) {
    const parameters = tensors.reduce((total, { size }) => total + size, 0);
    this.tensors = tensors;
    this.recordsDirections = recordsDirections ?? parameters <= maxDirectionSize;
    const perTensor = () => tensors.map(() => new Series());
    this.#shared = shared ?? {
      metrics: Object.fromEntries(metricNames.map((name) => [name, new Series()])) as Record<Metric, Series>,
      norms: { gradNorms: perTensor(), directionNorms: perTensor() },
      alphaAhead: new Series(),
      nextAlphaAhead: new Series(),
      verdicts: new Tally(verdicts.length),
      ratios: new Tally(ratioBins + 1),
      nextRatios: new Tally(ratioBins + 2),
      directions: new DirectionRing(parameters),
    };
  }

  /** The current step of the run; 0 before the first step. */
  get length(): number {
    return this.#position ?? this.measuredSteps;
  }

  /** The last measured step of this run, which is after `length` when the run has gone back. */
  get measuredSteps(): number {
    return this.#shared.metrics.loss.length;
  }

  /** A view of all measured steps on the same columns, which changes with this history. */
  get whole(): History {
    return new History(this.tensors, this.recordsDirections, this.#shared);
  }

  /** An independent copy of all measured steps, without d: the previous branch. */
  copy(): History {
    const { metrics, norms, alphaAhead, nextAlphaAhead, verdicts: counts, ratios, nextRatios } = this.#shared;
    const copied = (series: readonly Series[]) => series.map((each) => each.copy());
    return new History(this.tensors, this.recordsDirections, {
      metrics: Object.fromEntries(metricNames.map((name) => [name, metrics[name].copy()])) as Record<Metric, Series>,
      norms: { gradNorms: copied(norms.gradNorms), directionNorms: copied(norms.directionNorms) },
      alphaAhead: alphaAhead.copy(),
      nextAlphaAhead: nextAlphaAhead.copy(),
      verdicts: counts.copy(),
      ratios: ratios.copy(),
      nextRatios: nextRatios.copy(),
      directions: new DirectionRing(1),
    });
  }

  /**
   * Appends the steps after the current step. Steps that are already measured have the same numbers and are skipped.
   *
   * @param direction d of the last of these steps, for runs that do not record d at every step
   * @throws RangeError where the first step is not the next one, or the last is above `limits.steps`
   */
  append(columns: Columns, direction: Float64Array | null = null): void {
    const { first, count } = columns;
    if (first !== this.length + 1) throw new RangeError(`Step ${first} cannot follow step ${this.length}.`);
    if (this.length + count > limits.steps) throw new RangeError(`A history has at most ${limits.steps} steps.`);
    const last = this.length + count;
    const skipped = Math.min(count, this.measuredSteps - this.length);
    if (skipped < count) this.#appendRows(columns, skipped);
    this.#moveTo(last);
    if (!this.recordsDirections && direction) this.#shared.directions.setLatest(last, direction);
  }

  /** Appends the rows of `columns` from row `from` on, the first of which follows the last measured step. */
  #appendRows({ first, count, metrics, gradNorms, directionNorms, directions }: Columns, from: number): void {
    const { metrics: series, norms, verdicts: counts, directions: recorded } = this.#shared;
    const rows = count - from;
    for (const name of metricNames) series[name].append(metrics[name], rows, from);
    const stride = this.tensors.length;
    for (let t = 0; t < stride; t++) {
      norms.gradNorms[t]?.append(gradNorms, rows, t + from * stride, stride);
      norms.directionNorms[t]?.append(directionNorms, rows, t + from * stride, stride);
    }
    const { alphaAhead, nextAlphaAhead, ratios, nextRatios } = this.#shared;
    const rates = metrics.lr.subarray(from, count);
    const part = (name: Metric) => metrics[name].subarray(from, count);
    counts.append(part("verdict"), rows);
    appendBestSteps(part("alphaStar"), part("verdict"), rates, alphaAhead, ratios);
    appendBestSteps(part("nextAlphaStar"), part("nextVerdict"), rates, nextAlphaAhead, nextRatios);
    if (!this.recordsDirections) return;
    const parameters = directions.length / (metrics.loss.length || 1);
    recorded.append(first + from, directions.subarray(from * parameters), rows);
  }

  /** The value of a metric; NaN where it is undefined or the step is after `length`. */
  value(metric: Metric, step: number): number {
    return step <= this.length ? this.#shared.metrics[metric].at(step) : Number.NaN;
  }

  /** A view of a metric at the steps `from` … `to`, both included, which is valid until the history changes. */
  values(metric: Metric, from: number, to: number): Float64Array {
    return this.#shared.metrics[metric].slice(from, Math.min(to, this.length));
  }

  norm(kind: NormKind, tensor: number, step: number): number {
    return step <= this.length ? (this.#shared.norms[kind][tensor]?.at(step) ?? Number.NaN) : Number.NaN;
  }

  verdict(step: number): Verdict | null {
    return verdicts[this.value("verdict", step)] ?? null;
  }

  /** The verdict of the next minibatch along d; null where the step was not judged. */
  nextVerdict(step: number): Verdict | null {
    return verdicts[this.value("nextVerdict", step)] ?? null;
  }

  /** d at `step`, P long; null where it is not stored. */
  direction(step: number): Float64Array | null {
    return step >= 1 && step <= this.length ? this.#shared.directions.at(step) : null;
  }

  /**
   * The smallest and the largest finite value in each of at most `buckets` equal parts of the steps `from` … `to`; parts
   * without finite values are absent. `alphaStar` and `nextAlphaStar` include the verdict `minimum` only. O(buckets · log steps).
   */
  minMax(series: SeriesName, from: number, to: number, buckets: number): Bucket[] {
    const source = this.#seriesOf(series);
    return this.#parts(from, to, buckets).flatMap((part) => {
      const extremes = source.extremes(part.from, part.to);
      return extremes ? [{ ...part, ...extremes }] : [];
    });
  }

  /**
   * The distribution of the finite values of a series over the steps `from` … `to`, or of their magnitudes; null where there are
   * none. `alphaStar` and `nextAlphaStar` include the verdict `minimum` only. The rank error is that of `Quantiles`.
   */
  spread(series: SeriesName, from: number, to: number, of: Quantity = "value"): Spread | null {
    return this.#seriesOf(series).spread(from, Math.min(to, this.length), of);
  }

  /** The number of steps with each verdict in each of at most `buckets` equal parts of the steps `from` … `to`. */
  verdictCounts(from: number, to: number, buckets: number): VerdictBucket[] {
    return this.#parts(from, to, buckets).map((part) => {
      const counts = this.#shared.verdicts.counts(part.from, part.to);
      const byName = verdicts.map((verdict, v) => [verdict, counts[v]] as const);
      return { ...part, counts: Object.fromEntries(byName) as Record<Verdict, number> };
    });
  }

  /** The histogram of lr/α* over the steps `from` … `to`. */
  ratioCounts(from: number, to: number): RatioCounts {
    return ratioCountsOf(this.#shared.ratios.counts(from, Math.min(to, this.length)));
  }

  /** The same with α* of the next minibatch, over the steps that were judged. */
  nextRatioCounts(from: number, to: number): RatioCounts {
    return ratioCountsOf(this.#shared.nextRatios.counts(from, Math.min(to, this.length)));
  }

  /**
   * Makes a measured step the current step. Later steps stay.
   * @throws RangeError where the step is not measured
   */
  rewind(step: number): void {
    if (!(step >= 0 && step <= this.measuredSteps)) throw new RangeError(`Step ${step} is not measured.`);
    this.#moveTo(step);
  }

  /** Removes all measured steps after `step`: a branch begins there. */
  truncate(step: number): void {
    const { metrics, norms, ...others } = this.#shared;
    const columns = [...Object.values(metrics), ...norms.gradNorms, ...norms.directionNorms];
    for (const column of [...columns, ...Object.values(others)]) column.truncate(step);
    this.#moveTo(Math.min(this.length, step));
  }

  #moveTo(step: number): void {
    this.#position = step < this.measuredSteps ? step : null;
  }

  #seriesOf(name: SeriesName): Series {
    const { metrics, norms, alphaAhead, nextAlphaAhead } = this.#shared;
    if (name === "alphaStar") return alphaAhead;
    if (name === "nextAlphaStar") return nextAlphaAhead;
    if (typeof name === "string") return metrics[name];
    const series = norms[name.norm][name.tensor];
    if (!series) throw new RangeError(`There is no tensor ${name.tensor}.`);
    return series;
  }

  /** The steps `from` … `to` up to `length`, divided into equal parts of at least one step each. */
  #parts(from: number, to: number, buckets: number): Range[] {
    const first = Math.max(1, Math.ceil(from));
    const steps = Math.max(0, Math.min(this.length, Math.floor(to)) - first + 1);
    const count = Math.min(steps, Math.max(1, Math.floor(buckets)));
    const edge = (part: number) => first + Math.floor((part * steps) / count);
    return Array.from({ length: count }, (_, part) => ({ from: edge(part), to: edge(part + 1) - 1 }));
  }
}

/** Appends α* of steps with a minimum ahead, and the bins of lr/α*; a verdict that is NaN has the last class of `ratios`. */
function appendBestSteps(
  alphaStars: Float64Array,
  kinds: Float64Array,
  rates: Float64Array,
  ahead: Series,
  ratios: Tally,
): void {
  const best = alphaStars.slice();
  const bins = best.map((alphaStar, row) => {
    const kind = kinds[row] as number;
    if (kind === minimum) return ratioBin((rates[row] as number) / alphaStar);
    best[row] = Number.NaN;
    return Number.isNaN(kind) ? ratioBins + 1 : ratioBins;
  });
  ahead.append(best, best.length);
  ratios.append(bins, bins.length);
}

const ratioCountsOf = (counts: Uint32Array): RatioCounts => ({
  bins: counts.subarray(0, ratioBins),
  without: counts[ratioBins] as number,
});
