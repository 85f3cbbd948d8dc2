import { permutation, streams } from "../../core/data/random";
import type { Start } from "../../core/data/start";
import { alphaStarOf, verdictOf } from "../../core/history/alpha";
import type { Checkpoint } from "../../core/history/checkpoints";
import type { Recipe } from "../../core/recipe/recipe";
import { type Hessian, hessianAt } from "../cpu/hessian";
import type { Batch, Probe, Slopes } from "../engine";
import { symmetricEigen } from "./eigen";
import type { Inspector, Point } from "./inspector";
import { dot, type Extremes, extremesOf, type Operator } from "./lanczos";
import { layerParts, layerSpans } from "./layerParts";
import { edgeOf, inverseRoot, otherDirections, scaledBy } from "./probedPoint";
import {
  type AlongProbe,
  type DirectionProbe,
  type EdgeProbe,
  type ExtremesProbe,
  type Measured,
  maxResamples,
  maxSpectrumSize,
  type ProbeAnswers,
  type ProbeKind,
  type ProbeOptions,
  type ProbeRows,
  type ResamplesProbe,
  type SpectrumProbe,
} from "./probes";

/** Wall time of work after which others get their turn, in ms. */
const turnMs = 10;
/** Products of a weight and an activation in one piece of work, which takes plain loops about a frame. */
const frameProducts = 2 ** 21;
/** Rows of a piece at least: a GPU draws no fewer in less time. */
const leastPart = 16;
/** Products that all of a matrix's eigenvalues may cost; beyond, some rows stand for all. */
const eigenProducts = 2 ** 27;
/** Of Lanczos, which has found both ends long before in most networks. */
const maxLanczosProducts = 48;
/** Rows that the Hessian of all the data never falls short of. */
const leastRows = 64;
/** Eigenvalues below this share of the largest are zero to Newton's step: their directions have no curvature to divide by. */
const singular = 1e-10;

/**
 * Answers questions about single steps of a run, of the point where the inspector finds it. Slopes and curvatures along
 * given directions come from the engine's probe; what needs Hv itself comes from plain loops in float64. Work is done in
 * pieces of about a frame, between which the run goes on.
 */
export class Prober {
  private readonly underWay = new Set<Promise<unknown>>();
  private hessian: {
    readonly point: Point;
    readonly on: ProbeRows;
    readonly rows: Batch;
    readonly at: Hessian;
  } | null = null;
  private closed = false;
  private turnBegan = 0;

  /** @param rounding of the engine's sums: a curvature below that share of its terms is zero */
  constructor(
    private readonly inspector: Inspector,
    private readonly probe: () => Probe,
    private readonly start: Start,
    private readonly rounding: number,
  ) {}

  /**
   * @param from a state of the run before `step`
   * @param recipe the run's, with all edits up to `step`
   */
  ask<K extends ProbeKind>(
    kind: K,
    step: number,
    from: Checkpoint,
    recipe: Recipe,
    options: ProbeOptions,
  ): Promise<ProbeAnswers[K]> {
    const answer = this.answer(kind, step, from, recipe, options);
    this.underWay.add(answer);
    const done = () => this.underWay.delete(answer);
    answer.then(done, done);
    return answer;
  }

  /** Resolves when nothing is under way any more. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.allSettled(this.underWay);
  }

  private async answer<K extends ProbeKind>(
    kind: K,
    step: number,
    from: Checkpoint,
    recipe: Recipe,
    options: ProbeOptions,
  ): Promise<ProbeAnswers[K]> {
    const point = await this.inspector.point(step, from, recipe);
    this.turnBegan = performance.now();
    const { theta, gradient, direction } = point.inspection;
    if (![theta, gradient, direction].every((vector) => vector.every(Number.isFinite))) return null;
    const answers: { readonly [Kind in ProbeKind]: () => Promise<ProbeAnswers[Kind]> } = {
      along: () => this.along(point, options),
      resamples: () => this.resamples(point, options),
      extremes: () => this.extremes(point, options),
      edge: () => this.edge(point, options),
      spectrum: () => this.spectrum(point, options),
    };
    return answers[kind]();
  }

  private async along(point: Point, { on }: ProbeOptions): Promise<AlongProbe> {
    const { step, theta, direction } = point.inspection;
    const { sizes } = this.start.problem;
    const all = this.allRows();
    const rows = on === "batch" ? point.rows : all;
    const parts = layerParts(sizes, direction);
    const others = otherDirections(point, await this.gradientOn(point, rows), this.start.recipe.optimiser);
    const found = await this.measure(theta, [...parts, ...others.map(({ p }) => p)], rows);
    const [other] = await this.measure(theta, [direction], on === "batch" ? all : point.rows);
    const [whole, alone, besides] = [found[0]!, found.slice(1, parts.length), found.slice(parts.length)];
    const { gradient, product } = await this.productOn(theta, direction, rows);
    return {
      step,
      on,
      rows: rows.count,
      batch: on === "batch" ? whole : other!,
      full: on === "batch" ? other! : whole,
      norm: Math.sqrt(dot(direction, direction)),
      layers: layerSpans(sizes).map(({ start, end }, l) => {
        const share = (vector: Float64Array) => dot(direction.subarray(start, end), vector.subarray(start, end));
        return { alone: alone[l]!, slopeShare: share(gradient), curvatureShare: share(product) };
      }),
      others: others.map(({ name, p }, k) => ({ name, norm: Math.sqrt(dot(p, p)), ...besides[k]! })),
    };
  }

  /** K minibatches, cut from permutations of the data as a shuffled epoch would be; the same for the same step and seed. */
  private async resamples(point: Point, { resamples }: ProbeOptions): Promise<ResamplesProbe> {
    const { step, theta, direction, settings } = point.inspection;
    const { problem, recipe } = this.start;
    const count = Math.min(settings.batchSize, problem.rows);
    const found: Measured[] = [];
    let order = permutation(problem.rows, recipe.seed, streams.resamples, step, 0);
    let at = 0;
    for (let epoch = 1; found.length < Math.min(resamples, maxResamples); at += count) {
      if (at + count > order.length) {
        order = permutation(problem.rows, recipe.seed, streams.resamples, step, epoch++);
        at = 0;
      }
      found.push(...(await this.measure(theta, [direction], { order, start: at, count })));
    }
    return { step, batchSize: count, found };
  }

  private async extremes(point: Point, { on }: ProbeOptions): Promise<ExtremesProbe> {
    const { optimiser } = this.start.recipe;
    const { rows, at } = this.hessianOf(point, on);
    const hessian = await this.endsOf(at, rows);
    const preconditioned = await this.endsOf(scaledBy(at, inverseRoot(point)), rows);
    const { step } = point.inspection;
    return { step, on, rows: rows.count, hessian, preconditioned, threshold: edgeOf(point, optimiser) };
  }

  private async edge(point: Point, { on }: ProbeOptions): Promise<EdgeProbe> {
    const { rows, at } = this.hessianOf(point, on);
    const { largest } = await this.endsOf(scaledBy(at, inverseRoot(point)), rows);
    return { step: point.inspection.step, on, rows: rows.count, largest };
  }

  private endsOf(matrix: Operator, rows: Batch): Promise<Extremes> {
    const most = Math.min(maxLanczosProducts, matrix.size);
    return extremesOf(matrix, { most, pause: () => this.pause(matrix.size * rows.count) });
  }

  private async spectrum(point: Point, { on }: ProbeOptions): Promise<SpectrumProbe | null> {
    if (point.inspection.theta.length > maxSpectrumSize) return null;
    const { rows, at } = this.hessianOf(point, on);
    const dense = await this.denseOf(at, rows);
    const root = inverseRoot(point);
    const hessian = symmetricEigen(dense);
    await this.pause();
    const preconditioned = symmetricEigen(dense.map((row, i) => row.map((h, j) => h * root[i]! * root[j]!)));
    await this.pause();

    const largest = Math.max(...hessian.values.map(Math.abs));
    const p = new Float64Array(at.size);
    hessian.values.forEach((value, k) => {
      if (Math.abs(value) <= singular * largest) return;
      const u = hessian.vector(k);
      const share = dot(u, at.gradient) / value;
      for (let i = 0; i < p.length; i++) p[i]! -= share * u[i]!;
    });
    const whole = on === "batch" || rows.count === this.start.problem.rows;
    const newton: DirectionProbe | null = whole
      ? {
          name: "newton",
          norm: Math.sqrt(dot(p, p)),
          ...(await this.measure(point.inspection.theta, [p], rows))[0]!,
        }
      : null;
    return {
      step: point.inspection.step,
      on,
      rows: rows.count,
      hessian: hessian.values,
      preconditioned: preconditioned.values,
      threshold: edgeOf(point, this.start.recipe.optimiser),
      newton,
    };
  }

  /** Along each direction on these rows, in parts that take about a frame each: all quantities are means over rows. */
  private async measure(theta: Float64Array, directions: readonly Float64Array[], rows: Batch): Promise<Measured[]> {
    const totals = directions.map(() => ({ loss: 0, slope: 0, curvature: 0, curvatureTerms: 0 }));
    await this.inParts(rows, theta.length * directions.length, async (part, share) => {
      const found = await this.probe().along(theta, directions, part);
      found.forEach((one, k) => {
        const total = totals[k]!;
        for (const key of Object.keys(total) as (keyof Slopes)[]) total[key] += share * one[key];
      });
    });
    return totals.map(({ loss, slope, curvature, curvatureTerms }) => {
      const verdict = verdictOf(loss, slope, curvature, curvatureTerms, this.rounding);
      return { slope, curvature, verdict, alphaStar: alphaStarOf(verdict, slope, curvature) };
    });
  }

  /** g and Hv on these rows. */
  private async productOn(theta: Float64Array, v: Float64Array, rows: Batch) {
    const [gradient, product] = [new Float64Array(v.length), new Float64Array(v.length)];
    await this.inParts(rows, v.length, async (part, share) => {
      const hessian = hessianAt(this.start.problem, theta, part);
      const times = hessian.times(v);
      for (let k = 0; k < v.length; k++) {
        gradient[k]! += share * hessian.gradient[k]!;
        product[k]! += share * times[k]!;
      }
    });
    return { gradient, product };
  }

  private async gradientOn(point: Point, rows: Batch): Promise<Float64Array> {
    const { theta, gradient } = point.inspection;
    return rows === point.rows
      ? gradient
      : (await this.productOn(theta, new Float64Array(theta.length), rows)).gradient;
  }

  private async inParts(rows: Batch, cost: number, act: (part: Batch, share: number) => Promise<void>): Promise<void> {
    const most = Math.max(leastPart, Math.floor(frameProducts / cost));
    for (let done = 0; done < rows.count; done += most) {
      const count = Math.min(most, rows.count - done);
      await act({ order: rows.order, start: rows.start + done, count }, count / rows.count);
      await this.pause();
    }
  }

  /** The Hessian on the batch, or on as many rows of the data as its eigenvalues can be afforded of. */
  private hessianOf(point: Point, on: ProbeRows) {
    const { theta } = point.inspection;
    if (this.hessian?.point === point && this.hessian.on === on) return this.hessian;
    const columns = theta.length <= maxSpectrumSize ? theta.length : maxLanczosProducts;
    const most = Math.max(leastRows, Math.floor(eigenProducts / (theta.length * columns)));
    const rows = on === "batch" ? point.rows : this.allRows(most);
    this.hessian = { point, on, rows, at: hessianAt(this.start.problem, theta, rows) };
    return this.hessian;
  }

  private async denseOf({ size, times }: Hessian, { count }: Batch): Promise<Float64Array[]> {
    const dense: Float64Array[] = [];
    for (let k = 0; k < size; k++) {
      const unit = new Float64Array(size);
      unit[k] = 1;
      dense.push(times(unit));
      await this.pause(size * count);
    }
    // A product's rounding is not symmetric.
    return dense.map((row, i) => row.map((h, j) => (h + dense[j]![i]!) / 2));
  }

  /** Rows of the data, at most so many, evenly spaced and always the same. */
  private allRows(most = Number.POSITIVE_INFINITY): Batch {
    const { rows } = this.start.problem;
    const count = Math.min(rows, most);
    return { order: Uint32Array.from({ length: count }, (_, i) => Math.floor((i * rows) / count)), start: 0, count };
  }

  /** Lets others have their turn once this one has been long enough, or would be with a piece of this cost. */
  private async pause(cost = 0): Promise<void> {
    if (performance.now() - this.turnBegan < turnMs && cost < frameProducts) return;
    await new Promise((resolve) => setTimeout(resolve));
    if (this.closed) throw new Error("The run has been closed.");
    this.turnBegan = performance.now();
  }
}
