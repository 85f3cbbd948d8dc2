import type { StepSettings } from "../../../src/engine/engine";

/*
 * Steps of Adam as literal numbers, so that tests do not repeat the formulas of the product. As in torch.optim.Adam:
 * mKeep = β₁, mTake = 1 − β₁, vKeep = β₂, vTake = 1 − β₂, mWeight = 1/c₁, vWeight = 1/c₂, floor = ε, with c = 1 − βᵗ.
 */

const common = { gWeight: 0, floor: 1e-8, decay: 0, sign: false } as const;
const defaultMoments = { ...common, mKeep: 0.9, mTake: 0.1, vKeep: 0.999, vTake: 0.001 } as const;

/** The first step with PyTorch's defaults: lr 0.001, β₁ 0.9, β₂ 0.999. */
export const firstAdamStep: StepSettings = {
  update: { ...defaultMoments, mWeight: 10, vWeight: 1000, c1: 0.1, c2: 0.001 },
  lr: 0.001,
  rule: "lr",
  sigma: 1,
};

/** An early step: lr 0.01, c₁ = 0.4, c₂ = 0.02. */
export const earlyAdamStep: StepSettings = {
  update: { ...defaultMoments, mWeight: 2.5, vWeight: 50, c1: 0.4, c2: 0.02 },
  lr: 0.01,
  rule: "lr",
  sigma: 1,
};

/** A late step: lr 0.001, c₁ = c₂ = 1. */
export const lateAdamStep: StepSettings = {
  update: { ...defaultMoments, mWeight: 1, vWeight: 1, c1: 1, c2: 1 },
  lr: 0.001,
  rule: "lr",
  sigma: 1,
};

/** A step with small moment decays: lr 0.01, β₁ = 0.7, β₂ = 0.9, c₁ = 0.6, c₂ = 0.4. */
export const smallDecayAdamStep: StepSettings = {
  update: {
    ...common,
    mKeep: 0.7,
    mTake: 0.3,
    vKeep: 0.9,
    vTake: 0.1,
    mWeight: 1 / 0.6,
    vWeight: 2.5,
    c1: 0.6,
    c2: 0.4,
  },
  lr: 0.01,
  rule: "lr",
  sigma: 1,
};
