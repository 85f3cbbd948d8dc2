import { tensorsOf } from "../../core/data/problem";
import { type Checkpoint, CheckpointStore } from "../../core/history/checkpoints";
import { History } from "../../core/history/history";
import { stepsAlike } from "../../core/recipe/difference";
import type { LiveSettings, Recipe } from "../../core/recipe/recipe";
import { withEdit } from "../../core/recipe/withEdit";
import type { Evaluation } from "../../engine/evaluate";
import type { Inspection, SliceLosses } from "../../engine/inspect/inspector";
import type { ProbeAnswers, ProbeKind, ProbeOptions } from "../../engine/inspect/probes";
import type { Chunk, EngineReport, LoadRequest } from "../../worker/api";
import type { StartTrainer, TrainerClient } from "../../worker/client";
import { needsTable, type Tables, tableFor } from "../storage/tables";
import { Abandoned, Supervisor } from "./supervisor";
import { within } from "./within";

/** Memory for the states that going back starts from. */
const checkpointBytes = 32 * 2 ** 20;
/** The longest that loading may take: a large library over a slow line, or a GPU that compiles slowly. */
const loadingMs = 60_000;
/** Wall time of one request while steps are taken again. */
const replayMs = 100;

export interface RunEvents {
  /** A worker has died, for this reason, and another has taken up its run. */
  revived(reason: string): void;
  /** The run is about to take another way: what is known of it, which `whole` holds, will end at step `keep`. */
  branching(recipe: Recipe, whole: History, keep: number): void;
}

/**
 * The run as the page holds it: the worker that trains it, every step measured, and the states to go back to. A worker
 * that dies is replaced, and its run taken up from the last checkpoint, which gives the same run.
 */
export class Run {
  readonly #worker: Supervisor;
  #loaded: { readonly request: LoadRequest; readonly report: EngineReport } | null = null;
  /** Loads and returns to an earlier step under way: until they are done, no one can say which run a checkpoint is of. */
  #moving = 0;
  history = new History([]);
  #checkpoints = new CheckpointStore(checkpointBytes);
  /** The state after the last step. */
  checkpoint: Checkpoint | null = null;
  /** d of the last step; null at step 0. */
  direction: Float64Array | null = null;

  constructor(
    start: StartTrainer,
    private readonly events: RunEvents,
    private readonly tables: Tables,
  ) {
    this.#worker = new Supervisor(start, {
      bring: (client) => this.#bring(client),
      revived: (reason) => events.revived(reason),
    });
  }

  get loaded(): boolean {
    return this.#loaded !== null;
  }

  get request(): LoadRequest {
    if (!this.#loaded) throw new Error("No run has been loaded.");
    return this.#loaded.request;
  }

  get report(): EngineReport | null {
    return this.#loaded?.report ?? null;
  }

  /** Steps taken and measured. */
  get step(): number {
    return this.history.length;
  }

  /** Loads a run and replaces the one before, which stays when this rejects. Steps still under way are given up. */
  load(request: LoadRequest): Promise<void> {
    return this.#move(() => this.#load(request));
  }

  async #load(asked: LoadRequest): Promise<void> {
    // Real data first: where they cannot be had, nothing has happened.
    const request = needsTable(asked) ? await tableFor(asked, this.tables) : asked;
    await this.#worker.reload(async (client) => {
      const { engine, start, given } = await loading(client, request);
      // A case that holds what its recipe makes is that recipe.
      this.#replaceBy({ request: given ? request : { ...request, case: null }, report: engine }, start);
    });
  }

  /** To the last checkpoint, from which the same steps come. */
  async #bring(client: TrainerClient): Promise<void> {
    const { engine } = await loading(client, this.request);
    if (this.checkpoint) await client.restore(this.checkpoint);
    if (this.#loaded) this.#loaded = { ...this.#loaded, report: engine };
  }

  #replaceBy(loaded: { request: LoadRequest; report: EngineReport }, start: Checkpoint): void {
    const { inputs, hidden, outputs } = loaded.request.recipe;
    this.#loaded = loaded;
    this.history = new History(tensorsOf([inputs, ...hidden, outputs]));
    this.#checkpoints = new CheckpointStore(checkpointBytes);
    this.#checkpoints.add(start);
    this.checkpoint = start;
    this.direction = null;
  }

  /** Ends the worker; what has been measured stays, and nothing more comes. */
  close(): void {
    this.#worker.close();
  }

  /**
   * At most `steps` more steps, into the history.
   * @param wanted asked when they are measured: false leaves them out, and the run where it was
   * @returns how many were taken
   */
  advance(steps: number, budgetMs: number, wanted: () => boolean = () => true): Promise<number> {
    // Pending until the run stands where it ends: another is loaded only then.
    return this.#worker.tracked(this.#advance(steps, budgetMs, wanted));
  }

  async #advance(steps: number, budgetMs: number, wanted: () => boolean): Promise<number> {
    const chunk = await this.#worker.surviving((client) => client.advance(steps, budgetMs));
    const { checkpoint } = this;
    if (!wanted() && checkpoint) {
      await this.#worker.surviving((client) => client.restore(checkpoint));
      return 0;
    }
    this.history.append(chunk.columns, chunk.direction);
    this.#stand(chunk);
    return chunk.columns.count;
  }

  /** Settings moved now. On a run that has gone back this is another way: what was known beyond ends here. */
  async edit(settings: Partial<LiveSettings>): Promise<void> {
    const { known } = this.history;
    const before = this.request.recipe;
    let recipe = await this.#worker.surviving((client) => client.edit(settings, known));
    // A worker that was past the step at which training diverged has put the edit there, and has been called back since.
    const meant = withEdit(before, this.step, settings, known);
    if (stepsAlike(recipe, meant) < Number.POSITIVE_INFINITY) {
      recipe = await this.#worker.surviving((client) => client.revise(meant));
    }
    this.#takeWay(recipe);
  }

  /** Goes on by another recipe, which up to the present step is the same. */
  async revise(recipe: Recipe): Promise<void> {
    this.#takeWay(await this.#worker.surviving((client) => client.revise(recipe)));
  }

  /** What both recipes train alike stays known. */
  #takeWay(recipe: Recipe): void {
    const { request } = this;
    const alike = stepsAlike(request.recipe, recipe);
    if (!this.#loaded || alike === Number.POSITIVE_INFINITY) return;
    const keep = Math.max(this.step, alike);
    this.#loaded = { ...this.#loaded, request: { ...request, recipe } };
    if (keep >= this.history.known) return;
    this.events.branching(request.recipe, this.history, keep);
    this.history.truncate(keep);
    this.#checkpoints.truncate(keep);
  }

  /** Goes back, or on, to a step that is known, by way of the nearest checkpoint before it. */
  goTo(step: number): Promise<void> {
    return this.#move(() => this.#goTo(step));
  }

  async #goTo(step: number): Promise<void> {
    // One step at least is replayed, since a checkpoint does not hold d.
    const from = this.#checkpoints.nearest(Math.max(0, step - 1));
    if (!from) throw new Error("No run has been loaded.");
    const chunk = await this.#worker.surviving(async (client) => {
      await client.restore(from);
      let last: Chunk | null = null;
      for (let at = from.step; at < step; at = last.checkpoint.step) {
        last = await client.advance(step - at, replayMs);
      }
      return last;
    });
    this.history.rewind(step);
    if (chunk) this.#stand(chunk);
    else {
      this.checkpoint = from;
      this.direction = null;
    }
  }

  async #move(act: () => Promise<void>): Promise<void> {
    this.#moving++;
    try {
      await act();
    } finally {
      this.#moving--;
    }
  }

  /** The first step after the checkpoint before the latest: the latest step that can be inspected without a replay. */
  get readyStep(): number {
    return (this.#checkpoints.nearest(this.step - 1)?.step ?? -1) + 1;
  }

  /**
   * What happened inside a step that has been taken. The run goes on meanwhile, and whatever comes of this does not
   * touch it: a worker that dies of it is found dead, and replaced, when the run next asks for something.
   *
   * @param quick for the eye only: see `TrainerApi.inspect`
   */
  async inspect(step: number, quick = false): Promise<Inspection> {
    const from = this.#checkpoints.nearest(step - 1);
    if (!from || step > this.step) throw new Error(`Step ${step} has not been taken.`);
    return this.#beside((client) => client.inspect(step, from, quick));
  }

  /** h(α) at each α along d of the step inspected last. */
  async slice(alphas: Float64Array): Promise<SliceLosses> {
    return this.#beside((client) => client.slice(alphas));
  }

  /** A question about a step that has been taken, beside the run as `inspect` is. */
  async probe<K extends ProbeKind>(
    kind: K,
    step: number,
    options: ProbeOptions,
    quick = false,
  ): Promise<ProbeAnswers[K]> {
    const from = this.#checkpoints.nearest(step - 1);
    if (!from || step > this.step) throw new Error(`Step ${step} has not been taken.`);
    return this.#beside((client) => client.probe(kind, step, from, options, quick));
  }

  /** Loss and accuracy at the present step, on all rows and on those held out. The run goes on meanwhile. */
  async evaluate(): Promise<Evaluation> {
    const theta = this.checkpoint?.theta;
    if (!theta) throw new Abandoned();
    return this.#beside((client) => client.evaluate(theta));
  }

  #beside<T>(ask: (client: TrainerClient) => Promise<T>): Promise<T> {
    if (this.#moving > 0) throw new Abandoned();
    return this.#worker.beside(ask);
  }

  #stand({ checkpoint, direction }: Chunk): void {
    this.#checkpoints.add(checkpoint);
    this.checkpoint = checkpoint;
    this.direction = direction;
    this.#worker.wentOn();
  }
}

const loading = (client: TrainerClient, request: LoadRequest) =>
  within(loadingMs, client.load(request), () => client.terminate("The training worker did not answer."));
