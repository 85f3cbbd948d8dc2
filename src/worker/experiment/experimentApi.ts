import { initialState, startOf } from "../../core/data/start";
import type { Table } from "../../core/data/table";
import type { Engine } from "../../engine/engine";
import { SweepRun } from "../../engine/experiment/sweepRun";
import { openFloat64 } from "../../engine/float64";
import type { ExperimentApi } from "./protocol";

/** The worker's side of the protocol of sweeps, on the cpu engine. */
export function createExperimentApi(): ExperimentApi {
  let table: Table | null = null;
  let current: { readonly run: SweepRun; readonly engine: Engine } | null = null;
  return {
    async load(rows) {
      table = rows;
    },
    async begin(recipe, steps) {
      current?.engine.dispose();
      const start = startOf(recipe, null, table);
      const { engine } = openFloat64(start.problem, initialState(start));
      current = { run: new SweepRun(engine, start, recipe, steps), engine };
    },
    async advance(budgetMs) {
      if (!current) throw new Error("No run of a sweep has begun.");
      const { run } = current;
      const summary = await run.advance(budgetMs);
      return { step: run.step, summary };
    },
  };
}
