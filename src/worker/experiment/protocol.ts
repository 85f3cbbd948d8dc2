import type { Table } from "../../core/data/table";
import type { RunSummary } from "../../core/experiment/runSummary";
import type { Recipe } from "../../core/recipe/recipe";

/** The protocol of a worker that trains the runs of a sweep one after the other. Termination of the worker cancels its run. */
export interface ExperimentApi {
  /** The rows of real data for the runs that follow; null for generated data. */
  load(table: Table | null): Promise<void>;
  /** Begins a run of this many steps in place of the one before. */
  begin(recipe: Recipe, steps: number): Promise<void>;
  /** Trains for about `budgetMs` of wall time. Resolves to the steps taken, and to the summary once the run is complete. */
  advance(budgetMs: number): Promise<{ readonly step: number; readonly summary: RunSummary | null }>;
}
