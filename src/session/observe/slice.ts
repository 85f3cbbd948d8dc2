import type { Verdict } from "../../core/history/alpha";
import type { History } from "../../core/history/history";
import { nextWindow, type SliceWindow, sliceAlphas, sliceTarget } from "../../core/history/slice";
import type { SliceLosses } from "../../engine/inspect/slicer";

/** The loss along d of one step, evaluated by the engine, with the step's measurements. */
export interface Slice extends SliceLosses {
  readonly window: SliceWindow;
  /** Ascending; contains the step's marks (0, s, lr, α*, 2α*, α* of the next minibatch, the Gauss–Newton step) that are inside the window. */
  readonly alphas: Float64Array;
  /** Rows in the minibatch. */
  readonly rows: number;
  /** h(0) as measured in training. */
  readonly loss: number;
  readonly slope: number;
  readonly curvature: number;
  readonly verdict: Verdict;
  readonly alphaStar: number;
  readonly lr: number;
  readonly stepTaken: number;
  readonly reductionRatio: number;
  /** dᵀGd; NaN where it was not measured. */
  readonly gaussNewton: number;
  /** −slope/dᵀGd, the minimiser of the Gauss–Newton model. */
  readonly gaussNewtonStep: number;
  /** null where the next minibatch does not judge the step. */
  readonly nextVerdict: Verdict | null;
  readonly nextAlphaStar: number;
}

/** A slice before its losses are evaluated. */
export type SlicePlan = Omit<Slice, keyof SliceLosses>;

/**
 * The window, the step sizes to evaluate and the measurements of a slice.
 *
 * @param previous the window shown so far; null before the first slice
 * @param share the share of the distance from `previous` to the step's own window, 0 to 1
 * @param coarse fewer step sizes
 * @returns null where training has diverged at the step, or the step has no window
 */
export function planSlice(
  history: History,
  step: number,
  previous: SliceWindow | null,
  share: number,
  coarse = false,
): SlicePlan | null {
  const verdict = history.verdict(step);
  if (!verdict || verdict === "diverged") return null;
  const [alphaStar, lr] = [history.value("alphaStar", step), history.value("lr", step)];
  const stepTaken = history.value("stepTaken", step);
  const slope = history.value("slope", step);
  const gaussNewton = history.value("gaussNewton", step);
  const gaussNewtonStep = -slope / gaussNewton;
  const nextAlphaStar = history.value("nextAlphaStar", step);
  const window = nextWindow(previous, sliceTarget({ verdict, alphaStar, gaussNewtonStep, stepTaken }), share);
  return (
    window && {
      window,
      alphas: sliceAlphas(window, [0, stepTaken, lr, alphaStar, 2 * alphaStar, nextAlphaStar, gaussNewtonStep], coarse),
      rows: history.value("batch", step),
      loss: history.value("loss", step),
      slope,
      curvature: history.value("curvature", step),
      verdict,
      alphaStar,
      lr,
      stepTaken,
      reductionRatio: history.value("reductionRatio", step),
      gaussNewton,
      gaussNewtonStep,
      nextVerdict: history.nextVerdict(step),
      nextAlphaStar,
    }
  );
}
