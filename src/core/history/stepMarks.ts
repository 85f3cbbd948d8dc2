/** Step sizes along d that the user can mark on the slice and on the ruler, besides α*. */
export const stepMarkNames = ["breakEven", "armijo", "polyak", "pal"] as const;
export type StepMarkName = (typeof stepMarkNames)[number];

/** Their labels on the slice and on the ruler. */
export const stepMarkLabels: Readonly<Record<StepMarkName, string>> = {
  breakEven: "break-even",
  armijo: "Armijo",
  polyak: "Polyak",
  pal: "PAL",
};

/**
 * The reasons why there is no step size.
 *
 * - `uphill`: slope ≥ 0, d is not a descent direction
 * - `noRoot`: the loss does not rise again within the search
 * - `concave`: PAL's parabola has no minimum
 * - `notTaken`: the step taken is 0, or the loss after it is not finite
 */
export type NoStep = "uphill" | "noRoot" | "concave" | "notTaken";
export type StepSize = number | NoStep;

/** The marks of one step, on the loss h(α) of its minibatch. */
export interface StepMarks extends Readonly<Record<StepMarkName, StepSize>> {
  readonly step: number;
  /** h(0), the height of the break-even mark. */
  readonly loss: number;
  /** h′(0) */
  readonly slope: number;
  /** The greatest α at which the loss was computed. */
  readonly searchedTo: number;
}

/** c of Armijo's condition h(α) ≤ h(0) + c·α·slope. */
export const armijoShare = 1e-4;

/**
 * The Polyak step with f* = 0, the zero of the tangent h(0) + slope·α (Loizou et al., Stochastic Polyak step-size,
 * arXiv 2002.10542): the least loss of a minibatch counts as 0.
 */
export const polyakStep = (loss: number, slope: number): StepSize => (slope < 0 ? loss / -slope : "uphill");

/**
 * The minimiser of the parabola through h(0), with h′(0), and through h(s): PAL (Mutschler and Zell, arXiv 1903.11991), which
 * needs no Hessian product. α = −slope·s²/(2(h(s) − h(0) − slope·s)).
 */
export function palStep(loss: number, slope: number, s: number, lossAfter: number): StepSize {
  if (!(slope < 0)) return "uphill";
  if (s === 0 || !Number.isFinite(lossAfter)) return "notTaken";
  const halfCurvature = (lossAfter - loss - slope * s) / (s * s);
  return halfCurvature > 0 ? -slope / (2 * halfCurvature) : "concave";
}
