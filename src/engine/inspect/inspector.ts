import { TaskQueue } from "../../core/async/taskQueue";
import { type Tensor, tensorsOf } from "../../core/data/problem";
import { Sampler } from "../../core/data/sampler";
import type { Start } from "../../core/data/start";
import type { Checkpoint } from "../../core/history/checkpoints";
import { makeColumns } from "../../core/history/metrics";
import { gradientDescent, type LinearUpdate, optimisers } from "../../core/recipe/optimisers";
import { type LiveSettings, type Recipe, settingsAt } from "../../core/recipe/recipe";
import { measurementsInto } from "../derive";
import type { DirectionalLoss } from "../directionalLoss";
import type { Batch, Engine } from "../engine";
import { Trainer } from "../trainer";
import { evenlySpacedRows } from "./rowParts";
import { TimeSlices } from "./timeSlices";

/** The quantities inside one step. Vectors are P long, flat in the order of `tensorsOf`; not finite where training diverged. */
export interface Inspection {
  readonly step: number;
  /** Rows in the minibatch. */
  readonly batch: number;
  /** θ before the step. */
  readonly theta: Float64Array;
  /** g = ∇L_B(θ) */
  readonly gradient: Float64Array;
  /** The moments after their update with g; `vMax` is empty where the optimiser has none. */
  readonly m: Float64Array;
  readonly v: Float64Array;
  readonly vMax: Float64Array;
  /** The step's update as numbers, with the normalisers of m̂ = m/c₁ and v̂ = v/c₂. */
  readonly update: LinearUpdate;
  readonly direction: Float64Array;
  /** In force at this step. */
  readonly settings: LiveSettings;
  /** s, the step taken along d. */
  readonly stepTaken: number;
}

/** A step that was replayed, with the rows of its minibatch. */
export interface ReplayedStep {
  readonly inspection: Inspection;
  readonly rows: Batch;
}

/** h(α) along d of the step inspected last. */
export interface SliceLosses {
  readonly step: number;
  /** On the step's minibatch, at each α. */
  readonly batch: Float64Array;
  /** On all rows of the data; on `fullRows` of them, evenly spaced and always the same, where all rows take too long. */
  readonly full: Float64Array;
  readonly fullRows: number;
}

/** Wall time of one chunk of a replay, in ms. */
const replayMs = 10;
/** Products of a weight and an activation of forward sweeps that plain loops compute in about a frame. */
const forwardProducts = 2 ** 23;
/** The slice through all data uses at least this many rows, or all rows where there are fewer. */
const minSliceRows = 64;

/**
 * Replays single steps of a run without changing the run, on an engine of its own. That engine has the kind of the run's
 * engine, because another kind rounds differently. Calls are answered one at a time, in their order.
 */
export class Inspector {
  private readonly tensors: readonly Tensor[];
  private readonly queue = new TaskQueue();
  private readonly slices = new TimeSlices();
  /** The state before the step replayed last; a replay of later steps begins here. */
  private lastState: Checkpoint | null = null;
  /** Number of calls of `forget`. */
  private rewinds = 0;
  /** The step that `inspect` replayed last: the step of `slice`. */
  private inspected: ReplayedStep | null = null;
  /** The step that was replayed last; null after `forget`. */
  private cached: ReplayedStep | null = null;

  /** @param loss the directional loss that evaluates slices, made at the first call */
  constructor(
    private readonly engine: Engine,
    private readonly loss: () => DirectionalLoss,
    private readonly start: Start,
  ) {
    this.tensors = tensorsOf(start.problem.sizes);
  }

  /**
   * Replays the run up to `step`, and that step.
   *
   * @param from a state of the run before `step`
   * @param recipe the run's, with all edits up to `step`
   * @throws RangeError where `from` is not before `step`
   */
  inspect(step: number, from: Checkpoint, recipe: Recipe): Promise<Inspection> {
    return this.queue.add(async () => {
      this.inspected = await this.replayAndCache(step, from, recipe);
      return this.inspected.inspection;
    });
  }

  /** As `inspect`, with the rows; without a replay where the step was replayed last. The step of `slice` stays. */
  replay(step: number, from: Checkpoint, recipe: Recipe): Promise<ReplayedStep> {
    return this.queue.add(async () => {
      if (this.cached?.inspection.step === step) return this.cached;
      return this.replayAndCache(step, from, recipe);
    });
  }

  /**
   * h(α) = L(θ + αd) at each α, along d of the step inspected last.
   * @throws Error where no step has been inspected
   */
  slice(alphas: Float64Array): Promise<SliceLosses> {
    return this.queue.add(async () => {
      if (!this.inspected) throw new Error("There is no direction to slice along before a step has been inspected.");
      const { inspection, rows } = this.inspected;
      const { step, theta, direction } = inspection;
      const fullRows = Math.max(minSliceRows, Math.floor(forwardProducts / (theta.length * alphas.length)));
      const all = evenlySpacedRows(this.start.problem.rows, fullRows);
      const batch = await this.lossAlong(theta, direction, rows, alphas);
      const full = await this.lossAlong(theta, direction, all, alphas);
      return { step, batch, full, fullRows: all.count };
    });
  }

  /** Drops the cached states, after the run has gone back: the replayed steps may no longer be part of the run. */
  forget(): void {
    this.lastState = this.cached = null;
    this.rewinds++;
  }

  /** Resolves when no call is under way any more: the engine can then be disposed of. */
  close(): Promise<void> {
    this.slices.close();
    return this.queue.idle();
  }

  private async replayAndCache(step: number, from: Checkpoint, recipe: Recipe): Promise<ReplayedStep> {
    const { rewinds } = this;
    const replayed = await this.replayFrom(step, from, recipe);
    if (rewinds === this.rewinds) this.cached = replayed;
    return replayed;
  }

  private async replayFrom(step: number, from: Checkpoint, recipe: Recipe): Promise<ReplayedStep> {
    if (!Number.isInteger(step) || step <= from.step) {
      throw new RangeError(`step ${step} cannot be replayed from the state after step ${from.step}`);
    }
    const { lastState, rewinds } = this;
    const trainer = new Trainer(this.engine, this.start, recipe);
    await trainer.restore(lastState && lastState.step > from.step && lastState.step < step ? lastState : from);
    while (trainer.checkpoint.step < step - 1) {
      await trainer.advance(step - 1 - trainer.checkpoint.step, replayMs);
      await this.slices.next();
    }
    const before = trainer.checkpoint;
    const { columns, direction, checkpoint: after } = await trainer.advance(1, Number.POSITIVE_INFINITY);
    if (rewinds === this.rewinds) this.lastState = before;

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

  /** h(α) at each α; in several time slices where all α together take longer than about a frame. */
  private async lossAlong(theta: Float64Array, d: Float64Array, rows: Batch, alphas: Float64Array) {
    const most = Math.max(1, Math.floor(forwardProducts / (theta.length * rows.count)));
    const losses = new Float64Array(alphas.length);
    for (let done = 0; done < alphas.length; done += most) {
      if (done > 0) await this.slices.next();
      losses.set(await this.loss().values(theta, d, rows, alphas.subarray(done, done + most)), done);
    }
    return losses;
  }

  /** The rows of the minibatch that follows a state. */
  private rowsOf(before: Checkpoint, { batchSize, shuffle }: LiveSettings): Batch {
    const sampler = new Sampler(this.start.problem.rows, this.start.orderOf);
    sampler.restore(before);
    return sampler.next(batchSize, shuffle, { order: new Uint32Array(0), start: 0, count: 0 });
  }

  /** g as m of plain gradient descent. The difference of two first moments would lose digits where β₁ is near 1. */
  private async gradientAt(before: Checkpoint, rows: Batch): Promise<Float64Array> {
    const { engine } = this;
    const unused = measurementsInto(makeColumns(1, 1, this.tensors), new Float64Array(1));
    engine.restore(before);
    engine.step(rows, { update: gradientDescent, lr: 0, rule: "lr", sigma: 1 }, unused, 0);
    const [, { m }] = await Promise.all([engine.collect(), engine.save()]);
    return m;
  }
}
