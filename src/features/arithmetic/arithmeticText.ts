import type { Verdict } from "../../core/history/alpha";
import type { History } from "../../core/history/history";
import type { Inspection } from "../../engine/inspect/inspector";
import { formatNumber } from "../../kit/text/format";

/** α* = −slope/curvature with one step's numbers in it, and what the page has to say about them. */
export interface Arithmetic {
  readonly step: number;
  readonly values: Readonly<Record<"slope" | "curvature" | "alphaStar", string>>;
  readonly remark: string;
}

const digits = 4;

const remarks: Readonly<Record<Verdict, string>> = {
  minimum: "Best for this batch, along this d. Not the best learning rate: the next batch will want another.",
  behind: "The slope is not negative: d does not lead downhill on this batch, and the minimum is not ahead (α* ≤ 0).",
  concave: "The curvature is negative: this vertex is a maximum of the parabola, not a best step.",
  flat: "The curvature is zero within rounding: a division by zero. Straight along d there is no finite best step.",
  diverged: "Training has diverged: there are no finite numbers to divide.",
};

/** null where the step has not been measured. */
export function arithmeticOf(history: History, step: number): Arithmetic | null {
  const verdict = history.verdict(step);
  if (!verdict) return null;
  const text = (metric: "slope" | "curvature" | "alphaStar") => formatNumber(history.value(metric, step), digits);
  return {
    step,
    values: { slope: text("slope"), curvature: text("curvature"), alphaStar: text("alphaStar") },
    remark: remarks[verdict],
  };
}

/**
 * The optimiser's own numbers for one parameter, by name as the formulas have them: m̂ and v̂ as they enter d, and what they
 * are made of. null where the network has no such parameter.
 */
export function updateOf({ gradient, m, v, vMax, update, direction }: Inspection, parameter: number) {
  const [first, second, g, d] = [m[parameter], v[parameter], gradient[parameter], direction[parameter]];
  if (first === undefined || second === undefined || g === undefined || d === undefined) return null;
  const { c1, c2, mWeight, gWeight, vWeight } = update;
  const mHat = mWeight * first + gWeight * g;
  const vHat = vWeight * (vMax[parameter] ?? second);
  const text = (value: number) => formatNumber(value, digits);
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
