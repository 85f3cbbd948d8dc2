import type { Table } from "../core/data/table";
import type { Range } from "../core/experiment/range";
import type { Case } from "../core/files/case";
import type { Recording } from "../core/files/recording";
import type { Checkpoint } from "../core/history/checkpoints";
import type { Columns } from "../core/history/metrics";
import type { StepMarks } from "../core/history/stepMarks";
import type { StopCondition } from "../core/history/stopCondition";
import type { LiveChange, Recipe } from "../core/recipe/recipe";
import type { EngineKind } from "../engine/engine";
import type { Evaluation } from "../engine/evaluate";
import type { RangeTest, Twin } from "../engine/experiment/rangeTest";
import type { Inspection, StepToReplay } from "../engine/inspect/inspector";
import type { Predictions } from "../engine/inspect/predictor";
import type { ProbeAnswers, ProbeKind, ProbeOptions } from "../engine/inspect/probes/probes";
import type { SliceLosses } from "../engine/inspect/slicer";

/** The engine's settings of a page; no part of a run. */
export interface EngineOptions {
  /** Forces an engine; null lets the worker choose. */
  readonly engine: EngineKind | null;
  /** Whether the next minibatch judges every step. */
  readonly judged: boolean;
}

/** The run to train: a recipe and, for an opened run file, the case in the file. A recorded run is not trained, and no worker gets it. */
export interface LoadRequest extends EngineOptions {
  readonly recipe: Recipe;
  /** Data, initial parameters and row order to use instead of those drawn from the recipe's seed. */
  readonly case: Case | null;
  /** The rows of a dataset that is a table; null for every other dataset. */
  readonly table?: Table | null;
  /** The measurements of a recorded run; absent for every other run. */
  readonly recording?: Recording;
}

export interface EngineReport {
  readonly kind: EngineKind;
  readonly renderer: string;
  /** The reason why WebGL is not used, in two or three words; null where WebGL is used. */
  readonly reason: string | null;
  /** The same as a sentence. */
  readonly why: string | null;
  /** Whether WebGL runs on a software GPU. Browsers may draw the page with the same one: then every frame delays training. */
  readonly software: boolean;
}

interface Loaded {
  readonly engine: EngineReport;
  /** The state at step 0. */
  readonly start: Checkpoint;
  /** Whether the run starts from the data, parameters or row orders of a case, which do not follow from the recipe. */
  readonly custom: boolean;
}

/** The answer to one `advance`. Buffers are transferred. */
export interface Chunk {
  readonly columns: Columns;
  /** d of the last step, P long; null where it is not known. */
  readonly direction: Float64Array | null;
  /** The state after the last step: a new worker resumes from it, and a run file contains its parameters. */
  readonly checkpoint: Checkpoint;
}

/** The protocol of the worker that trains, called through Comlink. A failure is a rejection with a message for the user. */
export interface TrainerApi {
  /** Loads a run at step 0. Where loading fails, the previous run stays loaded. */
  load(request: LoadRequest): Promise<Loaded>;
  /**
   * Takes at most `steps` steps and at least one. Stops earlier when `budgetMs` of wall time are spent, or after the step at
   * which training diverges or `stop` is met. Two calls may be in flight: the second call keeps the engine busy, and its steps may
   * go beyond that step.
   */
  advance(steps: number, budgetMs: number, stop: StopCondition | null): Promise<Chunk>;
  /**
   * Changes settings from the next step on (`withEdit`). Edits between that step and `measuredSteps`, the last step that the run has
   * reached, are dropped. Resolves to the new recipe.
   */
  edit(change: LiveChange, measuredSteps: number): Promise<Recipe>;
  /** Continues with another recipe, which must be the same up to the present step. Resolves to that recipe. */
  revise(recipe: Recipe): Promise<Recipe>;
  /** Returns to the step of a checkpoint of this run. */
  restore(checkpoint: Checkpoint): Promise<void>;
}

/** One question to the observer. */
export interface Question {
  /** Unique among the questions to one worker. */
  readonly id: number;
}

export interface StepQuestion extends Question, StepToReplay {
  /**
   * For display during play: where the cpu engine is faster than the GPU, the numbers come from it and differ from the
   * run's numbers by the rounding of one step.
   */
  readonly quick: boolean;
}

interface TwinQuestion extends Question, Twin {}

/**
 * The protocol of the worker that answers questions about a run, beside the worker that trains it. Each question contains all
 * that its answer depends on besides the data: no answer depends on an earlier question. A question that was dropped rejects.
 */
export interface ObserverApi {
  /** Loads the data of a run; drops all questions about the run before. @param engine of the worker that trains: it answers too */
  load(request: LoadRequest, engine: EngineReport): Promise<void>;
  /** The quantities inside a step. */
  inspect(question: StepQuestion): Promise<Inspection>;
  /** h(α) at each α along d of the step, on its minibatch, on the next one, and on as many rows of the data as `fullMs` of computing time allow. */
  slice(question: StepQuestion, alphas: Float64Array, fullMs: number): Promise<SliceLosses>;
  /** Step sizes along d by the loss of the step's minibatch, in float64; null where training has diverged. */
  mark(question: StepQuestion): Promise<StepMarks | null>;
  /** The answer of a probe: see `ProbeAnswers`. */
  probe<K extends ProbeKind>(question: StepQuestion, kind: K, options: ProbeOptions): Promise<ProbeAnswers[K]>;
  /** Learning rates on a twin of the run: see `rangeTest`. */
  rangeTest(question: TwinQuestion, range: Range): Promise<RangeTest>;
  /** The network as a function at θ + αd for each α along d of the step: outputs on a grid, or of rows. */
  predict(question: StepQuestion, alphas: Float64Array): Promise<Predictions>;
  /** Loss and accuracy of parameters on all training rows and on the held-out rows. */
  evaluate(question: Question, theta: Float64Array): Promise<Evaluation>;
  /** The answers of these questions are not needed any more. Resolves at once, also where no such question is asked. */
  drop(questions: readonly number[]): Promise<void>;
}
