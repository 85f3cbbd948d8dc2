import type { Verdict } from "../../../core/history/alpha";
import type { Axes } from "../../linalg/axes";
import type { EigenvalueEstimate, ExtremeEigenvalues } from "../../linalg/lanczos";

/** The rows of a probe: the step's own minibatch, or all data that is trained on. */
export type ProbeRows = "batch" | "full";

export interface ProbeOptions {
  readonly on: ProbeRows;
  /** Number of other minibatches on which d is measured, 1 to `maxResamples`. */
  readonly resamples: number;
}

/** The quadratic model of the loss along a direction p from θ: q(α) = h(0) + slope·α + ½·curvature·α². */
export interface QuadraticModel {
  /** pᵀg */
  readonly slope: number;
  /** pᵀHp */
  readonly curvature: number;
  /** α* = −slope/curvature; NaN where the verdict is `flat` or `diverged`. */
  readonly alphaStar: number;
  readonly verdict: Verdict;
}

/** Directions that are compared with d: −g, −m̂ (momentum alone), −sign(g), Muon's (`muon.ts`), and Newton's −H⁻¹g. */
export type OtherDirection = "gradient" | "momentum" | "sign" | "muon" | "newton";

/** Each direction as a formula in plain text, or by its name. */
export const directionSymbols: Readonly<Record<OtherDirection, string>> = {
  gradient: "−g",
  momentum: "−m̂",
  sign: "−sign g",
  muon: "Muon",
  newton: "−H⁻¹g",
};

export interface DirectionProbe extends QuadraticModel {
  readonly name: OtherDirection;
  /** ‖p‖: the distance to the minimum of q is α*‖p‖. */
  readonly norm: number;
  /** pᵀd/(‖p‖‖d‖); NaN where p or d is zero. */
  readonly cosine: number;
}

interface LayerProbe {
  /** Along dₗ, d with the entries of all other layers set to zero. */
  readonly alone: QuadraticModel;
  /** dₗᵀgₗ and dₗᵀ(Hd)ₗ. Over all layers they add up to slope and curvature along d. */
  readonly slopeShare: number;
  readonly curvatureShare: number;
}

/** The step and the rows that an answer belongs to. */
interface MeasuredAt {
  readonly step: number;
  readonly on: ProbeRows;
  /** Number of rows. */
  readonly rows: number;
}

/** Along d, on the minibatch and on all data; layers and other directions on the rows that `on` names. */
export interface AlongProbe extends MeasuredAt {
  readonly batch: QuadraticModel;
  readonly full: QuadraticModel;
  /** ‖d‖ */
  readonly norm: number;
  readonly layers: readonly LayerProbe[];
  readonly others: readonly DirectionProbe[];
}

/** Along the same d on other minibatches of the run's size. */
export interface ResamplesProbe {
  readonly step: number;
  readonly batchSize: number;
  readonly found: readonly QuadraticModel[];
}

/** Extreme eigenvalues of H and of P^{−1/2}HP^{−1/2}, where d divides the momentum by P (`preconditioner.ts`). */
export interface ExtremesProbe extends MeasuredAt {
  readonly hessian: ExtremeEigenvalues;
  readonly preconditioned: ExtremeEigenvalues;
  /**
   * The edge of stability (`core/history/threshold.ts`): above it the eigenvalue of P^{−1/2}HP^{−1/2} makes the steps
   * oscillate and grow. null where the step size is not the learning rate.
   */
  readonly threshold: number | null;
}

/** The largest eigenvalue of P^{−1/2}HP^{−1/2} alone, which is compared with the edge of stability. */
export interface EdgeProbe extends MeasuredAt {
  readonly largest: EigenvalueEstimate;
}

/** d in the eigenvectors of the same two matrices, and Newton's direction. */
export interface SpectrumProbe extends MeasuredAt {
  /** Whether all eigenvectors are found; else Ritz vectors stand for them, above `maxSpectrumSize` parameters. */
  readonly complete: boolean;
  readonly hessian: Axes;
  /** P^{1/2}d and P^{−1/2}g in the eigenvectors of P^{−1/2}HP^{−1/2}: the same slope and curvature, and dᵀPd for ‖d‖². */
  readonly preconditioned: Axes;
  /** As in `ExtremesProbe`. */
  readonly threshold: number | null;
  /** Along −H⁺g. null where H is formed from a part of the rows only, and where `complete` is false. */
  readonly newton: DirectionProbe | null;
}

/**
 * The loss on a grid of the plane θ + x·u₁ + y·u₂, where u₁ = d/‖d‖, and u₂ is the part orthogonal to u₁, of length 1, of P^{−1/2}q with
 * the eigenvector q of the largest eigenvalue of P^{−1/2}HP^{−1/2} (of the smallest, where that part is zero). u₂ points downhill.
 */
export interface PlaneProbe extends MeasuredAt {
  /** ‖d‖ */
  readonly norm: number;
  readonly stepTaken: number;
  /** x and y run from −reach to reach, in `planePoints` values. */
  readonly reach: number;
  /** x running first; not finite where the loss is not. */
  readonly losses: Float64Array;
  /** At θ. */
  readonly loss: number;
  /** u₁ᵀg and u₂ᵀg. */
  readonly slopes: readonly [number, number];
  /** u₁ᵀHu₁, u₁ᵀHu₂ and u₂ᵀHu₂. */
  readonly curvatures: readonly [number, number, number];
  /** u₁ and u₂; null above `maxDirectionSize` parameters, where d is not recorded at every step. */
  readonly axes: readonly [Float64Array, Float64Array] | null;
}

/** The answer of each probe: null where training has diverged; `plane` also where d is zero, and above `maxPlaneSize` parameters. */
export interface ProbeAnswers {
  readonly along: AlongProbe | null;
  readonly resamples: ResamplesProbe | null;
  readonly extremes: ExtremesProbe | null;
  readonly edge: EdgeProbe | null;
  readonly spectrum: SpectrumProbe | null;
  readonly plane: PlaneProbe | null;
}
export type ProbeKind = keyof ProbeAnswers;

/** Networks of at most this many parameters have all eigenvectors, and with them Newton's direction, computed. */
export const maxSpectrumSize = 300;
/** Muon's direction is computed where no weight matrix has more inputs and more outputs than this. */
export const maxMuonSide = 512;
export const maxResamples = 64;
/** Points of the plane's grid in each direction. */
export const planePoints = 33;
/** The loss in a plane is computed for networks of at most this many parameters. */
export const maxPlaneSize = 2 ** 18;

/**
 * Newton's direction, if it was measured on the same rows as `along`; else null. The spectrum takes longer: while the run
 * plays, Newton's direction may belong to an earlier step than `along`.
 */
export function newtonOf(along: AlongProbe | null, spectrum: SpectrumProbe | null): DirectionProbe | null {
  return along && spectrum?.on === along.on ? spectrum.newton : null;
}
