import type { Table } from "../../core/data/table";
import type { RunSummary } from "../../core/experiment/runSummary";
import type { Recipe } from "../../core/recipe/recipe";
import { type ExperimentClient, type StartExperimenter, WorkerDied } from "../client";

interface PoolOptions {
  readonly start: StartExperimenter;
  /** The number of workers. */
  readonly workers: number;
  readonly table: Table | null;
  /** Ends all workers. */
  readonly signal: AbortSignal;
  /** The steps that a run has taken so far. */
  readonly progress: (run: number, step: number) => void;
  readonly done: (run: number, summary: RunSummary) => void;
}

/** Time of one request, in ms: the least time between two messages of progress. */
const requestMs = 200;

/**
 * Trains runs on several workers, each run on one of them, in the order of the list. A run whose worker dies is trained once more on
 * a new worker. No worker is left when the promise settles.
 *
 * @throws WorkerDied where a run's worker dies twice; any error of a worker
 */
export async function runPool(runs: readonly Recipe[], steps: number, options: PoolOptions): Promise<void> {
  const { start, workers, table, signal, progress, done } = options;
  const waiting = runs.map((_, index) => index);
  const begunAgain = new Set<number>();
  const clients = new Set<ExperimentClient>();
  let ended = signal.aborted;
  const end = () => {
    ended = true;
    for (const client of clients) client.terminate();
    clients.clear();
  };
  signal.addEventListener("abort", end);

  async function train(client: ExperimentClient, run: number): Promise<void> {
    await client.begin(runs[run] as Recipe, steps);
    for (let complete = false; !complete; ) {
      const { step, summary } = await client.advance(requestMs);
      if (ended) return;
      progress(run, step);
      if (summary) done(run, summary);
      complete = summary !== null;
    }
  }

  /** Trains waiting runs on one worker, until none is left or the worker dies. */
  async function work(): Promise<void> {
    const client = start();
    clients.add(client);
    let run: number | undefined;
    try {
      await client.load(table);
      for (run = waiting.shift(); run !== undefined && !ended; run = waiting.shift()) await train(client, run);
    } catch (error) {
      if (ended) return;
      if (!(error instanceof WorkerDied) || run === undefined || begunAgain.has(run)) throw error;
      begunAgain.add(run);
      waiting.unshift(run);
    } finally {
      clients.delete(client);
      client.terminate();
    }
  }

  const lane = async () => {
    while (!ended && waiting.length > 0) await work();
  };
  try {
    await Promise.all(Array.from({ length: Math.min(workers, runs.length) }, lane));
  } finally {
    signal.removeEventListener("abort", end);
    end();
  }
}
