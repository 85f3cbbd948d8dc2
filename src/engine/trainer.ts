import { TaskQueue } from "../core/async/taskQueue";
import { type Tensor, tensorsOf } from "../core/data/problem";
import { Sampler } from "../core/data/sampler";
import type { Start } from "../core/data/start";
import type { Checkpoint } from "../core/history/checkpoints";
import { type Columns, makeColumns } from "../core/history/metrics";
import { type Normalisers, type OptimiserDefinition, optimisers, type State } from "../core/recipe/optimisers";
import { type Edit, type LiveSettings, type Recipe, settingsAt } from "../core/recipe/recipe";
import { withEdit } from "../core/recipe/withEdit";
import { derive, measurementsInto } from "./derive";
import type { Batch, Engine, Measurements } from "./engine";
import { ClockPace, maxRows, type Pace, QueuePace } from "./pace";

/** One answer of the trainer: steps measured, d of the last of them, and the state after it. */
export interface TrainedChunk {
  readonly columns: Columns;
  readonly direction: Float64Array;
  readonly checkpoint: Checkpoint;
}

/** A chunk whose steps the engine has been asked for and has not answered yet. */
interface Flight {
  readonly columns: Columns;
  readonly measured: Measurements;
  /** Everything of the checkpoint after the last of its steps but the engine's state. */
  readonly place: Omit<Checkpoint, keyof State>;
  readonly arrived: Promise<{ readonly state: State; readonly direction: Float64Array }>;
  readonly launchedAt: number;
  /** How often the run had been cut back when it was launched. */
  readonly cuts: number;
}

/**
 * Drives an engine through a run: which rows, which settings, at which step.
 *
 * Calls are answered in the order they were made. `advance` asks the engine for its steps at once, so a second call keeps
 * an asynchronous engine busy while the first waits for its numbers; `edit` and `restore` wait for the steps asked for
 * before them. A chunk ends with the step at which training diverges. An asynchronous engine may be past that step when its
 * numbers arrive: it is then put back to the last checkpoint and replayed up to it, and chunks under way are launched anew.
 */
export class Trainer {
  private readonly tensors: readonly Tensor[];
  private readonly sampler: Sampler;
  private readonly batch: Batch = { order: new Uint32Array(0), start: 0, count: 0 };
  private readonly optimiser: OptimiserDefinition;
  /** After the step taken last. */
  private normalisers: Normalisers = { c1: 0, c2: 0 };
  /** In force at the step being taken. */
  private live: LiveSettings;
  /** The first edit not yet in force, and its step. */
  private editIndex = 0;
  private editStep = Number.POSITIVE_INFINITY;
  private step = 0;
  /** After the last step answered. */
  private landed: Checkpoint;
  private diverged = false;
  private cuts = 0;
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
  ) {
    this.tensors = tensorsOf(start.problem.sizes);
    this.sampler = new Sampler(start.problem.rows, start.orderOf);
    const rows = maxRows(start.theta.length, this.tensors.length);
    this.pace = engine.kind === "cpu" ? new ClockPace(rows) : new QueuePace(rows);
    this.live = settingsAt(current, 0);
    this.optimiser = optimisers[current.optimiser];
    this.landed = { ...this.place(), ...this.optimiser.init(start.theta.slice()) };
    this.lookUpSettings();
  }

  get recipe(): Recipe {
    return this.current;
  }

  /** The state after the last step answered. */
  get checkpoint(): Checkpoint {
    return this.landed;
  }

  /**
   * At most `steps` more steps, at least one, fewer when `budgetMs` of wall time are spent or training diverges.
   * @throws RangeError when `steps` is not a whole number above 0
   */
  advance(steps: number, budgetMs: number): Promise<TrainedChunk> {
    if (!(steps >= 1) || (steps !== Number.POSITIVE_INFINITY && !Number.isInteger(steps))) {
      return Promise.reject(new RangeError(`advance takes a whole number of steps above 0, not ${steps}`));
    }
    const { changed, answeredBeforeLast } = this;
    this.answeredBeforeLast = this.answers.idle();
    const launched = Promise.all([changed, answeredBeforeLast]).then(() => this.launch(steps, budgetMs));
    // The queue awaits `launched` only after the calls before; until then its failure has no other handler.
    launched.catch(() => {});
    return this.answers.add(async () => {
      let flight = await launched;
      // A chunk before this one diverged: the launched steps started from steps that are no longer part of the run.
      if (flight.cuts !== this.cuts) flight = this.launch(steps, budgetMs);
      return this.land(flight);
    });
  }

  /** Settings moved now, in force from the next step on; edits after it, up to the step `known`, are given up. */
  edit(settings: Partial<LiveSettings>, known = 0): Promise<Recipe> {
    return this.alone(() => this.goOnBy(withEdit(this.current, this.step, settings, known)));
  }

  /** Another recipe, which up to the present step is the same. */
  revise(recipe: Recipe): Promise<Recipe> {
    return this.alone(() => this.goOnBy(recipe));
  }

  private goOnBy(recipe: Recipe): Recipe {
    this.current = recipe;
    this.lookUpSettings();
    return recipe;
  }

  /** Goes to the step of a checkpoint of this run. */
  restore(checkpoint: Checkpoint): Promise<void> {
    return this.alone(() => {
      this.landed = checkpoint;
      this.diverged = !checkpoint.theta.every(Number.isFinite);
      this.goTo(checkpoint);
    });
  }

  /** Runs `act` when everything asked for before is answered, and before anything asked for later. */
  private alone<T>(act: () => T): Promise<T> {
    const answer = this.answers.add(act);
    this.changed = answer.catch(() => {});
    return answer;
  }

  private launch(steps: number, budgetMs: number): Flight {
    const launchedAt = performance.now();
    const capacity = Math.min(steps, this.pace.limit(budgetMs));
    const columns = makeColumns(this.step + 1, capacity, this.tensors);
    const measured = measurementsInto(columns, new Float64Array(capacity));
    const watch = this.engine.kind === "cpu" && !this.diverged;
    const stride = this.pace.stride;
    let row = 0;
    let look = stride;
    while (row < capacity) {
      this.take(columns, measured, row++);
      // The cpu engine's numbers are in place at once: no step is taken past the one that diverges.
      if (watch && !isFiniteRow(measured, row - 1)) break;
      if (row === look) {
        if (performance.now() - launchedAt >= budgetMs) break;
        look += stride;
      }
    }
    columns.count = row;
    const flight = {
      columns,
      measured,
      place: this.place(),
      arrived: this.answerOfEngine(),
      launchedAt,
      cuts: this.cuts,
    };
    // A flight that is launched anew is never awaited; its failure is that of the next.
    flight.arrived.catch(() => {});
    return flight;
  }

  private async land(flight: Flight): Promise<TrainedChunk> {
    const { columns, measured } = flight;
    let { place } = flight;
    let { state, direction } = await flight.arrived;
    this.pace.landed(columns.count, flight.launchedAt);
    const divergedRow = derive(columns, measured, this.engine.rounding, this.diverged);
    if (divergedRow >= 0 && divergedRow < columns.count - 1) {
      this.cuts++;
      this.goTo(this.landed);
      columns.count = divergedRow + 1;
      for (let row = 0; row < columns.count; row++) this.take(columns, measured, row);
      place = this.place();
      ({ state, direction } = await this.answerOfEngine());
      derive(columns, measured, this.engine.rounding, this.diverged);
    }
    this.diverged = !isFiniteRow(measured, columns.count - 1);
    this.landed = { ...place, ...state };
    return { columns, direction, checkpoint: this.landed };
  }

  /** One step, measured into `row`. */
  private take(columns: Columns, measured: Measurements, row: number): void {
    this.step++;
    if (this.step === this.editStep) this.applyEdit();
    const { sampler, batch, live } = this;
    const { lr, rule, sigma } = live;
    sampler.next(live.batchSize, live.shuffle, batch);
    const update = this.optimiser.update(live, this.step, this.normalisers);
    this.normalisers = update;
    this.engine.step(batch, { update, lr, rule, sigma }, measured, row);

    const { metrics } = columns;
    metrics.batch[row] = batch.count;
    metrics.lr[row] = lr;
    metrics.epoch[row] = sampler.epoch;
    metrics.batchIndex[row] = sampler.batches - 1;
  }

  /** The engine's answer for the steps asked for so far; asked for at once, so that later steps do not show in it. */
  private async answerOfEngine(): Flight["arrived"] {
    const { engine } = this;
    const [, state, direction] = await Promise.all([engine.collect(), engine.save(), engine.direction()]);
    return { state, direction };
  }

  /** Takes the settings in force at the last step taken out of the recipe, and finds the edit that ends them. */
  private lookUpSettings(): void {
    this.live = settingsAt(this.current, this.step);
    const index = this.current.edits.findIndex(({ step }) => step > this.step);
    this.editIndex = index < 0 ? this.current.edits.length : index;
    this.lookAhead();
  }

  private applyEdit(): void {
    const { step: _, ...changes } = this.current.edits[this.editIndex++] as Edit;
    this.live = { ...this.live, ...changes };
    this.lookAhead();
  }

  private lookAhead(): void {
    this.editStep = this.current.edits[this.editIndex]?.step ?? Number.POSITIVE_INFINITY;
  }

  private goTo(checkpoint: Checkpoint): void {
    this.engine.restore(checkpoint);
    this.sampler.restore(checkpoint);
    this.step = checkpoint.step;
    this.lookUpSettings();
    this.normalisers = checkpoint;
  }

  private place(): Flight["place"] {
    const { c1, c2 } = this.normalisers;
    return { step: this.step, c1, c2, ...this.sampler.save() };
  }
}

function isFiniteRow({ loss, slope, curvature }: Measurements, row: number): boolean {
  return Number.isFinite(loss[row]) && Number.isFinite(slope[row]) && Number.isFinite(curvature[row]);
}
