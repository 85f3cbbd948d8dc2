import { TaskQueue } from "../../core/async/taskQueue";
import { Sampler } from "../../core/data/sampler";
import type { Start } from "../../core/data/start";
import type { Checkpoint } from "../../core/history/checkpoints";
import { commonSteps } from "../../core/recipe/difference";
import { type ElementwiseUpdate, optimisers } from "../../core/recipe/optimisers";
import { type LiveSettings, type Recipe, settingsAt } from "../../core/recipe/recipe";
import type { Batch, Engine } from "../engine";
import { Trainer, type TrainerOptions } from "../trainer";
import type { TimeSlices } from "./timeSlices";

/** A step of a run with everything that its replay needs besides the data. */
export interface StepToReplay {
  readonly step: number;
  /** A state of the run before `step`. */
  readonly from: Checkpoint;
  /** The run's recipe, with all edits up to `step`. */
  readonly recipe: Recipe;
}

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
  readonly update: ElementwiseUpdate;
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
  /** The minibatch that judges the step; null where the step is not judged. */
  readonly next: Batch | null;
}

const emptyBatch = (): Batch => ({ order: new Uint32Array(0), start: 0, count: 0 });

/** Wall time of one chunk of a replay, in ms. */
const replayMs = 10;

/**
 * Replays single steps of a run without changing the run, on an engine of its own. That engine has the kind of the run's
 * engine, because another kind rounds differently. Replays are made one at a time, in the order of the calls. The last one is
 * kept: several questions about one step then cost one replay.
 */
export class Inspector {
  private readonly queue = new TaskQueue();
  private last: {
    readonly recipe: Recipe;
    /** The state before the step; a replay of later steps begins here. */
    readonly before: Checkpoint;
    readonly replayed: ReplayedStep;
  } | null = null;

  private readonly judged: boolean;

  constructor(
    private readonly engine: Engine,
    private readonly start: Start,
    { judged = true }: TrainerOptions = {},
  ) {
    this.judged = judged;
  }

  /**
   * Replays the run up to a step, and that step.
   *
   * @throws RangeError where the step is not after the state that the replay begins at
   * @throws Dropped
   */
  replay(at: StepToReplay, slices: TimeSlices): Promise<ReplayedStep> {
    return this.queue.add(() => {
      slices.check();
      const { step, from, recipe } = at;
      if (!Number.isInteger(step) || step <= from.step) {
        throw new RangeError(`step ${step} cannot be replayed from the state after step ${from.step}`);
      }
      const { last } = this;
      const isLast = last?.replayed.inspection.step === step && commonSteps(last.recipe, recipe) >= step;
      return isLast ? last.replayed : this.replayFrom(at, slices);
    });
  }

  /** Runs other work on the engine, between two replays. The work may replace the engine's state. */
  use<T>(work: (engine: Engine) => Promise<T>): Promise<T> {
    return this.queue.add(() => work(this.engine));
  }

  /** Resolves when no replay is under way any more: the engine can then be disposed of. */
  close(): Promise<void> {
    return this.queue.idle();
  }

  private async replayFrom({ step, from, recipe }: StepToReplay, slices: TimeSlices): Promise<ReplayedStep> {
    const trainer = new Trainer(this.engine, this.start, recipe, { judged: false });
    await trainer.restore(this.nearestState(step, from, recipe));
    while (trainer.checkpoint.step < step - 1) {
      await trainer.advance(step - 1 - trainer.checkpoint.step, replayMs);
      await slices.next();
    }
    const before = trainer.checkpoint;
    const { columns, direction, checkpoint: after } = await trainer.advance(1, Number.POSITIVE_INFINITY);
    const gradient = await this.engine.gradient();

    const settings = settingsAt(recipe, step);
    const { rows, next } = this.minibatchesOf(before, settings);
    const inspection: Inspection = {
      step,
      batch: rows.count,
      theta: before.theta,
      gradient,
      m: after.m,
      v: after.v,
      vMax: after.vMax,
      update: optimisers[recipe.optimiser].update(settings, step, before),
      direction,
      settings,
      stepTaken: columns.metrics.stepTaken[0] as number,
    };
    this.last = { recipe, before, replayed: { inspection, rows, next } };
    return this.last.replayed;
  }

  /** The latest known state before `step` of the run: `from`, or the state that the last replay has passed. */
  private nearestState(step: number, from: Checkpoint, recipe: Recipe): Checkpoint {
    if (!this.last) return from;
    const { before } = this.last;
    const ofThisRun = commonSteps(this.last.recipe, recipe) >= before.step;
    return ofThisRun && before.step > from.step && before.step < step ? before : from;
  }

  /** The minibatch that follows a state, and the one that judges its step. */
  private minibatchesOf(before: Checkpoint, { batchSize, shuffle }: LiveSettings): Pick<ReplayedStep, "rows" | "next"> {
    const { problem, orderOf } = this.start;
    const sampler = new Sampler(problem.rows, orderOf);
    sampler.restore(before);
    const [rows, next] = [emptyBatch(), emptyBatch()];
    sampler.next(batchSize, shuffle, rows);
    const isJudged = this.judged && rows.count < problem.rows;
    return { rows, next: isJudged ? sampler.peek(batchSize, shuffle, next) : null };
  }
}
