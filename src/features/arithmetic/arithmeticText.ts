import type { Verdict } from "../../core/history/alpha";
import type { History } from "../../core/history/history";
import type { Inspection } from "../../engine/inspect/inspector";
import { formatNumber } from "../../kit/text/format";

/** The numbers of α* = −slope/curvature at one step, and a remark on them. */
export interface Arithmetic {
  readonly step: number;
  readonly values: Readonly<Record<"slope" | "curvature" | "alphaStar", string>>;
  readonly remark: string;
}

const significantDigits = 4;

const remarks: Readonly<Record<Verdict, string>> = {
  minimum:
    "α* is the best step for this minibatch along this d only. α* changes with every minibatch and is not a recommended learning rate.",
  behind:
    "The slope is not negative: the loss does not decrease along d, and the minimum of the quadratic model is at α* ≤ 0.",
  concave: "Negative curvature: α* is a maximum of the quadratic model.",
  flat: "The curvature is zero to within rounding error, so α* has no value.",
  diverged: "Training has diverged: loss, slope or curvature is not finite, so α* has no value.",
};

/** The arithmetic of a step; null if the step has not been measured. */
export function arithmeticOf(history: History, step: number): Arithmetic | null {
  const verdict = history.verdict(step);
  if (!verdict) return null;
  const text = (metric: "slope" | "curvature" | "alphaStar") =>
    formatNumber(history.value(metric, step), significantDigits);
  return {
    step,
    values: { slope: text("slope"), curvature: text("curvature"), alphaStar: text("alphaStar") },
    remark: verdict === "concave" ? remarks.concave + partsOfCurvature(history, step) : remarks[verdict],
  };
}

/** “ dᵀHd = dᵀGd + rest = 6.10 − 6.46: …”, the reason for a negative curvature. Empty where dᵀGd was not measured. */
function partsOfCurvature(history: History, step: number): string {
  const gaussNewton = history.value("gaussNewton", step);
  if (!Number.isFinite(gaussNewton)) return "";
  const rest = formatNumber(gaussNewton - history.value("curvature", step), 3);
  return ` dᵀHd = dᵀGd + rest = ${formatNumber(gaussNewton, 3)} − ${rest}; the rest is the network’s own curvature.`;
}

/**
 * The optimiser's numbers for one parameter, as text, by the names in the formulas: m̂ and v̂ as used in d, with their
 * operands. null if the network has no parameter of this index.
 */
export function updateOf({ gradient, m, v, vMax, update, direction }: Inspection, parameter: number) {
  const [first, second, g, d] = [m[parameter], v[parameter], gradient[parameter], direction[parameter]];
  if (first === undefined || second === undefined || g === undefined || d === undefined) return null;
  const { c1, c2, mWeight, gWeight, vWeight } = update;
  const mHat = mWeight * first + gWeight * g;
  const vHat = vWeight * (vMax[parameter] ?? second);
  const text = (value: number) => formatNumber(value, significantDigits);
  return {
    g: text(g),
    m: text(first),
    v: text(second),
    vMax: text(vMax[parameter] ?? second),
    c1: text(c1),
    c2: text(c2),
    mWeight: text(mWeight),
    gWeight: text(gWeight),
    mHat: text(mHat),
    vHat: text(vHat),
    root: text(Math.sqrt(vHat)),
    d: text(d),
  };
}

export type UpdateValues = NonNullable<ReturnType<typeof updateOf>>;
