import { predictedChange } from "../../core/history/alpha";
import { formatNumber } from "../../kit/text/format";
import type { Slice } from "../../session/observe/slice";

/** The greatest |ρ − 1| of an accurate model, and of a roughly accurate one. */
const [close, rough] = [0.1, 0.5];
/** A step below this share of α* is no evidence for the model at α*: the sentence names the share. */
const short = 0.1;

/**
 * The accuracy of the quadratic model: at the step taken, by ρ, and at α*, by the true loss there.
 *
 * @param rounding relative rounding error of a loss; no ρ is given for a predicted change below 32 times this error
 */
export function trustSentence(slice: Slice, rounding: number): string {
  return `${stepSentence(slice, rounding)} ${vertexSentence(slice)}`;
}

function stepSentence(slice: Slice, rounding: number): string {
  const { reductionRatio: rho, slope, curvature, stepTaken, loss, verdict, alphaStar } = slice;
  const predicted = predictedChange(slope, curvature, stepTaken);
  if (!Number.isFinite(rho) || Math.abs(predicted) < 32 * rounding * Math.abs(loss)) {
    return "The step is too short for a meaningful ρ.";
  }
  const value = `ρ = ${formatNumber(rho, 3)}:`;
  if (Math.abs(rho - 1) <= close) {
    const share = verdict === "minimum" ? stepTaken / alphaStar : 1;
    const shareText = share < short ? ` (${formatNumber(100 * share, 2)}% of α*)` : "";
    return `${value} the model fits this step${shareText}.`;
  }
  if (Math.abs(rho - 1) <= rough) return `${value} the model fits this step roughly.`;
  if (rho > 0) return `${value} the model does not fit this step.`;
  return predicted < 0
    ? `${value} the model predicted a decrease, but the loss rose.`
    : `${value} the model predicted an increase, but the loss fell.`;
}

function vertexSentence(slice: Slice): string {
  switch (slice.verdict) {
    case "minimum":
      return atBest(slice);
    case "behind":
      return "d points uphill: the loss decreases only for negative steps.";
    case "concave":
      return "The model’s vertex is a maximum: there is no best step.";
    case "flat":
      return "The model is a straight line: there is no best step.";
    case "diverged":
      return "";
  }
}

function atBest({ alphas, batch, alphaStar, loss, slope, curvature }: Slice): string {
  const lossThere = batch[alphas.indexOf(alphaStar)];
  if (lossThere === undefined) return "";
  const ratio = (lossThere - loss) / predictedChange(slope, curvature, alphaStar);
  if (!Number.isFinite(ratio)) return "At α* the loss is not finite.";
  if (Math.abs(ratio - 1) <= close) return "At α* the loss falls as predicted.";
  if (ratio <= 0) return "At α* the loss rises.";
  const share = ratio < 1 ? `${formatNumber(100 * ratio, 2)}% of` : `${formatNumber(ratio, 2)} times`;
  return `At α* the loss falls by ${share} the prediction.`;
}

/** The next minibatch's part of the picture's accessible name; empty where the next minibatch does not judge the step. */
export function nextText({ nextVerdict, nextAlphaStar }: Pick<Slice, "nextVerdict" | "nextAlphaStar">): string {
  if (nextVerdict === null) return "";
  const hasVertex = nextVerdict === "minimum" || nextVerdict === "behind";
  return `; for the next batch α* is ${hasVertex ? formatNumber(nextAlphaStar, 3) : "none"}`;
}
