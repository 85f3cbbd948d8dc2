import type { LiveSettings, Optimiser, Settings } from "./recipe";

/** The parameters θ and the state of an optimiser, P numbers each, flat in the order of `tensorsOf`. */
export interface State {
  readonly theta: Float64Array;
  readonly m: Float64Array;
  readonly v: Float64Array;
  /** The elementwise maximum of v over all steps, for AMSGrad; empty for all other optimisers. */
  readonly vMax: Float64Array;
}

/** Bias corrections of m and v: c ← βc + (1 − β), starting from 0; 1 for an optimiser without bias correction. */
export interface Normalisers {
  readonly c1: number;
  readonly c2: number;
}

/**
 * One step of an optimiser as eleven numbers and a flag: the new moment estimates m and v, and the search direction d,
 *
 *     m ← mKeep·m + mTake·g        v ← vKeep·v + vTake·g²        vMax ← max(vMax, v)
 *     d = −(mWeight·m + gWeight·g) / (√(vWeight·v) + floor) − decay·θ
 *
 * with vMax in place of v in the second line for AMSGrad. With `sign`, and m₀ the m before the step,
 *
 *     d = −sign(mWeight·m₀ + gWeight·g) − decay·θ
 *
 * c1 and c2 are the values after this step. The numbers are the same
 * for all parameters, so one GPU program computes every optimiser. Optimisers that need another operation cannot be
 * written in this form: LAMB scales d by norms of whole layers, and Shampoo multiplies matrices.
 */
export interface ElementwiseUpdate extends Normalisers {
  readonly mKeep: number;
  readonly mTake: number;
  readonly vKeep: number;
  readonly vTake: number;
  readonly mWeight: number;
  readonly gWeight: number;
  readonly vWeight: number;
  readonly floor: number;
  readonly decay: number;
  readonly sign: boolean;
}

/**
 * An optimiser as a pair of pure functions, as in optax: `init` makes the initial state, and `update` returns the coefficients
 * of a step. An engine applies them.
 */
export interface OptimiserDefinition {
  /** The name on the page. */
  readonly label: string;
  /** The settings that the optimiser uses, besides the learning rate. */
  readonly reads: readonly ("beta1" | "beta2" | "eps" | "weightDecay")[];
  /** Whether d depends on past gradients; then d may be an ascent direction of the minibatch loss. */
  readonly momentum: boolean;
  /** Whether d is divided by √v. */
  readonly adaptive: boolean;
  init(theta: Float64Array): State;
  /**
   * @param step the number of the step, from 1
   * @param previous the normalisers before this step; 0 before the first step
   */
  update(settings: LiveSettings, step: number, previous: Normalisers): ElementwiseUpdate;
  /**
   * The stability threshold, in loss per step²: on a quadratic loss for which P^{−1/2}HP^{−1/2} has a larger eigenvalue,
   * the iterates oscillate with growing amplitude (arXiv 2207.14484). Zero or negative where they do so on every convex
   * quadratic loss: weight decay with lr·λ ≥ 2. null for d = −sign(…), whose length does not depend on the gradient's: no
   * threshold is known.
   */
  readonly threshold: ((settings: LiveSettings, step: number) => number) | null;
}

const none = new Float64Array(0);

function init(theta: Float64Array): State {
  return { theta, m: new Float64Array(theta.length), v: new Float64Array(theta.length), vMax: none };
}

/** Gradient descent, d = −g: m equals the gradient, the denominator is 1, and there is no weight decay. */
export const gradientDescent: ElementwiseUpdate = {
  mKeep: 0,
  mTake: 1,
  vKeep: 0,
  vTake: 0,
  mWeight: 1,
  gWeight: 0,
  vWeight: 0,
  floor: 1,
  decay: 0,
  sign: false,
  c1: 1,
  c2: 1,
};

/** The normaliser after one more step: βc + (1 − β), equal to 1 − βᵗ while β is constant. */
const nextNormaliser = (c: number, beta: number): number => beta * c + (1 - beta);

function adam({ beta1, beta2, eps }: LiveSettings, previous: Normalisers): ElementwiseUpdate {
  const [c1, c2] = [nextNormaliser(previous.c1, beta1), nextNormaliser(previous.c2, beta2)];
  return {
    mKeep: beta1,
    mTake: 1 - beta1,
    vKeep: beta2,
    vTake: 1 - beta2,
    mWeight: 1 / c1,
    gWeight: 0,
    vWeight: 1 / c2,
    floor: eps,
    decay: 0,
    sign: false,
    c1,
    c2,
  };
}

const adamThreshold = ({ lr, beta1 }: LiveSettings) => (2 + 2 * beta1) / ((1 - beta1) * lr);

/** The momentum of NAdam at a step t: μ_t = β₁(1 − ½·0.96^(0.004t)), with the default momentum_decay of torch.optim.NAdam. */
const nadamMomentum = (beta1: number, step: number): number => beta1 * (1 - 0.5 * 0.96 ** (0.004 * step));

/** All optimisers, each with the formulas of torch.optim; Lion with those of its paper. */
export const optimisers: Readonly<Record<Optimiser, OptimiserDefinition>> = {
  adam: {
    label: "Adam",
    reads: ["beta1", "beta2", "eps"],
    momentum: true,
    adaptive: true,
    init,
    update: (settings, _, previous) => adam(settings, previous),
    threshold: adamThreshold,
  },
  sgd: {
    label: "SGD",
    reads: [],
    momentum: false,
    adaptive: false,
    init,
    update: () => gradientDescent,
    threshold: ({ lr }) => 2 / lr,
  },
  /** Heavy-ball momentum as in torch.optim.SGD without dampening: for a constant gradient, m tends to g/(1 − β₁). */
  momentum: {
    label: "Momentum",
    reads: ["beta1"],
    momentum: true,
    adaptive: false,
    init,
    update: ({ beta1 }) => ({ ...gradientDescent, mKeep: beta1 }),
    threshold: ({ lr, beta1 }) => (2 + 2 * beta1) / lr,
  },
  rmsprop: {
    label: "RMSProp",
    reads: ["beta2", "eps"],
    momentum: false,
    adaptive: true,
    init,
    update: ({ beta2, eps }) => ({ ...gradientDescent, vKeep: beta2, vTake: 1 - beta2, vWeight: 1, floor: eps }),
    threshold: ({ lr }) => 2 / lr,
  },
  /** Decoupled weight decay (arXiv 1711.05101): −λθ is a part of d, so a step changes θ by −lr·λθ besides the Adam update. */
  adamw: {
    label: "AdamW",
    reads: ["beta1", "beta2", "eps", "weightDecay"],
    momentum: true,
    adaptive: true,
    init,
    update: (settings, _, previous) => ({ ...adam(settings, previous), decay: settings.weightDecay }),
    threshold: (settings) => adamThreshold(settings) * (1 - (settings.lr * settings.weightDecay) / 2),
  },
  amsgrad: {
    label: "AMSGrad",
    reads: ["beta1", "beta2", "eps"],
    momentum: true,
    adaptive: true,
    init: (theta) => ({ ...init(theta), vMax: new Float64Array(theta.length) }),
    update: (settings, _, previous) => adam(settings, previous),
    threshold: adamThreshold,
  },
  /** Nesterov momentum: d includes g a second time. The momentum μ changes with the step, so c₁ = 1 − Πμ. */
  nadam: {
    label: "NAdam",
    reads: ["beta1", "beta2", "eps"],
    momentum: true,
    adaptive: true,
    init,
    update(settings, step, previous) {
      const [now, next] = [nadamMomentum(settings.beta1, step), nadamMomentum(settings.beta1, step + 1)];
      const c1 = nextNormaliser(previous.c1, now);
      return { ...adam(settings, previous), c1, mWeight: next / nextNormaliser(c1, next), gWeight: (1 - now) / c1 };
    },
    threshold({ lr, beta1 }, step) {
      return (2 + 2 * beta1) / ((1 + beta1 - 2 * beta1 * nadamMomentum(beta1, step)) * lr);
    },
  },
  /** Lion (arXiv 2302.06675): the sign of an average of m and g, and then m with its own decay β₂; decoupled weight decay. */
  lion: {
    label: "Lion",
    reads: ["beta1", "beta2", "weightDecay"],
    momentum: true,
    adaptive: false,
    init,
    update: ({ beta1, beta2, weightDecay }) => ({
      ...gradientDescent,
      mKeep: beta2,
      mTake: 1 - beta2,
      mWeight: beta1,
      gWeight: 1 - beta1,
      decay: weightDecay,
      sign: true,
    }),
    threshold: null,
  },
};

export const optimiserNames = Object.keys(optimisers) as readonly Optimiser[];

/** The settings that some optimisers do not use. */
const optional: ReadonlySet<string> = new Set(optimiserNames.flatMap((name) => optimisers[name].reads));

/**
 * Whether a setting influences a run: a setting that the optimiser does not use has no effect, nor has σ with the step rule lr, nor
 * the parameter of a dataset with other data.
 */
export function hasEffect(
  key: keyof Settings,
  { optimiser, rule, dataset }: Pick<Settings, "optimiser" | "rule" | "dataset">,
): boolean {
  if (key === "sigma") return rule !== "lr";
  if (key === "curve") return dataset === "curve";
  if (key === "kappa") return dataset === "quadratic";
  return !optional.has(key) || optimisers[optimiser].reads.some((read) => read === key);
}
