import type { Tensor } from "../data/problem";
import { limits } from "../limits";
import { type Verdict, verdicts } from "./alpha";
import { DirectionRing } from "./directionRing";
import { type Columns, type Metric, maxDirectionSize, metricNames, type NormKind } from "./metrics";
import { type Extremes, Series } from "./pyramid";
import { ratioBin, ratioBins } from "./stepRatio";
import { Tally } from "./tally";

const minimum = verdicts.indexOf("minimum");

/** A metric, or one tensor's norms. */
export type SeriesName = Metric | { readonly norm: NormKind; readonly tensor: number };

/** Consecutive steps, both ends included. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export type Bucket = Range & Readonly<Extremes>;
export type VerdictBucket = Range & { readonly counts: Readonly<Record<Verdict, number>> };

/** The columns that views of one run share. */
interface Shared {
  readonly metrics: Readonly<Record<Metric, Series>>;
  readonly norms: Readonly<Record<NormKind, readonly Series[]>>;
  /** α* where the verdict is `minimum`, else NaN: what a logarithmic axis can show. */
  readonly alphaAhead: Series;
  readonly verdicts: Tally;
  /** The bin of lr/α*; one class more for steps without a minimum. */
  readonly ratios: Tally;
  readonly directions: DirectionRing;
}

/**
 * Every measured step of a run, in columns. What charts ask for costs the same at any length: least and greatest values
 * come from a pyramid over each column, and counts of verdicts from running totals. Steps count from 1.
 *
 * A run that has gone back stands before the end of what is known of it: everything here answers for the steps up to
 * `length`, and `whole` for all of them. The same run gives the same steps again, so what is known is never dropped
 * until the run takes another way (`truncate`).
 */
export class History {
  readonly tensors: readonly Tensor[];
  /** Whether every step's d is recorded; otherwise only the latest one is known. */
  readonly recordsDirections: boolean;
  readonly #shared: Shared;
  /** The last step of a run that has gone back; null at the end of what is known. */
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
      verdicts: new Tally(verdicts.length),
      ratios: new Tally(ratioBins + 1),
      directions: new DirectionRing(parameters),
    };
  }

  /** The last step of the run as it stands; 0 before the first. */
  get length(): number {
    return this.#position ?? this.measuredSteps;
  }

  /** The last step ever measured of this run: beyond `length` where it has gone back. */
  get measuredSteps(): number {
    return this.#shared.metrics.loss.length;
  }

  /** All steps known, in a view on the same columns: it grows, and ends, with this history. */
  get whole(): History {
    return new History(this.tensors, this.recordsDirections, this.#shared);
  }

  /** All steps known, in columns of their own, without their d: what stays of a run that takes another way. */
  copy(): History {
    const { metrics, norms, alphaAhead, verdicts: passed, ratios } = this.#shared;
    const copied = (series: readonly Series[]) => series.map((each) => each.copy());
    return new History(this.tensors, this.recordsDirections, {
      metrics: Object.fromEntries(metricNames.map((name) => [name, metrics[name].copy()])) as Record<Metric, Series>,
      norms: { gradNorms: copied(norms.gradNorms), directionNorms: copied(norms.directionNorms) },
      alphaAhead: alphaAhead.copy(),
      verdicts: passed.copy(),
      ratios: ratios.copy(),
      directions: new DirectionRing(1),
    });
  }

  /**
   * Takes the steps that follow the last. Those already known are the same numbers, and are not taken again.
   *
   * @param direction d of the last of these steps, for runs that do not record every step's
   * @throws RangeError when the columns do not begin where the history ends, or exceed its capacity
   */
  append(columns: Columns, direction?: Float64Array): void {
    const { first, count } = columns;
    if (first !== this.length + 1) throw new RangeError(`Step ${first} cannot follow step ${this.length}.`);
    if (this.length + count > limits.steps) throw new RangeError(`A history ends at step ${limits.steps}.`);
    const last = this.length + count;
    const again = Math.min(count, this.measuredSteps - this.length);
    if (again < count) this.#take(columns, again);
    this.#stand(last);
    if (!this.recordsDirections && direction) this.#shared.directions.setLatest(last, direction);
  }

  /** Takes the rows of `columns` from row `from` on, which follow what is known. */
  #take({ first, count, metrics, gradNorms, directionNorms, directions }: Columns, from: number): void {
    const { metrics: series, norms, alphaAhead, verdicts: passed, ratios, directions: recorded } = this.#shared;
    const rows = count - from;
    for (const name of metricNames) series[name].append(metrics[name], rows, from);
    const stride = this.tensors.length;
    for (let t = 0; t < stride; t++) {
      norms.gradNorms[t]?.append(gradNorms, rows, t + from * stride, stride);
      norms.directionNorms[t]?.append(directionNorms, rows, t + from * stride, stride);
    }
    const verdict = metrics.verdict.subarray(from, count);
    const ahead = metrics.alphaStar.slice(from, count);
    const bins = new Float64Array(rows);
    for (let row = 0; row < rows; row++) {
      const isAhead = verdict[row] === minimum;
      bins[row] = isAhead ? ratioBin((metrics.lr[from + row] as number) / (ahead[row] as number)) : ratioBins;
      if (!isAhead) ahead[row] = Number.NaN;
    }
    alphaAhead.append(ahead, rows);
    passed.append(verdict, rows);
    ratios.append(bins, rows);
    if (!this.recordsDirections) return;
    const parameters = directions.length / (metrics.loss.length || 1);
    recorded.append(first + from, directions.subarray(from * parameters), rows);
  }

  /** NaN where the step has no such value, or is not measured. */
  value(metric: Metric, step: number): number {
    return step <= this.length ? this.#shared.metrics[metric].at(step) : Number.NaN;
  }

  /** A metric at the steps `from` … `to`, both included: a view that holds until the history changes. */
  values(metric: Metric, from: number, to: number): Float64Array {
    return this.#shared.metrics[metric].slice(from, Math.min(to, this.length));
  }

  norm(kind: NormKind, tensor: number, step: number): number {
    return step <= this.length ? (this.#shared.norms[kind][tensor]?.at(step) ?? Number.NaN) : Number.NaN;
  }

  verdict(step: number): Verdict | null {
    return verdicts[this.value("verdict", step)] ?? null;
  }

  /** d at `step`, P long, as long as it is among the most recent; else null. */
  direction(step: number): Float64Array | null {
    return step >= 1 && step <= this.length ? this.#shared.directions.at(step) : null;
  }

  /**
   * The least and the greatest finite value in each of at most `buckets` equal parts of the steps `from` … `to`; parts
   * without one are absent. Of `alphaStar` only the steps with the verdict `minimum` count. O(buckets · log steps).
   */
  minMax(series: SeriesName, from: number, to: number, buckets: number): Bucket[] {
    const source = this.#seriesOf(series);
    return this.#parts(from, to, buckets).flatMap((part) => {
      const extremes = source.extremes(part.from, part.to);
      return extremes ? [{ ...part, ...extremes }] : [];
    });
  }

  /** How often each verdict was passed in each of at most `buckets` equal parts of the steps `from` … `to`. */
  verdictCounts(from: number, to: number, buckets: number): VerdictBucket[] {
    return this.#parts(from, to, buckets).map((part) => {
      const counts = this.#shared.verdicts.counts(part.from, part.to);
      const byName = verdicts.map((verdict, v) => [verdict, counts[v]] as const);
      return { ...part, counts: Object.fromEntries(byName) as Record<Verdict, number> };
    });
  }

  /** The histogram of lr/α* over the steps `from` … `to`, and how many of them have no minimum ahead. */
  ratioCounts(from: number, to: number): { readonly bins: Uint32Array; readonly without: number } {
    const counts = this.#shared.ratios.counts(from, Math.min(to, this.length));
    return { bins: counts.subarray(0, ratioBins), without: counts[ratioBins] as number };
  }

  /** Goes back, or on again, to a step that is known; the steps beyond stay known. */
  rewind(step: number): void {
    if (!(step >= 0 && step <= this.measuredSteps)) throw new RangeError(`Step ${step} is not known.`);
    this.#stand(step);
  }

  /** Drops all steps after `step`, also those known: the run goes another way from here. */
  truncate(step: number): void {
    const { metrics, norms, alphaAhead, verdicts: passed, ratios, directions } = this.#shared;
    const columns = [...Object.values(metrics), ...norms.gradNorms, ...norms.directionNorms, alphaAhead];
    for (const column of [...columns, passed, ratios, directions]) column.truncate(step);
    this.#stand(Math.min(this.length, step));
  }

  #stand(step: number): void {
    this.#position = step < this.measuredSteps ? step : null;
  }

  #seriesOf(name: SeriesName): Series {
    const { metrics, norms, alphaAhead } = this.#shared;
    if (name === "alphaStar") return alphaAhead;
    if (typeof name === "string") return metrics[name];
    const series = norms[name.norm][name.tensor];
    if (!series) throw new RangeError(`There is no tensor ${name.tensor}.`);
    return series;
  }

  /** The measured steps of from … to in equal parts, each of one step at least. */
  #parts(from: number, to: number, buckets: number): Range[] {
    const first = Math.max(1, Math.ceil(from));
    const steps = Math.max(0, Math.min(this.length, Math.floor(to)) - first + 1);
    const count = Math.min(steps, Math.max(1, Math.floor(buckets)));
    const edge = (part: number) => first + Math.floor((part * steps) / count);
    return Array.from({ length: count }, (_, part) => ({ from: edge(part), to: edge(part + 1) - 1 }));
  }
}
