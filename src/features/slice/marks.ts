import { parabola } from "../../core/history/slice";
import type { Slice } from "../../session/observe/slice";

/** A named step size along d. */
export interface SliceMark {
  /** `next`: α* of the next minibatch; `gauss`: the minimiser of the Gauss–Newton model. */
  readonly kind: "step" | "best" | "twice" | "next" | "gauss";
  readonly label: string;
  readonly alpha: number;
  /** The heights of its dots, one on each curve that belongs to it. */
  readonly dots: readonly number[];
}

/**
 * The step taken is a dot on the true loss; α* a dot on the quadratic model and one on the true loss; α* of the next minibatch a
 * dot on that minibatch's loss; the minimiser of the Gauss–Newton model a dot on that model.
 */
export function marksOf(slice: Slice): SliceMark[] {
  const { alphas, batch, next, verdict, alphaStar, nextVerdict, nextAlphaStar } = slice;
  const { stepTaken, lr, loss, slope, curvature, gaussNewton, gaussNewtonStep } = slice;
  const mark = (kind: SliceMark["kind"], label: string, alpha: number, ...heights: (number | undefined)[]) => ({
    ...{ kind, label, alpha },
    dots: heights.filter((height) => height !== undefined).filter(Number.isFinite),
  });
  const heightOn = (losses: Float64Array | null, alpha: number) => losses?.[alphas.indexOf(alpha)];
  const marks = [mark("step", stepTaken === lr ? "lr" : "step", stepTaken, heightOn(batch, stepTaken))];
  if (hasVertex(nextVerdict)) marks.push(mark("next", "next", nextAlphaStar, heightOn(next, nextAlphaStar)));
  const onBoth = [parabola(loss, slope, curvature, alphaStar), heightOn(batch, alphaStar)];
  if (hasVertex(verdict)) marks.push(mark("best", "α*", alphaStar, ...onBoth));
  if (verdict === "concave") marks.push(mark("best", "α* (maximum)", alphaStar, ...onBoth));
  if (verdict === "minimum") marks.push(mark("twice", "2α*", 2 * alphaStar));
  if (drawsGaussNewton(slice)) {
    marks.push(mark("gauss", "Gauss–Newton", gaussNewtonStep, parabola(loss, slope, gaussNewton, gaussNewtonStep)));
  }
  return marks;
}

const hasVertex = (verdict: Slice["nextVerdict"]) => verdict === "minimum" || verdict === "behind";

/** Whether the Gauss–Newton model is drawn: the quadratic model has no minimum, but this model has one. */
export const drawsGaussNewton = ({ verdict, gaussNewton, gaussNewtonStep }: Slice): boolean =>
  verdict === "concave" && gaussNewton > 0 && Number.isFinite(gaussNewtonStep);
