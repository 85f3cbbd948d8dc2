import { initialState, startOf } from "../core/data/start";
import { Trainer } from "../engine/trainer";
import type { TrainerApi } from "./api";
import type { OpenEngine, Opened } from "./open";

interface Run {
  readonly trainer: Trainer;
  readonly opened: Opened;
}

/** The worker's side of the trainer's protocol. `engine.worker.ts` exposes it through Comlink; tests call it directly. */
export function createTrainerApi(openEngine: OpenEngine): TrainerApi {
  let current: Run | null = null;
  const trainer = (): Trainer => {
    if (!current) throw new Error("No run has been loaded yet.");
    return current.trainer;
  };

  return {
    async load({ recipe, case: from, table = null, engine: forced, judged }) {
      const start = startOf(recipe, from, table);
      const opened = await openEngine(forced, start.problem, initialState(start));
      current?.opened.dispose();
      current = { trainer: new Trainer(opened.engine, start, recipe, { judged }), opened };
      return { engine: opened.report, start: current.trainer.checkpoint, custom: start.custom };
    },
    advance: async (steps, budgetMs, stop) => trainer().advance(steps, budgetMs, stop),
    edit: async (change, measuredSteps) => trainer().edit(change, measuredSteps),
    revise: async (recipe) => trainer().revise(recipe),
    restore: async (checkpoint) => trainer().restore(checkpoint),
  };
}
