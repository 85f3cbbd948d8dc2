import { type Verdict, verdicts } from "./alpha";
import { type Columns, type Metric, maxDirectionSize, metricNames } from "./columns";
import { Directions } from "./directions";
import type { Tensor } from "./problem";
import { type Extremes, Series } from "./pyramid";
import { ratioBin, ratioBins } from "./stepRatio";
import { Tally } from "./tally";

const minimum = verdicts.indexOf("minimum");

export type NormKind = "gradNorms" | "directionNorms";

/** A metric, or one tensor's norms. */
export type SeriesName = Metric | { readonly norm: NormKind; readonly tensor: number };

/** Consecutive steps, both ends included. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export type Bucket = Range & Readonly<Extremes>;
export type VerdictBucket = Range & { readonly counts: Readonly<Record<Verdict, number>> };

/**
 * Every measured step of a run, in columns. What charts ask for costs the same at any length: least and greatest values
 * come from a pyramid over each column, and counts of verdicts from running totals. Steps count from 1.
 */
export class History {
  /** The most steps a history takes; a run stops there. */
  static readonly capacity = 1_000_000;

  readonly tensors: readonly Tensor[];
  /** Whether every step's d is recorded; otherwise only the latest one is known. */
  readonly recordsDirections: boolean;
  readonly #metrics: Readonly<Record<Metric, Series>>;
  readonly #norms: Readonly<Record<NormKind, readonly Series[]>>;
  /** α* where the verdict is `minimum`, else NaN: what a logarithmic axis can show. */
  readonly #alphaAhead = new Series();
  readonly #verdicts = new Tally(verdicts.length);
  /** The bin of lr/α*; one class more for steps without a minimum. */
  readonly #ratios = new Tally(ratioBins + 1);
  readonly #directions: Directions;

  constructor(tensors: readonly Tensor[], recordsDirections?: boolean) {
    const parameters = tensors.reduce((total, { size }) => total + size, 0);
    this.tensors = tensors;
    this.recordsDirections = recordsDirections ?? parameters <= maxDirectionSize;
    this.#metrics = Object.fromEntries(metricNames.map((name) => [name, new Series()])) as Record<Metric, Series>;
    const perTensor = () => tensors.map(() => new Series());
    this.#norms = { gradNorms: perTensor(), directionNorms: perTensor() };
    this.#directions = new Directions(parameters);
  }

  /** The last step measured; 0 before the first. */
  get length(): number {
    return this.#metrics.loss.length;
  }

  /**
   * Takes the steps that follow the last.
   *
   * @param direction d of the last of these steps, for runs that do not record every step's
   * @throws RangeError when the columns do not begin where the history ends, or exceed its capacity
   */
  append(columns: Columns, direction?: Float64Array): void {
    const { first, count } = columns;
    if (first !== this.length + 1) throw new RangeError(`Step ${first} cannot follow step ${this.length}.`);
    if (this.length + count > History.capacity) throw new RangeError(`A history ends at step ${History.capacity}.`);
    const { metrics, gradNorms, directionNorms, directions } = columns;
    for (const name of metricNames) this.#metrics[name].append(metrics[name], count);
    const stride = this.tensors.length;
    for (let t = 0; t < stride; t++) {
      this.#norms.gradNorms[t]?.append(gradNorms, count, t, stride);
      this.#norms.directionNorms[t]?.append(directionNorms, count, t, stride);
    }
    const ahead = metrics.alphaStar.slice(0, count);
    const ratios = new Float64Array(count);
    for (let row = 0; row < count; row++) {
      const isAhead = metrics.verdict[row] === minimum;
      ratios[row] = isAhead ? ratioBin((metrics.lr[row] as number) / (ahead[row] as number)) : ratioBins;
      if (!isAhead) ahead[row] = Number.NaN;
    }
    this.#alphaAhead.append(ahead, count);
    this.#verdicts.append(metrics.verdict, count);
    this.#ratios.append(ratios, count);
    if (this.recordsDirections) this.#directions.append(first, directions, count);
    else if (direction) this.#directions.setLatest(this.length, direction);
  }

  /** NaN where the step has no such value, or is not measured. */
  value(metric: Metric, step: number): number {
    return this.#metrics[metric].at(step);
  }

  /** A metric at the steps `from` … `to`, both included: a view that holds until the history changes. */
  values(metric: Metric, from: number, to: number): Float64Array {
    return this.#metrics[metric].slice(from, to);
  }

  norm(kind: NormKind, tensor: number, step: number): number {
    return this.#norms[kind][tensor]?.at(step) ?? Number.NaN;
  }

  verdict(step: number): Verdict | null {
    return verdicts[this.value("verdict", step)] ?? null;
  }

  /** d at `step`, P long, as long as it is among the most recent; else null. */
  direction(step: number): Float64Array | null {
    return step >= 1 && step <= this.length ? this.#directions.at(step) : null;
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
      const counts = this.#verdicts.counts(part.from, part.to);
      const byName = verdicts.map((verdict, v) => [verdict, counts[v]] as const);
      return { ...part, counts: Object.fromEntries(byName) as Record<Verdict, number> };
    });
  }

  /** The histogram of lr/α* over the steps `from` … `to`, and how many of them have no minimum ahead. */
  ratioCounts(from: number, to: number): { readonly bins: Uint32Array; readonly without: number } {
    const counts = this.#ratios.counts(from, to);
    return { bins: counts.subarray(0, ratioBins), without: counts[ratioBins] as number };
  }

  /** Drops all steps after `step`. */
  truncate(step: number): void {
    const { gradNorms, directionNorms } = this.#norms;
    for (const series of [...Object.values(this.#metrics), ...gradNorms, ...directionNorms]) series.truncate(step);
    this.#alphaAhead.truncate(step);
    this.#verdicts.truncate(step);
    this.#ratios.truncate(step);
    this.#directions.truncate(step);
  }

  #seriesOf(name: SeriesName): Series {
    if (name === "alphaStar") return this.#alphaAhead;
    if (typeof name === "string") return this.#metrics[name];
    const series = this.#norms[name.norm][name.tensor];
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
