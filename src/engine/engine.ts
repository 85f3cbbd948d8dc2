import type { ElementwiseUpdate, State } from "../core/recipe/optimisers";
import type { Rule } from "../core/recipe/recipe";

export type EngineKind = "webgl" | "cpu";

/** The rows of one minibatch: `count` entries of `order` from `start`. Another permutation is another array. */
export interface Batch {
  order: Uint32Array;
  start: number;
  count: number;
}

/** The settings of one step: the optimiser's update, and the rule that gives the step size s along d. */
export interface StepSettings {
  readonly update: ElementwiseUpdate;
  readonly lr: number;
  readonly rule: Rule;
  readonly sigma: number;
}

/**
 * The measurements of an engine, one row per step; all other columns are derived from them (`derive.ts`).
 * Norms are squared, per tensor, and laid out steps × tensors. `directions` is steps × P, or empty where d is not recorded.
 */
export interface Measurements {
  readonly loss: Float64Array;
  /** dᵀg */
  readonly slope: Float64Array;
  /** dᵀHd */
  readonly curvature: Float64Array;
  /** The sum of the magnitudes of the terms that the curvature is summed from. */
  readonly curvatureTerms: Float64Array;
  /** s: θ ← θ + s·d */
  readonly stepTaken: Float64Array;
  /** h(s), the loss on the same minibatch after the step. */
  readonly lossAfter: Float64Array;
  /** dᵀGd = mean of żᵀ∇²ℓż, the term of the curvature that is never negative. */
  readonly gaussNewton: Float64Array;
  /** Σ‖g_i‖² over the rows of the minibatch, g_i the gradient of the loss of row i. */
  readonly rowGradSquares: Float64Array;
  /** Σr_i² over the rows, r_i = dᵀg_i + α*·dᵀH_id with α* = −slope/curvature, whatever the verdict. */
  readonly residualSquares: Float64Array;
  /** Slope, curvature and its terms of the next minibatch at the same θ along the same d; NaN where there is none. */
  readonly nextSlope: Float64Array;
  readonly nextCurvature: Float64Array;
  readonly nextCurvatureTerms: Float64Array;
  readonly gradSquares: Float64Array;
  readonly directionSquares: Float64Array;
  readonly directions: Float64Array;
}

/** Takes training steps on minibatches and measures every step. */
export interface Engine {
  readonly kind: EngineKind;
  /** The GPU's name, "CPU, WebAssembly" or "CPU, plain JavaScript". */
  readonly renderer: string;
  /** Relative rounding of a sum: a curvature below this share of its terms counts as zero. */
  readonly rounding: number;
  /**
   * One step of the optimiser on `batch`, measured into row `row` of `into`. The row is complete when the next `collect()` has
   * resolved. The caller may reuse the batches and `settings` at once.
   *
   * @param next the minibatch that judges the step, at θ before the step and along the same d; it does not change the step.
   *   null: the step is not judged
   */
  step(batch: Batch, next: Batch | null, settings: StepSettings, into: Measurements, row: number): void;
  /** Resolves when the row of every step before this call is complete. Further steps may be taken meanwhile. */
  collect(): Promise<void>;
  /** θ and the moment estimates after the last step, as copies. */
  save(): Promise<State>;
  restore(state: State): void;
  /** d of the last step, P long, as a copy. */
  direction(): Promise<Float64Array>;
  /** g of the last step, P long, as a copy; not available after `restore` until the next step. */
  gradient(): Promise<Float64Array>;
  dispose(): void;
}
