import { predictedChange } from "../../core/history/alpha";
import { formatNumber } from "../../kit/text/format";
import type { Slice } from "../../session/observe/inspection";

/** ρ within this of 1: the parabola holds; within the second: roughly. */
const [close, rough] = [0.1, 0.5];
/** A step below this share of α* tells nothing about the parabola at α*. */
const short = 0.1;

/**
 * How far the parabola can be believed: for the step taken, by ρ, and as far as α*, by what the loss truly does there.
 *
 * @param rounding the relative rounding of a loss, below whose multiple a change of it is noise
 */
export function trustSentence(slice: Slice, rounding: number): string {
  return `${stepSentence(slice, rounding)} ${vertexSentence(slice)}`;
}

function stepSentence(slice: Slice, rounding: number): string {
  const { reductionRatio: rho, slope, curvature, stepTaken, loss, verdict, alphaStar } = slice;
  const predicted = predictedChange(slope, curvature, stepTaken);
  if (!Number.isFinite(rho) || Math.abs(predicted) < 32 * rounding * Math.abs(loss)) {
    return "The step is too short for ρ to judge the parabola.";
  }
  const value = `ρ = ${formatNumber(rho, 3)}:`;
  if (Math.abs(rho - 1) <= close) {
    const share = verdict === "minimum" ? stepTaken / alphaStar : 1;
    const so = share < short ? `, ${formatNumber(100 * share, 2)}% of α*.` : ".";
    return `${value} the parabola holds for this step${so}`;
  }
  if (Math.abs(rho - 1) <= rough) return `${value} the parabola is roughly right for this step.`;
  if (rho > 0) return `${value} the parabola is wrong for this step.`;
  return predicted < 0
    ? `${value} the parabola said this step lowers the loss, and it rose.`
    : `${value} the parabola said this step raises the loss, and it fell.`;
}

function vertexSentence(slice: Slice): string {
  switch (slice.verdict) {
    case "minimum":
      return atBest(slice);
    case "behind":
      return "d points uphill: the loss falls only behind 0.";
    case "concave":
      return "Its vertex is a maximum: it has no best step.";
    case "flat":
      return "It is a straight line: it has no best step.";
    case "diverged":
      return "";
  }
}

function atBest({ alphas, batch, alphaStar, loss, slope, curvature }: Slice): string {
  const there = batch[alphas.indexOf(alphaStar)];
  if (there === undefined) return "";
  const ratio = (there - loss) / predictedChange(slope, curvature, alphaStar);
  if (!Number.isFinite(ratio)) return "At α* the loss is out of all bounds.";
  if (Math.abs(ratio - 1) <= close) return "At α* the loss falls as far as it says.";
  if (ratio <= 0) return "At α* the loss rises.";
  const far = ratio < 1 ? `${formatNumber(100 * ratio, 2)}% as far` : `${formatNumber(ratio, 2)} × as far`;
  return `At α* the loss falls ${far} as it says.`;
}
