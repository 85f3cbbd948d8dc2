import { createStore, type StoreApi } from "zustand/vanilla";
import { messageOf } from "../../core/errors";
import type { SweepRow } from "../../core/experiment/runSummary";
import { pointsOf, type Sweep, type SweepPoint } from "../../core/experiment/sweep";
import type { StartExperimenter } from "../../worker/client";
import { runPool } from "../../worker/experiment/pool";
import type { Session } from "../session";

export interface SweepProgress {
  /** Runs that are complete, and all runs. */
  readonly done: number;
  readonly total: number;
  /** The share of the work that is done, from 0 to 1. */
  readonly share: number;
  /** An estimate; null before there is one. */
  readonly secondsLeft: number | null;
}

export interface SweepState {
  /** The sweep of the rows; null before the first one. */
  readonly sweep: Sweep | null;
  /** The runs that are complete, in the order of the sweep. */
  readonly rows: readonly SweepRow[];
  /** null while no sweep runs. */
  readonly progress: SweepProgress | null;
  /** The reason why the sweep has failed. */
  readonly error: string | null;
  /** Replaces the sweep before. Never rejects. */
  start(sweep: Sweep): Promise<void>;
  /** Ends the sweep and its workers; the runs that are complete stay. */
  cancel(): void;
  /** Opens a run of the sweep in place of the page's run, and trains it to its last step. Rejects where it cannot be loaded. */
  open(row: SweepRow): Promise<void>;
}

export type SweepHost = Pick<Session, "store" | "table" | "load" | "runTo" | "runFile" | "notify">;

/** The most workers of a sweep. */
const maxWorkers = 8;
/** One processor is left to the page and its run. */
const workersOf = (processors: number): number => Math.min(Math.max(processors - 1, 1), maxWorkers);
/** The cost of a step in rows of a minibatch, besides its minibatch. */
const overheadRows = 20;
/** Least time between two publications of rows and progress, in ms: the charts of many short runs take longer than the runs. */
const publishMs = 300;
/** No estimate of the time left before this time, in ms, and before this share of the work. */
const [earliestMs, earliestShare] = [500, 0.01];

const fromFile =
  "The data of this run are those of a run file. A sweep needs data that a recipe defines: choose a dataset, or open a CSV.";

/** @param processors of the machine */
export function createSweep(
  session: SweepHost,
  startExperimenter: StartExperimenter,
  processors: number,
): StoreApi<SweepState> {
  let request = new AbortController();
  return createStore<SweepState>()((set) => ({
    sweep: null,
    rows: [],
    progress: null,
    error: null,
    async start(sweep) {
      request.abort();
      const own = new AbortController();
      request = own;
      const { recipe, case: from } = session.store.getState();
      if (from) return set({ error: fromFile });
      const points = pointsOf(sweep, recipe);
      const rows = new Array<SweepRow | undefined>(points.length);
      const complete = () => rows.filter((row) => row !== undefined);
      const progress = progressOf(points, sweep.steps);
      let [done, publishedAt] = [0, Number.NEGATIVE_INFINITY];
      function publish(now: SweepProgress): void {
        if (performance.now() - publishedAt < publishMs && done < points.length) return;
        publishedAt = performance.now();
        set({ rows: complete(), progress: now });
      }
      set({ sweep, rows: [], error: null, progress: progress(0, 0, 0) });
      try {
        await runPool(
          points.map((point) => point.recipe),
          sweep.steps,
          {
            start: startExperimenter,
            workers: workersOf(processors),
            table: session.table(),
            signal: own.signal,
            progress: (run, step) => publish(progress(run, step, done)),
            done(run, summary) {
              rows[run] = { ...(points[run] as SweepPoint), ...summary };
              done++;
              publish(progress(run, sweep.steps, done));
            },
          },
        );
      } catch (error) {
        if (!own.signal.aborted) set({ error: messageOf(error) });
      }
      if (request === own) set({ rows: complete(), progress: null });
    },
    cancel() {
      request.abort();
      set({ progress: null });
    },
    open: (row) => openRun(session, row),
  }));
}

/** A function that counts the steps of each run and gives the progress of all. */
function progressOf(points: readonly SweepPoint[], steps: number) {
  const costs = points.map(({ recipe }) => Math.min(recipe.batchSize, recipe.rows) + overheadRows);
  const work = steps * costs.reduce((sum, cost) => sum + cost, 0);
  const taken = new Float64Array(points.length);
  const began = performance.now();
  return (run: number, step: number, done: number): SweepProgress => {
    taken[run] = Math.max(step, taken[run] as number);
    const share = costs.reduce((sum, cost, k) => sum + cost * (taken[k] as number), 0) / work;
    const elapsed = performance.now() - began;
    const known = done === points.length || (elapsed >= earliestMs && share >= earliestShare);
    const secondsLeft = known ? ((elapsed / 1000) * (1 - share)) / share : null;
    return { done, total: points.length, share, secondsLeft };
  };
}

/** Loads a run and trains it to its last step; a notice offers the return to the run before. */
async function openRun(session: SweepHost, { recipe, steps, lr, seed }: SweepRow): Promise<void> {
  const { recipe: previous, case: from, step } = session.store.getState();
  const before = from ? session.runFile() : previous;
  await session.load(recipe);
  session.runTo(steps);
  session.notify("info", `The page shows the run of the sweep with lr ${lr} and seed ${seed}.`, {
    about: "a run of the sweep",
    action: {
      label: "Previous run",
      run: () =>
        void session.load(before).then(
          () => step > 0 && session.runTo(step),
          (error: unknown) => session.notify("error", messageOf(error)),
        ),
    },
  });
}
