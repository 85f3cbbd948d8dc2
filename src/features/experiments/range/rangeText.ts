import { formatNumber, formatValue } from "../../../kit/text/format";
import type { RangeResult } from "../../../session/experiment/rangeTest";
import { medianLength, type RateLoss } from "./rangePicture";

/** The result of a range test in sentences: the least loss, the end of the test, and α* and the edge for comparison. */
export function rangeText({ test, own, next, edge }: RangeResult, least: RateLoss): string {
  const last = test.lr.at(-1) ?? 0;
  const count = test.lr.length;
  const steps = `${count} step${count === 1 ? "" : "s"}`;
  const ends = {
    exploded: `The loss explodes at lr ${formatNumber(last, 2)}, after ${steps}: its running mean is above 4 times the least mean.`,
    diverged: `Training diverges at lr ${formatNumber(last, 2)}, after ${steps}: the loss is not finite.`,
    complete: `The loss does not explode up to lr ${formatNumber(last, 2)}, in ${steps}.`,
  };
  const found =
    count >= medianLength
      ? `The loss is least at lr ${formatNumber(least.lr, 2)}: median ${formatNumber(least.loss)} of ${medianLength} steps.`
      : "";
  const best = own
    ? `The median α* of the last steps is ${formatNumber(own.median, 2)}${next ? `, of the next minibatch ${formatNumber(next.median, 2)}` : ""}.`
    : "";
  const stable = edge === null ? "" : `The edge of stability is at lr ${formatNumber(edge, 2)}.`;
  return [found, ends[test.end], best, stable].filter((sentence) => sentence !== "").join(" ");
}

/** The numbers of one step of a range test. */
export function readingText({ test }: RangeResult, index: number): string {
  const numbers = [
    `lr ${formatNumber(test.lr[index] ?? Number.NaN)}`,
    `loss ${formatNumber(test.loss[index] ?? Number.NaN)}`,
    `α* ${formatNumber(test.alphaStar[index] ?? Number.NaN, 2)}`,
    `next α* ${formatNumber(test.nextAlphaStar[index] ?? Number.NaN, 2)}`,
  ];
  return `step ${formatValue(test.taken + index + 1)}: ${numbers.join(", ")}`;
}
