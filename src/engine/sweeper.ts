import type { Problem } from "../core/data/problem";
import type { Batch } from "./engine";

/** The results of a tangent sweep along d. */
export interface TangentSums {
  slope: number;
  curvature: number;
  curvatureTerms: number;
  /** dᵀGd = ż_Lᵀ(∇²ℓ)ż_L, as it is added to the curvature. */
  gaussNewton: number;
}

/**
 * A network in float64 with the sweeps over a batch. Plain loops (`cpu/sweeper.ts`) and WebAssembly (`wasm/sweeper.ts`) give the
 * same bits. A sweep needs the results of the sweeps before it. Vectors are P long.
 */
export interface Sweeper {
  /** The most rows that fit. */
  readonly capacity: number;
  setTheta(theta: Float64Array): void;
  setDirection(d: Float64Array): void;
  load(batch: Batch): void;
  forward(): void;
  /** The mean loss over the loaded rows, after `forward`. */
  loss(): number;
  /** The number of loaded rows whose largest output is the output of their class, after `forward`. */
  correctRows(): number;
  /** Copies the last layer's z of the loaded rows, rows × outputs, to `into` from index `at` on, after `forward`. */
  outputs(into: Float32Array, at: number): void;
  /** The mean losses of the loaded rows at θ + α·d for each α, after `load`. Later sweeps begin with `forward`. */
  lossesAlong(alphas: Float64Array): Float64Array;
  /** g, after `loss`: overwritten by later calls. */
  backward(): Float64Array;
  /** Slope and curvature along d, after `backward`. @param sums overwritten */
  tangent(sums: TangentSums): void;
  /** Hd, after `tangent`: overwritten by later calls. */
  backwardTangent(): Float64Array;
}

/** @param capacity the most rows of a batch */
export type NewSweeper = (problem: Problem, capacity: number) => Sweeper;
