import type { LiveSettings, Optimiser, Settings } from "./recipe";

/** θ and what an optimiser remembers, flat in the order of `tensorsOf`. */
export interface State {
  readonly theta: Float64Array;
  readonly m: Float64Array;
  readonly v: Float64Array;
  /** The largest v so far, as AMSGrad keeps it; empty where the optimiser keeps none. */
  readonly vMax: Float64Array;
}

/** What divides the bias of m and v out: c ← βc + (1 − β) from 0, or 1 where the optimiser has none to correct. */
export interface Normalisers {
  readonly c1: number;
  readonly c2: number;
}

/**
 * One step of any optimiser, as numbers: how it takes the gradient into its memories and makes its direction of them,
 *
 *     m ← mKeep·m + mTake·g        v ← vKeep·v + vTake·g²        vMax ← max(vMax, v)
 *     d = −(mWeight·m + gWeight·g) / (√(vWeight·v) + floor) − decay·θ
 *
 * with vMax for v where it is kept. The normalisers are those after this step.
 */
export interface LinearUpdate extends Normalisers {
  readonly mKeep: number;
  readonly mTake: number;
  readonly vKeep: number;
  readonly vTake: number;
  readonly mWeight: number;
  readonly gWeight: number;
  readonly vWeight: number;
  readonly floor: number;
  readonly decay: number;
}

/**
 * An optimiser as a pair of pure functions, after optax: `init` makes its state, and `update` a value that says how a step
 * changes it and which way it goes. Applying that is the engines'.
 */
export interface OptimiserDefinition {
  /** As the page names it. */
  readonly label: string;
  /** The settings that it reads, besides the learning rate. */
  readonly reads: readonly ("beta1" | "beta2" | "eps" | "weightDecay")[];
  /** Its d remembers past gradients, and may come to point uphill on this one. */
  readonly momentum: boolean;
  /** Its d is divided by √v. */
  readonly adaptive: boolean;
  init(theta: Float64Array): State;
  /** @param step from 1 */
  update(settings: LiveSettings, step: number, before: Normalisers): LinearUpdate;
  /**
   * The edge of stability: on a quadratic whose Hessian has a larger eigenvalue than this, once P has been divided out
   * of it (P^{−1/2}HP^{−1/2}), this step oscillates and grows (arXiv 2207.14484). 0 where it does so on any.
   */
  threshold(settings: LiveSettings, step: number): number;
}

const none = new Float64Array(0);

function init(theta: Float64Array): State {
  return { theta, m: new Float64Array(theta.length), v: new Float64Array(theta.length), vMax: none };
}

/** Plain descent, d = −g: m is the gradient itself, nothing divides it, and θ does not decay. */
export const gradientDescent: LinearUpdate = {
  mKeep: 0,
  mTake: 1,
  vKeep: 0,
  vTake: 0,
  mWeight: 1,
  gWeight: 0,
  vWeight: 0,
  floor: 1,
  decay: 0,
  c1: 1,
  c2: 1,
};

/** Moves c by a step: c ← βc + (1 − β), equal to 1 − βᵗ while β is constant. */
const nextNormaliser = (c: number, beta: number): number => beta * c + (1 - beta);

function adam({ beta1, beta2, eps }: LiveSettings, before: Normalisers): LinearUpdate {
  const [c1, c2] = [nextNormaliser(before.c1, beta1), nextNormaliser(before.c2, beta2)];
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
    c1,
    c2,
  };
}

const adamThreshold = ({ lr, beta1 }: LiveSettings) => (2 + 2 * beta1) / ((1 - beta1) * lr);

/** NAdam's schedule of momentum, with torch.optim.NAdam's momentum_decay of 0.004: μ_t = β₁(1 − ½·0.96^(0.004t)). */
const nadamMomentum = (beta1: number, step: number): number => beta1 * (1 - 0.5 * 0.96 ** (0.004 * step));

/** Every optimiser there is to choose, each as torch.optim has it. */
export const optimisers: Readonly<Record<Optimiser, OptimiserDefinition>> = {
  adam: {
    label: "Adam",
    reads: ["beta1", "beta2", "eps"],
    momentum: true,
    adaptive: true,
    init,
    update: (settings, _, before) => adam(settings, before),
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
  /** The heavy ball, as torch.optim.SGD has it: no dampening, so that a constant gradient adds up to g/(1 − β₁). */
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
  /** Weight decay beside the gradient, not in it: θ ← θ − lr·λθ is a part of d here (arXiv 1711.05101). */
  adamw: {
    label: "AdamW",
    reads: ["beta1", "beta2", "eps", "weightDecay"],
    momentum: true,
    adaptive: true,
    init,
    update: (settings, _, before) => ({ ...adam(settings, before), decay: settings.weightDecay }),
    threshold: (settings) => adamThreshold(settings) * Math.max(0, 1 - (settings.lr * settings.weightDecay) / 2),
  },
  amsgrad: {
    label: "AMSGrad",
    reads: ["beta1", "beta2", "eps"],
    momentum: true,
    adaptive: true,
    init: (theta) => ({ ...init(theta), vMax: new Float64Array(theta.length) }),
    update: (settings, _, before) => adam(settings, before),
    threshold: adamThreshold,
  },
  /** Looks a step ahead by taking g in a second time. Its c₁ is 1 − Πμ, since momentum is a schedule of its own. */
  nadam: {
    label: "NAdam",
    reads: ["beta1", "beta2", "eps"],
    momentum: true,
    adaptive: true,
    init,
    update(settings, step, before) {
      const [now, next] = [nadamMomentum(settings.beta1, step), nadamMomentum(settings.beta1, step + 1)];
      const c1 = nextNormaliser(before.c1, now);
      return { ...adam(settings, before), c1, mWeight: next / nextNormaliser(c1, next), gWeight: (1 - now) / c1 };
    },
    threshold({ lr, beta1 }, step) {
      return (2 + 2 * beta1) / ((1 + beta1 - 2 * beta1 * nadamMomentum(beta1, step)) * lr);
    },
  },
};

export const optimiserNames = Object.keys(optimisers) as readonly Optimiser[];

/** What not every optimiser reads. */
const optional: ReadonlySet<string> = new Set(optimiserNames.flatMap((name) => optimisers[name].reads));

/** Whether a setting does anything in a run: what its optimiser does not read does not, nor σ where the rule is lr. */
export function hasEffect(key: keyof Settings, { optimiser, rule }: Pick<Settings, "optimiser" | "rule">): boolean {
  if (key === "sigma") return rule === "alphaStar";
  return !optional.has(key) || optimisers[optimiser].reads.some((read) => read === key);
}
