import { TaskQueue } from "../core/async/taskQueue";
import { type Tensor, tensorsOf } from "../core/data/problem";
import { Sampler } from "../core/data/sampler";
import type { Start } from "../core/data/start";
import type { Checkpoint } from "../core/history/checkpoints";
import { type Columns, makeColumns } from "../core/history/metrics";
import type { StopCondition } from "../core/history/stopCondition";
import { type Normalisers, type OptimiserDefinition, optimisers, type State } from "../core/recipe/optimisers";
import type { LiveChange, Recipe } from "../core/recipe/recipe";
import { withEdit } from "../core/recipe/withEdit";
import { type Derivation, derive, isMetAt, measurementsInto } from "./derive";
import type { Batch, Engine, Measurements } from "./engine";
import { ClockPace, maxChunkRows, type Pace, QueuePace } from "./pace";
import { SettingsCursor } from "./settingsCursor";

export interface TrainerOptions {
  /** Whether the next minibatch judges every step; the state and all other columns do not depend on it. Default: true. */
  readonly judged?: boolean;
}

/** Measured steps, with d of the last step and the state after it. The caller may transfer all buffers. */
export interface TrainedChunk {
  readonly columns: Columns;
  readonly direction: Float64Array;
  readonly checkpoint: Checkpoint;
}

/** A chunk whose steps are taken or queued, and whose measurements have not arrived yet. */
interface PendingChunk {
  readonly columns: Columns;
  readonly measured: Measurements;
  /** The checkpoint after the last step, without the engine's state. */
  readonly position: Omit<Checkpoint, keyof State>;
  readonly result: Promise<{ readonly state: State; readonly direction: Float64Array }>;
  readonly startedAt: number;
  readonly stop: StopCondition | null;
  /** `Trainer.rollbacks` at the start of the chunk. */
  readonly rollbacks: number;
}

/**
 * Trains a run on an engine: chooses the rows and the settings of every step.
 *
 * Calls are answered in their order. `advance` gives its steps to the engine at once, so that a second call keeps an
 * asynchronous engine busy while the first call waits for its measurements. `edit`, `revise` and `restore` wait for all calls
 * before. A chunk ends with the step at which training diverges or a stop condition is met. An asynchronous engine may have gone
 * past that step when the measurements arrive: the trainer then restores the last checkpoint, repeats the steps up to that step,
 * and starts the chunks under way anew.
 */
export class Trainer {
  private readonly tensors: readonly Tensor[];
  private readonly sampler: Sampler;
  private readonly batch: Batch = { order: new Uint32Array(0), start: 0, count: 0 };
  private readonly nextBatch: Batch = { order: new Uint32Array(0), start: 0, count: 0 };
  private readonly isJudged: Derivation["isJudged"];
  private readonly optimiser: OptimiserDefinition;
  /** After the last step. */
  private normalisers: Normalisers = { c1: 0, c2: 0 };
  private readonly settings: SettingsCursor;
  /** The last step given to the engine. */
  private step = 0;
  /** After the last step that was answered. On the cpu engine its buffers are those of the answer: the caller may have transferred them. */
  private lastCheckpoint: Checkpoint;
  private diverged = false;
  /** Number of returns to a checkpoint because a chunk had gone past its last step. */
  private rollbacks = 0;
  private readonly pace: Pace;
  /** Answers the calls, one at a time in the order of the calls. */
  private readonly answers = new TaskQueue();
  /** Resolves when every call before the last `advance` is answered: at most two chunks are in flight. */
  private answeredBeforeLast: Promise<unknown> = Promise.resolve();
  /** Settles when every `edit`, `revise` and `restore` so far is answered; never rejects. */
  private changed: Promise<unknown> = Promise.resolve();

  constructor(
    readonly engine: Engine,
    start: Start,
    private current: Recipe,
    { judged = true }: TrainerOptions = {},
  ) {
    // A minibatch of all rows has no other rows to judge it.
    this.isJudged = (batch) => judged && batch < start.problem.rows;
    this.tensors = tensorsOf(start.problem.sizes);
    this.sampler = new Sampler(start.problem.rows, start.orderOf);
    const rows = maxChunkRows(start.theta.length, this.tensors.length);
    this.pace = engine.kind === "cpu" ? new ClockPace(rows) : new QueuePace(rows);
    this.settings = new SettingsCursor(current);
    this.optimiser = optimisers[current.optimiser];
    this.lastCheckpoint = { ...this.position(), ...this.optimiser.init(start.theta.slice()) };
  }

  get recipe(): Recipe {
    return this.current;
  }

  /** The state after the last step that was answered; without its vectors where the caller has transferred them. */
  get checkpoint(): Checkpoint {
    return this.lastCheckpoint;
  }

  /**
   * Takes at most `steps` steps and at least one. Stops earlier when `budgetMs` of wall time are spent, training diverges or the
   * condition `stop` is met.
   * @throws RangeError where `steps` is not a whole number above 0
   */
  advance(steps: number, budgetMs: number, stop: StopCondition | null = null): Promise<TrainedChunk> {
    if (!(steps >= 1) || (steps !== Number.POSITIVE_INFINITY && !Number.isInteger(steps))) {
      return Promise.reject(new RangeError(`advance takes a whole number of steps above 0, not ${steps}`));
    }
    const { changed, answeredBeforeLast } = this;
    this.answeredBeforeLast = this.answers.idle();
    const started = Promise.all([changed, answeredBeforeLast]).then(() => this.startChunk(steps, budgetMs, stop));
    // The queue awaits `started` only after the calls before. Until then an error needs another handler.
    started.catch(() => {});
    return this.answers.add(async () => {
      let chunk = await started;
      // A chunk before went past its last step: this chunk started from a step that is no longer part of the run.
      if (chunk.rollbacks !== this.rollbacks) chunk = this.startChunk(steps, budgetMs, stop);
      return this.finishChunk(chunk);
    });
  }

  /** Changes settings from the next step on, and drops the edits between that step and the step `measuredSteps` (`withEdit`). */
  edit(change: LiveChange, measuredSteps = 0): Promise<Recipe> {
    return this.afterAllCalls(() => this.continueWith(withEdit(this.current, this.step, change, measuredSteps)));
  }

  /** Continues with another recipe, which must be the same up to the present step. */
  revise(recipe: Recipe): Promise<Recipe> {
    return this.afterAllCalls(() => this.continueWith(recipe));
  }

  private continueWith(recipe: Recipe): Recipe {
    this.current = recipe;
    this.settings.moveTo(this.step, recipe);
    return recipe;
  }

  /** Returns to a checkpoint of this run. */
  restore(checkpoint: Checkpoint): Promise<void> {
    return this.afterAllCalls(() => {
      this.lastCheckpoint = checkpoint;
      this.diverged = !checkpoint.theta.every(Number.isFinite);
      this.returnTo(checkpoint);
    });
  }

  /** Runs `action` after all calls before, and before all calls after. */
  private afterAllCalls<T>(action: () => T): Promise<T> {
    const answer = this.answers.add(action);
    this.changed = answer.catch(() => {});
    return answer;
  }

  private startChunk(steps: number, budgetMs: number, stop: StopCondition | null): PendingChunk {
    const startedAt = performance.now();
    const capacity = Math.min(steps, this.pace.limit(budgetMs));
    const columns = makeColumns(this.step + 1, capacity, this.tensors);
    const measured = measurementsInto(columns);
    const { kind, rounding } = this.engine;
    const stopsAtDivergence = kind === "cpu" && !this.diverged;
    const stopsAt = kind === "cpu" ? stop : null;
    const stride = this.pace.stride;
    let row = 0;
    let nextClockReading = stride;
    while (row < capacity) {
      this.takeStep(columns, measured, row++);
      // The cpu engine's measurements are complete at once: no step follows the last step of a chunk.
      if (stopsAtDivergence && !isFiniteRow(measured, row - 1)) break;
      if (stopsAt && isMetAt(stopsAt, columns, measured, row - 1, rounding)) break;
      if (row === nextClockReading) {
        if (performance.now() - startedAt >= budgetMs) break;
        nextClockReading += stride;
      }
    }
    columns.count = row;
    const chunk = {
      columns,
      measured,
      position: this.position(),
      result: this.engineResult(),
      startedAt,
      stop,
      rollbacks: this.rollbacks,
    };
    // Nobody awaits the result of a chunk that is started anew; a lost engine fails the new chunk, too.
    chunk.result.catch(() => {});
    return chunk;
  }

  private async finishChunk(chunk: PendingChunk): Promise<TrainedChunk> {
    const { columns, measured, stop } = chunk;
    let { position } = chunk;
    let { state, direction } = await chunk.result;
    this.pace.record(columns.count, chunk.startedAt);
    const how = { rounding: this.engine.rounding, wasDiverged: this.diverged, isJudged: this.isJudged };
    const lastRow = firstOf(derive(columns, measured, how), this.metRow(columns, measured, stop));
    if (lastRow >= 0 && lastRow < columns.count - 1) {
      this.rollbacks++;
      this.returnTo(this.lastCheckpoint);
      columns.count = lastRow + 1;
      for (let row = 0; row < columns.count; row++) this.takeStep(columns, measured, row);
      position = this.position();
      ({ state, direction } = await this.engineResult());
      derive(columns, measured, how);
    }
    this.diverged = !isFiniteRow(measured, columns.count - 1);
    const checkpoint = { ...position, ...state };
    // No chunk of the cpu engine goes past its last step. Every other engine needs a copy to return to.
    this.lastCheckpoint = this.engine.kind === "cpu" ? checkpoint : copyOf(checkpoint);
    return { columns, direction, checkpoint };
  }

  /** The first row at which the condition is met, or −1. */
  private metRow(columns: Columns, measured: Measurements, stop: StopCondition | null): number {
    if (!stop) return -1;
    for (let row = 0; row < columns.count; row++)
      if (isMetAt(stop, columns, measured, row, this.engine.rounding)) return row;
    return -1;
  }

  /** Takes one step, measured into `row`. */
  private takeStep(columns: Columns, measured: Measurements, row: number): void {
    this.step++;
    const live = this.settings.advanceTo(this.step);
    const { sampler, batch, nextBatch } = this;
    const { lr, rule, sigma } = live;
    sampler.next(live.batchSize, live.shuffle, batch);
    const next = this.isJudged(batch.count) ? sampler.peek(live.batchSize, live.shuffle, nextBatch) : null;
    const update = this.optimiser.update(live, this.step, this.normalisers);
    this.normalisers = update;
    this.engine.step(batch, next, { update, lr, rule, sigma }, measured, row);

    const { metrics } = columns;
    metrics.batch[row] = batch.count;
    metrics.lr[row] = lr;
    metrics.epoch[row] = sampler.epoch;
    metrics.batchIndex[row] = sampler.batches - 1;
  }

  /** State and d after the steps so far. All three calls are made at once, so that later steps do not change the results. */
  private async engineResult(): PendingChunk["result"] {
    const { engine } = this;
    const [, state, direction] = await Promise.all([engine.collect(), engine.save(), engine.direction()]);
    return { state, direction };
  }

  private returnTo(checkpoint: Checkpoint): void {
    this.engine.restore(checkpoint);
    this.sampler.restore(checkpoint);
    this.step = checkpoint.step;
    this.settings.moveTo(this.step, this.current);
    this.normalisers = checkpoint;
  }

  private position(): PendingChunk["position"] {
    const { c1, c2 } = this.normalisers;
    return { step: this.step, c1, c2, ...this.sampler.save() };
  }
}

function copyOf(checkpoint: Checkpoint): Checkpoint {
  const { theta, m, v, vMax } = checkpoint;
  return { ...checkpoint, theta: theta.slice(), m: m.slice(), v: v.slice(), vMax: vMax.slice() };
}

/** The smaller of two rows, of which −1 is none. */
const firstOf = (a: number, b: number): number => (a < 0 || b < 0 ? Math.max(a, b) : Math.min(a, b));

function isFiniteRow({ loss, slope, curvature }: Measurements, row: number): boolean {
  return Number.isFinite(loss[row]) && Number.isFinite(slope[row]) && Number.isFinite(curvature[row]);
}
