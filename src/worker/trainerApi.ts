import { startOf } from "../core/start";
import { Trainer } from "../engine/trainer";
import type { TrainerApi } from "./api";
import type { OpenEngine, Opened } from "./open";

interface Run {
  readonly trainer: Trainer;
  readonly opened: Opened;
  /** d and s of the last step and θ after it; null where the run has just been loaded or restored. */
  last: { readonly direction: Float64Array; readonly stepTaken: number; readonly theta: Float64Array } | null;
}

/** The worker's side of the protocol; `trainer.worker.ts` puts it behind Comlink, tests call it directly. */
export function createTrainerApi(openEngine: OpenEngine): TrainerApi {
  let current: Run | null = null;
  const run = (): Run => {
    if (!current) throw new Error("No run has been loaded yet.");
    return current;
  };

  return {
    async load({ recipe, case: from, engine: forced }) {
      const start = startOf(recipe, from);
      const { problem, theta } = start;
      const zeros = () => new Float64Array(theta.length);
      const opened = await openEngine(forced, problem, { theta, m: zeros(), v: zeros() });
      const trainer = new Trainer(opened.engine, start, recipe);
      current?.opened.dispose();
      current = { trainer, opened, last: null };
      return { engine: opened.report, start: trainer.checkpoint };
    },

    async advance(steps, budgetMs) {
      const now = run();
      const chunk = await now.trainer.advance(steps, budgetMs);
      const { columns, direction, checkpoint } = chunk;
      const stepTaken = columns.metrics.stepTaken[columns.count - 1] as number;
      now.last = { direction, stepTaken, theta: checkpoint.theta };
      return chunk;
    },

    edit: async (settings) => run().trainer.edit(settings),

    async restore(checkpoint) {
      const now = run();
      await now.trainer.restore(checkpoint);
      now.last = null;
    },

    async probeFull() {
      const { trainer, opened, last } = run();
      if (!last) throw new Error("There is no direction to measure along before a step has been taken.");
      const { direction, stepTaken } = last;
      // d was measured at the parameters before the step: θ − s·d.
      const theta = last.theta.map((value, i) => value - stepTaken * (direction[i] as number));
      const count = trainer.rows;
      const all = { order: Uint32Array.from({ length: count }, (_, row) => row), start: 0, count };
      return opened.probe().along(theta, direction, all);
    },
  };
}
