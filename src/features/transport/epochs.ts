import type { History } from "../../core/history/history";
import type { RunState } from "../../session/state";

/** The step with which `epoch` epochs were done, as it was measured; null where the history does not go so far. */
export function stepMeasuredAt(history: History, epoch: number): number | null {
  // Epochs count from 0, and a step belongs to the one under way.
  if (!(history.value("epoch", history.length) >= epoch)) return null;
  let [low, high] = [0, history.length];
  while (low < high - 1) {
    const middle = (low + high) >> 1;
    if (history.value("epoch", middle) < epoch) low = middle;
    else high = middle;
  }
  return low;
}

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
