import type { RunState } from "../store/session";

/**
 * The step after which `epoch` epochs are done, with the batch size as it stands. A batch size that was changed in the
 * middle of an epoch makes that epoch's end a batch more or less; the count starts afresh from the present place.
 */
export function stepAtEpoch(run: Pick<RunState, "step" | "epoch" | "recipe" | "settings">, epoch: number): number {
  const rows = run.recipe.rows;
  const batch = Math.min(run.settings.batchSize, rows);
  const whole = Math.floor(run.epoch);
  // The rows left in the epoch under way, then whole epochs.
  const left = Math.round((1 - (run.epoch - whole)) * rows);
  return run.step + Math.ceil(left / batch) + (epoch - whole - 1) * Math.ceil(rows / batch);
}
