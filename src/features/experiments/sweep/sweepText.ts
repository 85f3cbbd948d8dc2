import type { SweepRow } from "../../../core/experiment/runSummary";
import type { SecondKey } from "../../../core/experiment/sweep";
import { formatCount, formatNumber, formatValue } from "../../../kit/text/format";
import type { SweepProgress } from "../../../session/experiment/sweep";
import { valueName } from "./sweepPicture";

/** The names of the settings that a sweep may vary besides lr. */
export const secondLabel: Readonly<Record<SecondKey, string>> = {
  batchSize: "batch size",
  beta1: "β₁",
  optimiser: "optimiser",
  sigma: "σ",
};

/** A run and its results in one line. */
export function runText(row: SweepRow, key: SecondKey | null): string {
  const { lr, value, seed, train, held, alphaStar, diverged, steps } = row;
  const name = [`lr ${formatValue(lr)}`, ...(key ? [valueName(key, value)] : []), `seed ${seed}`].join(", ");
  if (diverged) return `${name}: diverged at step ${formatCount(steps)}`;
  const results = [
    `loss ${formatNumber(train.loss)}`,
    ...(held ? [`held out ${formatNumber(held.loss)}`] : []),
    `median α* ${formatNumber(alphaStar ?? Number.NaN, 2)}`,
  ];
  return `${name}: ${results.join(", ")}`;
}

/** The progress of a sweep. */
export function progressText({ done, total, secondsLeft }: SweepProgress): string {
  const left = secondsLeft === null ? "" : `, about ${durationText(secondsLeft)} left`;
  return `${formatCount(done)} of ${formatCount(total)} runs${left}`;
}

function durationText(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

/** The best run of a sweep in a sentence, and the number of runs that have diverged. */
export function resultText(rows: readonly SweepRow[], key: SecondKey | null): string {
  const finite = rows.filter(({ train }) => Number.isFinite(train.loss));
  const diverged = rows.filter((row) => row.diverged).length;
  const best = finite.reduce<SweepRow | null>((a, b) => (a && a.train.loss <= b.train.loss ? a : b), null);
  const sentences = [
    best && `Least final loss on the training rows: ${runText(best, key)}.`,
    diverged > 0 && `${formatCount(diverged)} of ${formatCount(rows.length)} runs diverged.`,
  ];
  return sentences.filter(Boolean).join(" ");
}
