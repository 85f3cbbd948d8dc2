import { TaskQueue } from "../../core/async/taskQueue";
import { type Tensor, tensorsOf } from "../../core/data/problem";
import { Sampler } from "../../core/data/sampler";
import type { Start } from "../../core/data/start";
import type { Checkpoint } from "../../core/history/checkpoints";
import { makeColumns } from "../../core/history/metrics";
import { optimisers, plain, type Update } from "../../core/recipe/optimisers";
import { type LiveSettings, type Recipe, settingsAt } from "../../core/recipe/recipe";
import { measurementsInto } from "../derive";
import type { Batch, Engine, Probe } from "../engine";
import { Trainer } from "../trainer";

/** What happened inside one step. Vectors are P long, flat in the order of `tensorsOf`; not finite where training diverged. */
export interface Inspection {
  readonly step: number;
  /** Rows in its batch. */
  readonly batch: number;
  /** θ before the step. */
  readonly theta: Float64Array;
  /** g = ∇L_B(θ) */
  readonly gradient: Float64Array;
  /** After taking g in; `vMax` is empty where the optimiser keeps none. */
  readonly m: Float64Array;
  readonly v: Float64Array;
  readonly vMax: Float64Array;
  /** How it took g in and made d of it, with the normalisers of m̂ = m/c₁ and v̂ = v/c₂. */
  readonly update: Update;
  readonly direction: Float64Array;
  /** In force at this step. */
  readonly settings: LiveSettings;
  /** s, the step taken along d. */
  readonly stepTaken: number;
}

/** A step that was looked into, and the rows of its minibatch. */
export interface Point {
  readonly inspection: Inspection;
  readonly rows: Batch;
}

/** h(α) along d of the step inspected last. */
export interface SliceLosses {
  readonly step: number;
  /** On its minibatch, at each α. */
  readonly batch: Float64Array;
  /** On all rows of the data, or on `fullRows` of them, evenly spaced and always the same, where all would take too long. */
  readonly full: Float64Array;
  readonly fullRows: number;
}

/** Wall time of replay after which others get their turn, in ms. */
const replayMs = 10;
/** Products of a weight and an activation that take about a frame in plain loops: the slice through all the data, or one part of a longer one. */
const frameProducts = 2 ** 23;
/** Rows that the slice through all the data never falls short of. */
const leastRows = 64;

/**
 * Looks into single steps of a run without disturbing it, on an engine of its own: of the run's kind, since only that
 * gives the run's own numbers. One question is answered at a time, in the order in which they were asked.
 */
export class Inspector {
  private readonly tensors: readonly Tensor[];
  private readonly queue = new TaskQueue();
  /** The state before the step inspected last; a replay of later steps begins here. */
  private stand: Checkpoint | null = null;
  private rewinds = 0;
  private last: Point | null = null;
  /** The point asked for last, as long as the run has not gone back. */
  private kept: Point | null = null;
  private closed = false;

  constructor(
    private readonly engine: Engine,
    private readonly probe: () => Probe,
    private readonly start: Start,
  ) {
    this.tensors = tensorsOf(start.problem.sizes);
  }

  /**
   * Replays up to `step` and takes that step.
   *
   * @param from a state of the run before `step`
   * @param recipe the run's, with all edits up to `step`
   * @throws RangeError where `from` does not lie before `step`
   */
  inspect(step: number, from: Checkpoint, recipe: Recipe): Promise<Inspection> {
    return this.queue.add(async () => {
      const { rewinds } = this;
      this.last = await this.look(step, from, recipe);
      if (rewinds === this.rewinds) this.kept = this.last;
      return this.last.inspection;
    });
  }

  /** As `inspect`, with the rows, and from memory where that step was looked into last; slices stay where they are. */
  point(step: number, from: Checkpoint, recipe: Recipe): Promise<Point> {
    return this.queue.add(async () => {
      if (this.kept?.inspection.step === step) return this.kept;
      const { rewinds } = this;
      const point = await this.look(step, from, recipe);
      if (rewinds === this.rewinds) this.kept = point;
      return point;
    });
  }

  private async look(step: number, from: Checkpoint, recipe: Recipe): Promise<Point> {
    if (!Number.isInteger(step) || step <= from.step) {
      throw new RangeError(`step ${step} cannot be replayed from the state after step ${from.step}`);
    }
    const { stand, rewinds } = this;
    const trainer = new Trainer(this.engine, this.start, recipe);
    await trainer.restore(stand && stand.step > from.step && stand.step < step ? stand : from);
    while (trainer.checkpoint.step < step - 1) {
      await trainer.advance(step - 1 - trainer.checkpoint.step, replayMs);
      await this.pause();
    }
    const before = trainer.checkpoint;
    const { columns, direction, checkpoint: after } = await trainer.advance(1, Number.POSITIVE_INFINITY);
    if (rewinds === this.rewinds) this.stand = before;

    const settings = settingsAt(recipe, step);
    const rows = this.rowsOf(before, settings);
    const inspection: Inspection = {
      step,
      batch: rows.count,
      theta: before.theta,
      gradient: await this.gradientAt(before, rows),
      m: after.m,
      v: after.v,
      vMax: after.vMax,
      update: optimisers[recipe.optimiser].update(settings, step, before),
      direction,
      settings,
      stepTaken: columns.metrics.stepTaken[0] as number,
    };
    return { inspection, rows };
  }

  /**
   * h(α) = L(θ + αd) at each α, along d of the step inspected last.
   * @throws Error where none has been
   */
  slice(alphas: Float64Array): Promise<SliceLosses> {
    return this.queue.add(async () => {
      if (!this.last) throw new Error("There is no direction to slice along before a step has been inspected.");
      const { inspection, rows } = this.last;
      const { step, theta, direction } = inspection;
      const all = this.evenlySpaced(Math.max(leastRows, Math.floor(frameProducts / (theta.length * alphas.length))));
      const batch = await this.lossAlong(theta, direction, rows, alphas);
      const full = await this.lossAlong(theta, direction, all, alphas);
      return { step, batch, full, fullRows: all.count };
    });
  }

  /** The run has gone back: what was replayed may no longer be part of it. */
  forget(): void {
    this.stand = this.kept = null;
    this.rewinds++;
  }

  /** Resolves when nothing is under way any more: the engine can then be disposed of. */
  close(): Promise<void> {
    this.closed = true;
    return this.queue.idle();
  }

  /** At all α at once, unless that would hold up the run for longer than about a frame. */
  private async lossAlong(theta: Float64Array, d: Float64Array, rows: Batch, alphas: Float64Array) {
    const part = Math.max(1, Math.floor(frameProducts / (theta.length * rows.count)));
    const losses = new Float64Array(alphas.length);
    for (let from = 0; from < alphas.length; from += part) {
      if (from > 0) await this.pause();
      losses.set(await this.probe().lossAlong(theta, d, rows, alphas.subarray(from, from + part)), from);
    }
    return losses;
  }

  /** Lets others have their turn. */
  private async pause(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve));
    if (this.closed) throw new Error("The run has been closed.");
  }

  /** The rows of the batch that follows a state. */
  private rowsOf(before: Checkpoint, { batchSize, shuffle }: LiveSettings): Batch {
    const sampler = new Sampler(this.start.problem.rows, this.start.orderOf);
    sampler.restore(before);
    return sampler.next(batchSize, shuffle, { order: new Uint32Array(0), start: 0, count: 0 });
  }

  /** g as plain descent takes it in: its m. The difference of two moments would lose digits where β₁ is near 1. */
  private async gradientAt(before: Checkpoint, rows: Batch): Promise<Float64Array> {
    const { engine } = this;
    const unused = measurementsInto(makeColumns(1, 1, this.tensors), new Float64Array(1));
    engine.restore(before);
    engine.step(rows, { update: plain, lr: 0, rule: "lr", sigma: 1 }, unused, 0);
    const [, { m }] = await Promise.all([engine.collect(), engine.save()]);
    return m;
  }

  /** At most `most` rows of the data. */
  private evenlySpaced(most: number): Batch {
    const { rows } = this.start.problem;
    const count = Math.min(rows, most);
    return { order: Uint32Array.from({ length: count }, (_, i) => Math.floor((i * rows) / count)), start: 0, count };
  }
}
