import type { History } from "../../core/history/history";
import { formatNumber } from "../../kit/text/format";

/** The notebook's lines for one epoch. */
export interface LogEntry {
  readonly epoch: number;
  readonly lines: readonly string[];
}

const withoutBestStep = {
  behind: "≤ 0 (uphill)",
  concave: "none (concave)",
  flat: "none (flat)",
  diverged: "none (diverged)",
};

/**
 * The lines that the notebook prints, and α*, the latest epoch first: the norm of each tensor of d at the first batch of an
 * epoch, and every ten epochs the loss of the epoch's last batch.
 *
 * @param epochs largest number of entries
 */
export function logOf(history: History, epochs: number): LogEntry[] {
  const entries: LogEntry[] = [];
  const batchIndices = history.values("batchIndex", 1, history.length);
  for (let step = history.length; step >= 1 && entries.length < epochs; step--) {
    if (batchIndices[step - 1] === 0) entries.push(entryAt(history, step));
  }
  return entries;
}

function entryAt(history: History, step: number): LogEntry {
  const epoch = history.value("epoch", step);
  const verdict = history.verdict(step) ?? "diverged";
  const alphaStar = verdict === "minimum" ? history.value("alphaStar", step).toPrecision(4) : withoutBestStep[verdict];
  const norms = history.tensors.map(({ name }, t) => `  ${name}: ${fixed(history.norm("directionNorms", t, step))}`);
  const loss = epoch % 10 === 0 ? lastLoss(history, step, epoch) : null;
  return {
    epoch,
    lines: [
      `Epoch ${epoch}, Batch 0: α* ${alphaStar}`,
      ...norms,
      ...(loss === null ? [] : [`Epoch ${epoch}, Loss: ${fixed(loss)}`]),
    ],
  };
}

/** The loss of the epoch's last batch; null before the epoch has ended. */
function lastLoss(history: History, first: number, epoch: number): number | null {
  for (let step = first + 1; step <= history.length; step++) {
    if (history.value("epoch", step) !== epoch) return history.value("loss", step - 1);
  }
  return null;
}

function fixed(x: number): string {
  return Number.isFinite(x) && Math.abs(x) < 1e6 ? x.toFixed(4) : formatNumber(x, 5);
}

/** The whole log in the order of the notebook, for the clipboard. */
export function logText(history: History): string {
  return logOf(history, Number.POSITIVE_INFINITY)
    .reverse()
    .flatMap(({ lines }) => lines)
    .join("\n");
}
