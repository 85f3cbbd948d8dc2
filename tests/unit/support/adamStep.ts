import type { LinearUpdate } from "../../../src/core/recipe/optimisers";
import type { StepSettings } from "../../../src/engine/engine";

interface AdamStep {
  readonly lr: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly eps: number;
  readonly c1: number;
  readonly c2: number;
}

/** A step of Adam in the middle of a run, by its formula: m ← β₁m + (1 − β₁)g, v likewise, d = −(m/c₁)/(√(v/c₂) + ε). */
export function adamStep({ lr, beta1, beta2, eps, c1, c2 }: AdamStep): StepSettings {
  const update: LinearUpdate = {
    mKeep: beta1,
    mTake: 1 - beta1,
    vKeep: beta2,
    vTake: 1 - beta2,
    mWeight: 1 / c1,
    gWeight: 0,
    vWeight: 1 / c2,
    floor: eps,
    decay: 0,
    c1,
    c2,
  };
  return { update, lr, rule: "lr", sigma: 1 };
}
