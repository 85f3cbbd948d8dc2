import type { Table } from "../core/data/table";
import type { Case } from "../core/files/case";
import type { Checkpoint } from "../core/history/checkpoints";
import type { Columns } from "../core/history/metrics";
import type { LiveSettings, Recipe } from "../core/recipe/recipe";
import type { EngineKind } from "../engine/engine";
import type { Evaluation } from "../engine/evaluate";
import type { Inspection, SliceLosses } from "../engine/inspect/inspector";
import type { ProbeAnswers, ProbeKind, ProbeOptions } from "../engine/inspect/probes";

/** What the worker is to train: a recipe, and for an opened run file the case that it carries. */
export interface LoadRequest {
  readonly recipe: Recipe;
  /** Data, initial parameters and row order to use instead of those drawn from the recipe's seed. */
  readonly case: Case | null;
  /** The rows of a recipe of real data; none of any other. */
  readonly table?: Table | null;
  /** Forces an engine; null lets the worker choose. */
  readonly engine: EngineKind | null;
}

export interface EngineReport {
  readonly kind: EngineKind;
  readonly renderer: string;
  /** Why this engine and not WebGL, as a sentence for the page; null where WebGL runs. */
  readonly why: string | null;
  /** WebGL on a software GPU, which browsers may draw the page with too: every frame of the page then delays training. */
  readonly software: boolean;
}

export interface Loaded {
  readonly engine: EngineReport;
  /** The state at step 0. */
  readonly start: Checkpoint;
  /** Whether the run starts from a case's own data, parameters or orders, which no recipe makes. */
  readonly given: boolean;
}

/** The answer to one `advance`. Buffers are transferred. */
export interface Chunk {
  readonly columns: Columns;
  /** d of the last of these steps, P long. */
  readonly direction: Float64Array;
  /** The state after the last of these steps: what a new worker goes on from, and what a run file ends with. */
  readonly checkpoint: Checkpoint;
}

/** The worker as the page sees it, through Comlink. A failure arrives as a rejection with a message for the user. */
export interface TrainerApi {
  /** Starts a run at step 0. The run before it is kept when this rejects. */
  load(request: LoadRequest): Promise<Loaded>;
  /**
   * At most `steps` more steps, stopping early when `budgetMs` of wall time are spent (at least one step is taken), or
   * after the step at which training diverges. Two calls may be in flight: the second keeps the engine busy.
   */
  advance(steps: number, budgetMs: number): Promise<Chunk>;
  /**
   * Settings moved now: in force from the next step on (`withEdit`). Edits between that step and `known`, the last one
   * that the run has been at, belong to a future that is given up. Answers with the recipe that results.
   */
  edit(settings: Partial<LiveSettings>, known: number): Promise<Recipe>;
  /** Goes on by another recipe, which up to the present step is the same. Answers with it. */
  revise(recipe: Recipe): Promise<Recipe>;
  /** Goes to the step of a checkpoint of this run. */
  restore(checkpoint: Checkpoint): Promise<void>;
  /**
   * What happened inside `step` of this run, replayed from a checkpoint before it, beside the run and without moving it.
   * `quick`: for the eye only, while the run goes on; where plain loops are sooner than the GPU the numbers are theirs, and
   * differ from the run's own by one step's rounding.
   */
  inspect(step: number, from: Checkpoint, quick?: boolean): Promise<Inspection>;
  /** h(α) at each α along d of the step inspected last, on its minibatch and on all the data. */
  slice(alphas: Float64Array): Promise<SliceLosses>;
  /** A question about `step`, found as by `inspect`: see `ProbeAnswers`. */
  probe<K extends ProbeKind>(
    kind: K,
    step: number,
    from: Checkpoint,
    options: ProbeOptions,
    quick?: boolean,
  ): Promise<ProbeAnswers[K]>;
  /** Loss and accuracy of parameters on all rows that are trained on, and on those held out; the run is not moved by it. */
  evaluate(theta: Float64Array): Promise<Evaluation>;
}
