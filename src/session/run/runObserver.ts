import { InputError } from "../../core/errors";
import type { Range } from "../../core/experiment/range";
import type { Checkpoint } from "../../core/history/checkpoints";
import type { StepMarks } from "../../core/history/stepMarks";
import type { Evaluation } from "../../engine/evaluate";
import type { RangeTest } from "../../engine/experiment/rangeTest";
import type { Inspection } from "../../engine/inspect/inspector";
import type { Predictions } from "../../engine/inspect/predictor";
import type { ProbeAnswers, ProbeKind, ProbeOptions } from "../../engine/inspect/probes/probes";
import type { SliceLosses } from "../../engine/inspect/slicer";
import type { EngineReport, LoadRequest, StepQuestion } from "../../worker/api";
import { type ObserverClient, type StartObserver, WorkerDied } from "../../worker/client";
import type { MeasuredSteps } from "./measuredSteps";
import { noNetwork } from "./recordedRun";
import { Abandoned } from "./supervisor";
import { within } from "./within";

/** Time limit of loading, in ms. */
const loadingMs = 60_000;
/** A worker that reacts to no message for this time, in ms, while it has a question, is replaced. */
const patienceMs = 10_000;
/** Workers that may die in a row, without an answer between them. */
const maxDeathsInARow = 3;

/** A run and its measured steps. */
export interface ObservedRun {
  readonly request: LoadRequest;
  readonly report: EngineReport;
  readonly steps: MeasuredSteps;
}

/** Of a question about a step. */
export interface AskOptions {
  /** For display during play only: see `StepQuestion.quick`. */
  readonly quick?: boolean;
  /** Drops the question. */
  readonly signal?: AbortSignal;
}

/**
 * Questions about a run, answered by a worker of their own: the observer. They never change or delay the run. The worker is
 * started at the first question. A worker that dies or does not answer is replaced, and its questions are asked once more.
 */
export class RunObserver {
  #client: ObserverClient | null = null;
  /** The run in the worker; null where the worker has none. */
  #loaded: { readonly run: ObservedRun; readonly done: Promise<void> } | null = null;
  #lastId = 0;
  /** Workers that have died in a row, of this run. */
  #deaths = { steps: null as MeasuredSteps | null, count: 0 };

  /**
   * @param run the present run; throws where no run is loaded
   * @param failed called when no further worker is started for this run
   */
  constructor(
    private readonly start: StartObserver,
    private readonly run: () => ObservedRun,
    private readonly failed: (reason: string) => void,
  ) {}

  /** The state and gradient inside a step that has been taken. */
  inspect(step: number, asked?: AskOptions): Promise<Inspection> {
    return this.#askAbout(step, asked, (client, question) => client.inspect(question));
  }

  /** h(α) at each α along d of a step that has been taken. @param fullMs see `ObserverApi.slice` */
  slice(step: number, alphas: Float64Array, fullMs: number, asked?: AskOptions): Promise<SliceLosses> {
    return this.#askAbout(step, asked, (client, question) => client.slice(question, alphas, fullMs));
  }

  /** The network as a function at θ + αd for each α, along d of a step that has been taken. */
  predict(step: number, alphas: Float64Array, asked?: AskOptions): Promise<Predictions> {
    return this.#askAbout(step, asked, (client, question) => client.predict(question, alphas));
  }

  /** Step sizes along d of a step that has been taken. */
  mark(step: number, asked?: AskOptions): Promise<StepMarks | null> {
    return this.#askAbout(step, asked, (client, question) => client.mark(question));
  }

  /** A probe of a step that has been taken. */
  probe<K extends ProbeKind>(
    kind: K,
    step: number,
    options: ProbeOptions,
    asked?: AskOptions,
  ): Promise<ProbeAnswers[K]> {
    return this.#askAbout(step, asked, (client, question) => client.probe(question, kind, options));
  }

  /** Learning rates on a twin of the run after the latest step. */
  async rangeTest(range: Range, signal?: AbortSignal): Promise<RangeTest> {
    const run = this.run();
    const from = run.steps.checkpoint;
    if (!from) throw new Abandoned();
    const { recipe } = run.request;
    return this.#ask(run, signal, (client, id) => client.rangeTest({ id, from, recipe }, range));
  }

  /** Loss and accuracy on all training rows and on the held-out rows. @param theta by default the parameters after the latest step */
  async evaluate(signal?: AbortSignal, theta = this.run().steps.checkpoint?.theta): Promise<Evaluation> {
    const run = this.run();
    if (!theta) throw new Abandoned();
    return this.#ask(run, signal, (client, id) => client.evaluate({ id }, theta));
  }

  async #askAbout<T>(
    step: number,
    { quick = false, signal }: AskOptions = {},
    send: (client: ObserverClient, question: StepQuestion) => Promise<T>,
  ): Promise<T> {
    const run = this.run();
    const { recipe } = run.request;
    const from: Checkpoint | null = run.steps.checkpointBefore(step);
    if (!from || step > run.steps.history.length) throw new Error(`Step ${step} has not been taken.`);
    return this.#ask(run, signal, (client, id) => send(client, { id, step, from, recipe, quick }));
  }

  /** Asks a question about a run, and once more where its worker dies. */
  async #ask<T>(
    run: ObservedRun,
    signal: AbortSignal | undefined,
    send: (client: ObserverClient, id: number) => Promise<T>,
  ): Promise<T> {
    try {
      return await this.#askOnce(run, signal, send);
    } catch (error) {
      if (!(error instanceof WorkerDied)) throw error;
      return this.#askOnce(run, signal, send);
    }
  }

  async #askOnce<T>(
    run: ObservedRun,
    signal: AbortSignal | undefined,
    send: (client: ObserverClient, id: number) => Promise<T>,
  ): Promise<T> {
    if (run.request.recording) throw new InputError(noNetwork("only recorded quantities are known"));
    const client = await this.#clientWith(run);
    if (signal?.aborted || this.run().steps !== run.steps) throw new Abandoned();
    const id = ++this.#lastId;
    const drop = () => void client.drop([id]).catch(() => {});
    signal?.addEventListener("abort", drop);
    const check = setInterval(() => this.#expectAnswer(client), patienceMs);
    try {
      const answer = await send(client, id);
      this.#deaths.count = 0;
      return answer;
    } catch (error) {
      if (error instanceof WorkerDied) this.#remove(client, error);
      throw error;
    } finally {
      clearInterval(check);
      signal?.removeEventListener("abort", drop);
    }
  }

  /** The worker, with the run loaded. */
  async #clientWith(run: ObservedRun): Promise<ObserverClient> {
    if (this.#deaths.steps !== run.steps) this.#deaths = { steps: run.steps, count: 0 };
    if (this.#deaths.count >= maxDeathsInARow) throw new Abandoned();
    this.#client ??= this.start();
    const client = this.#client;
    if (this.#loaded?.run.steps !== run.steps || this.#loaded.run.report !== run.report) {
      const loading = client.load(run.request, run.report);
      const done = within(loadingMs, loading, () => client.terminate("The observing worker did not load the run."));
      this.#loaded = { run, done };
    }
    try {
      await this.#loaded?.done;
    } catch (error) {
      if (error instanceof WorkerDied) this.#remove(client, error);
      throw error;
    }
    return client;
  }

  /** Ends a worker that does not react. */
  #expectAnswer(client: ObserverClient): void {
    within(patienceMs, client.drop([]), () => client.terminate("The observing worker did not answer.")).catch(() => {});
  }

  /** The next question starts another worker. Several questions of one worker fail together and count once. */
  #remove(client: ObserverClient, { message }: WorkerDied): void {
    if (client !== this.#client) return;
    this.#client = null;
    this.#loaded = null;
    if (++this.#deaths.count === maxDeathsInARow) {
      this.failed(
        `Panels that show one step are not updated: the observing worker failed ${maxDeathsInARow} times in a row. ${message}`,
      );
    }
  }
}
