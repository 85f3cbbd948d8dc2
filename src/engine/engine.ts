import type { LinearUpdate, State } from "../core/recipe/optimisers";
import type { Rule } from "../core/recipe/recipe";

export type EngineKind = "webgl" | "cpu";

/** The rows of one minibatch: `count` entries of `order` from `start`. A new permutation is a new array. */
export interface Batch {
  order: Uint32Array;
  start: number;
  count: number;
}

/** What an engine needs to know for one step: the optimiser's update, and how far to go along its d. */
export interface StepSettings {
  readonly update: LinearUpdate;
  readonly lr: number;
  readonly rule: Rule;
  readonly sigma: number;
}

/**
 * What an engine measures, a row a step; everything else is derived from these (`trainer.ts`).
 * Norms are squared, per tensor, and laid out step × tensor; `directions` is step × P, or empty where d is not recorded.
 */
export interface Measurements {
  readonly loss: Float64Array;
  /** dᵀg */
  readonly slope: Float64Array;
  /** dᵀHd */
  readonly curvature: Float64Array;
  /** Σ|terms| that the curvature is summed from. */
  readonly curvatureTerms: Float64Array;
  /** s, the step taken along d. */
  readonly stepTaken: Float64Array;
  /** h(s), the loss on the same batch after the step. */
  readonly lossAfter: Float64Array;
  readonly gradSquares: Float64Array;
  readonly directionSquares: Float64Array;
  readonly directions: Float64Array;
}

/** Takes a batch, gives a measured step. */
export interface Engine {
  readonly kind: EngineKind;
  /** What computes: the GPU's name, or "JavaScript". */
  readonly renderer: string;
  /** Relative rounding of a sum of terms, below which a curvature counts as zero. */
  readonly rounding: number;
  /**
   * One step of the optimiser on `batch`, measured into row `row` of `into`. The row holds only once the next `collect()` has
   * resolved. `batch` and `settings` may be reused by the caller as soon as this returns.
   */
  step(batch: Batch, settings: StepSettings, into: Measurements, row: number): void;
  /** Resolves when every row asked for before this call is in place. Steps may be taken meanwhile. */
  collect(): Promise<void>;
  /** θ and what the optimiser remembers after the last step. */
  save(): Promise<State>;
  restore(state: State): void;
  /** d of the last step, P long. */
  direction(): Promise<Float64Array>;
  dispose(): void;
}
