import type { Verdict } from "./alpha";

/** The quantities that a condition compares with a number. */
export type StopQuantity = "ratio" | "loss";

/**
 * The steps at which play pauses: those with a step ratio lr/α* or a minibatch loss above or below a number, or with a verdict.
 * A step without a minimum has no step ratio. Play pauses at the verdict `diverged` in any case.
 */
export type StopCondition =
  | { readonly when: StopQuantity; readonly above: number }
  | { readonly when: StopQuantity; readonly below: number }
  | { readonly when: "verdict"; readonly is: Exclude<Verdict, "diverged"> };

/** The measurements of a step on which a condition depends. */
export interface StepMeasurements {
  readonly verdict: Verdict;
  readonly loss: number;
  readonly lr: number;
  readonly alphaStar: number;
}

/** Whether play pauses at a step with these measurements. */
export function isMet(condition: StopCondition, { verdict, loss, lr, alphaStar }: StepMeasurements): boolean {
  if (condition.when === "verdict") return verdict === condition.is;
  if (condition.when === "ratio" && verdict !== "minimum") return false;
  const value = condition.when === "loss" ? loss : lr / alphaStar;
  return "above" in condition ? value > condition.above : value < condition.below;
}
