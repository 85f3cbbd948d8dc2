import { tensorsOf } from "../../core/data/problem";
import { InputError } from "../../core/errors";
import type { Recording } from "../../core/files/recording";
import type { Checkpoint } from "../../core/history/checkpoints";
import type { History } from "../../core/history/history";
import type { StopCondition } from "../../core/history/stopCondition";
import { commonSteps } from "../../core/recipe/difference";
import type { LiveChange, Recipe } from "../../core/recipe/recipe";
import { withEdit } from "../../core/recipe/withEdit";
import type { Chunk, EngineReport, LoadRequest } from "../../worker/api";
import type { StartTrainer, TrainerClient } from "../../worker/client";
import { Emitter } from "../emitter";
import { needsTable, type Tables, tableFor } from "../storage/tables";
import { MeasuredSteps } from "./measuredSteps";
import { noNetwork, withRecordings } from "./recordedRun";
import type { ObservedRun } from "./runObserver";
import { Supervisor } from "./supervisor";
import { within } from "./within";

/** Time limit of loading, in ms: a large library over a slow connection, or a GPU that compiles slowly. */
const loadingMs = 60_000;
/** Time limit of one replay request, in ms. */
const replayMs = 100;

interface AdvanceOptions {
  /** Called when the steps are measured: false discards them and restores the state before them. */
  readonly accepts?: () => boolean;
  /** Called when the steps are in the history. */
  readonly appended?: () => void;
  /** Ends the steps at the first step that meets it. */
  readonly stop?: StopCondition | null;
}

export interface RunEvents {
  /** A worker died for this reason, and a new worker has restored the run. */
  revived: [reason: string];
  /** The run is about to branch: `history` still holds all steps of `recipe`, and steps after `keep` are removed next. */
  branching: [recipe: Recipe, history: History, keep: number];
}

/**
 * A run: the worker that trains it, its measured steps and its checkpoints. A worker that dies is replaced, and the new
 * worker continues from the latest checkpoint, which gives the same steps.
 */
export class Run {
  readonly events = new Emitter<RunEvents>();
  readonly #worker: Supervisor;
  #loaded: { readonly request: LoadRequest; readonly report: EngineReport } | null = null;
  #steps = new MeasuredSteps();

  constructor(
    start: StartTrainer,
    private readonly tables: Tables,
  ) {
    this.#worker = new Supervisor(withRecordings(start), {
      restore: (client) => this.#restore(client),
      revived: (reason) => this.events.emit("revived", reason),
    });
  }

  get loaded(): boolean {
    return this.#loaded !== null;
  }

  /** @throws Error before a run is loaded */
  get request(): LoadRequest {
    if (!this.#loaded) throw new Error("No run is loaded.");
    return this.#loaded.request;
  }

  /** The run for questions about its steps. @throws Error before a run is loaded */
  get observed(): ObservedRun {
    if (!this.#loaded) throw new Error("No run is loaded.");
    return { ...this.#loaded, steps: this.#steps };
  }

  /** The measurements of a recorded run; null for every other run. */
  get recording(): Recording | null {
    return this.#loaded?.request.recording ?? null;
  }

  /** null before a run is loaded. */
  get report(): EngineReport | null {
    return this.#loaded?.report ?? null;
  }

  /** Replaced when a run is loaded. */
  get history(): History {
    return this.#steps.history;
  }

  /** Steps taken and measured. */
  get step(): number {
    return this.history.length;
  }

  /** The state after the latest step; null before a run is loaded. */
  get checkpoint(): Checkpoint | null {
    return this.#steps.checkpoint;
  }

  /** d of the latest step; null at step 0. */
  get direction(): Float64Array | null {
    return this.#steps.direction;
  }

  /** The latest step that can be inspected without a replay. */
  get readyStep(): number {
    return this.#steps.readyStep;
  }

  /** Loads a run. Steps in progress are abandoned. When this rejects, the previous run is unchanged. */
  async load(request: LoadRequest): Promise<void> {
    // The table comes first: a failure to load it then leaves the worker untouched.
    const complete = needsTable(request) ? await tableFor(request, this.tables) : request;
    await this.#worker.reload(async (client) => {
      const { engine, start, custom } = await loadInto(client, complete);
      // A case equal to the data that its recipe generates is dropped: the recipe alone is the run.
      this.#loaded = { request: custom ? complete : { ...complete, case: null }, report: engine };
      const { inputs, hidden, outputs } = complete.recipe;
      const { recording } = complete;
      this.#steps = recording
        ? new MeasuredSteps(recording.tensors, start, false)
        : new MeasuredSteps(tensorsOf([inputs, ...hidden, outputs]), start);
    });
  }

  /** Ends the worker. Measured steps stay; later requests reject. */
  close(): void {
    this.#worker.close();
  }

  /**
   * Takes at most `steps` more steps and appends them to the history.
   *
   * @returns the number of steps appended
   */
  advance(steps: number, budgetMs: number, options: AdvanceOptions = {}): Promise<number> {
    // Tracked, so that another run is loaded only after the steps are appended.
    return this.#worker.track(this.#advance(steps, budgetMs, options));
  }

  async #advance(steps: number, budgetMs: number, { accepts, appended, stop = null }: AdvanceOptions): Promise<number> {
    const chunk = await this.#worker.request((client) => client.advance(steps, budgetMs, stop));
    const { checkpoint } = this;
    if (accepts && !accepts() && checkpoint) {
      await this.#worker.request((client) => client.restore(checkpoint));
      return 0;
    }
    this.#steps.append(chunk);
    // At once: the answer to the next request may arrive before this promise is awaited.
    appended?.();
    this.#worker.resetFailures();
    return chunk.columns.count;
  }

  /** Changes settings from the next step on. On a run that has gone back this begins a branch. @throws InputError for a recorded run */
  async edit(change: LiveChange): Promise<void> {
    if (this.recording) throw new InputError(noNetwork("its settings cannot change"));
    const { measuredSteps } = this.history;
    const before = this.request.recipe;
    let recipe = await this.#worker.request((client) => client.edit(change, measuredSteps));
    // By now the steps requested before the edit are measured. A worker that trained past a divergence had put the edit at
    // a later step, and has been restored since.
    const edited = withEdit(before, this.step, change, measuredSteps);
    if (commonSteps(recipe, edited) < Number.POSITIVE_INFINITY) {
      recipe = await this.#worker.request((client) => client.revise(edited));
    }
    this.#branch(recipe);
  }

  /** Continues with another recipe, which is equal to the present one up to the present step. */
  async revise(recipe: Recipe): Promise<void> {
    this.#branch(await this.#worker.request((client) => client.revise(recipe)));
  }

  /** Keeps the future steps that both recipes have in common. */
  #branch(recipe: Recipe): void {
    const { request } = this;
    const alike = commonSteps(request.recipe, recipe);
    if (!this.#loaded || alike === Number.POSITIVE_INFINITY) return;
    const keep = Math.max(this.step, alike);
    this.#loaded = { ...this.#loaded, request: { ...request, recipe } };
    if (keep >= this.history.measuredSteps) return;
    this.events.emit("branching", request.recipe, this.history, keep);
    this.#steps.truncate(keep);
  }

  /** Goes to a measured step, earlier or later, by a replay from the last checkpoint before it. */
  async goTo(step: number): Promise<void> {
    // At least one step is replayed, because a checkpoint does not hold d.
    const from = this.#steps.checkpointBefore(Math.max(1, step));
    if (!from) throw new Error("No run is loaded.");
    const replayed = await this.#worker.request((client) => replay(client, from, step));
    this.#steps.rewind(step, from, replayed);
    if (replayed) this.#worker.resetFailures();
  }

  /** Brings a new worker to the latest checkpoint. */
  async #restore(client: TrainerClient): Promise<void> {
    const { engine } = await loadInto(client, this.request);
    if (this.checkpoint) await client.restore(this.checkpoint);
    if (this.#loaded) this.#loaded = { ...this.#loaded, report: engine };
  }
}

const loadInto = (client: TrainerClient, request: LoadRequest) =>
  within(loadingMs, client.load(request), () => client.terminate("The training worker did not answer."));

/** @returns the last chunk of the replayed steps; null where `from` is at `step` */
async function replay(client: TrainerClient, from: Checkpoint, step: number): Promise<Chunk | null> {
  await client.restore(from);
  let last: Chunk | null = null;
  for (let at = from.step; at < step; at = last.checkpoint.step) last = await client.advance(step - at, replayMs, null);
  return last;
}
