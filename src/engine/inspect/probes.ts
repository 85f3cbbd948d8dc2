import type { Verdict } from "../../core/history/alpha";
import type { Bounded, Extremes } from "./lanczos";

/** The rows that a probe measures on: the step's own minibatch, or all the data. */
export type ProbeRows = "batch" | "full";

export interface ProbeOptions {
  readonly on: ProbeRows;
  /** K, how many other minibatches judge d. */
  readonly resamples: number;
}

/** The loss along a direction p from θ, to second order. */
export interface Measured {
  /** pᵀg */
  readonly slope: number;
  /** pᵀHp */
  readonly curvature: number;
  /** α* = −slope/curvature; NaN where the verdict is `flat` or `diverged`. */
  readonly alphaStar: number;
  readonly verdict: Verdict;
}

/** Directions to compare with the optimiser's d: −g, −m̂ (momentum alone), −sign(g), and Newton's −H⁻¹g. */
export type OtherDirection = "gradient" | "momentum" | "sign" | "newton";

/** Each direction as a formula in plain text. */
export const directionSymbols: Readonly<Record<OtherDirection, string>> = {
  gradient: "−g",
  momentum: "−m̂",
  sign: "−sign g",
  newton: "−H⁻¹g",
};

export interface DirectionProbe extends Measured {
  readonly name: OtherDirection;
  /** ‖p‖: α*‖p‖ is how far its best step goes. */
  readonly norm: number;
}

export interface LayerProbe {
  /** Moving this layer's parameters only, along its part of d. */
  readonly alone: Measured;
  /** d_lᵀg_l and d_lᵀ(Hd)_l; over all layers they add up to slope and curvature along d. */
  readonly slopeShare: number;
  readonly curvatureShare: number;
}

/** What step and which rows an answer is of. */
interface Place {
  readonly step: number;
  readonly on: ProbeRows;
  /** Rows measured on. */
  readonly rows: number;
}

/** d on its own minibatch and on all the data; layers and other directions on the rows that `on` names. */
export interface AlongProbe extends Place {
  readonly batch: Measured;
  readonly full: Measured;
  /** ‖d‖ */
  readonly norm: number;
  readonly layers: readonly LayerProbe[];
  readonly others: readonly DirectionProbe[];
}

/** The same d on other minibatches of the run's size. */
export interface ResamplesProbe {
  readonly step: number;
  readonly batchSize: number;
  readonly found: readonly Measured[];
}

/** Extreme eigenvalues of H, and of P^{−1/2}HP^{−1/2} with P what d divides the momentum by. */
export interface ExtremesProbe extends Place {
  readonly hessian: Extremes;
  readonly preconditioned: Extremes;
  /** The edge of stability (`core/threshold.ts`): beyond it the preconditioned H makes the steps oscillate. */
  readonly threshold: number | null;
}

/** The largest eigenvalue of P^{−1/2}HP^{−1/2} alone, which comes to the edge of stability. */
export interface EdgeProbe extends Place {
  readonly largest: Bounded;
}

/** All eigenvalues of the same matrices, ascending, and Newton's direction. */
export interface SpectrumProbe extends Place {
  readonly hessian: Float64Array;
  readonly preconditioned: Float64Array;
  readonly threshold: number | null;
  /** Along −H⁺g, where all rows to measure on could be taken into H. */
  readonly newton: DirectionProbe | null;
}

/** null where training has diverged, and for the whole spectrum where the network is too large. */
export interface ProbeAnswers {
  readonly along: AlongProbe | null;
  readonly resamples: ResamplesProbe | null;
  readonly extremes: ExtremesProbe | null;
  readonly edge: EdgeProbe | null;
  readonly spectrum: SpectrumProbe | null;
}
export type ProbeKind = keyof ProbeAnswers;

/** Parameters up to which the whole spectrum, and with it Newton's direction, is found. */
export const maxSpectrumSize = 300;
/** Other minibatches at most. */
export const maxResamples = 64;

/**
 * Newton's direction, if it was measured on the same rows as `along`; else null. The spectrum takes longer: while the run
 * plays, Newton's direction may belong to an earlier step than `along`.
 */
export function newtonOf(along: AlongProbe | null, spectrum: SpectrumProbe | null): DirectionProbe | null {
  return along && spectrum?.on === along.on ? spectrum.newton : null;
}
