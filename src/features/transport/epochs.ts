import type { History } from "../../core/history/history";
import type { RunState } from "../../session/state";

/** The last step of epoch number `epoch`, from the measured steps; null where the history ends before it. */
export function stepMeasuredAt(history: History, epoch: number): number | null {
  // The metric `epoch` counts finished epochs: it is 0 in the first epoch.
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
 * The step that ends epoch number `epoch` if the current batch size stays. After a change of the batch size inside an epoch
 * the result may be off by one batch for that epoch; it is computed from the current position, not from step 0.
 */
export function stepAtEpoch(run: Pick<RunState, "step" | "epoch" | "recipe" | "settings">, epoch: number): number {
  const rows = run.recipe.rows;
  const batch = Math.min(run.settings.batchSize, rows);
  const whole = Math.floor(run.epoch);
  // The remaining rows of the current epoch, then whole epochs.
  const left = Math.round((1 - (run.epoch - whole)) * rows);
  return run.step + Math.ceil(left / batch) + (epoch - whole - 1) * Math.ceil(rows / batch);
}
