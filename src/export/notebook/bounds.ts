import type { RunSoFar } from "../../core/files/runfile";

/** How closely PyTorch in float64 follows what an engine measured, and so what a notebook holds its numbers to. */
export interface Bounds {
  /** Curvature within this share of the terms it is summed from counts as zero: the engine's own rounding. */
  readonly rounding: number;
  /** The first steps that are held to the bound, as long as the run is not chaotic. */
  readonly compared: number;
  /** Rounding of a parameter, relative, that the twin run is given at every step. */
  readonly twin: number;
  /** The comparison ends where the twin is off by the bound over this: rounding elsewhere may do more than the twin's. */
  readonly margin: number;
  /** The largest relative difference allowed. */
  readonly bound: number;
  /** Below this share of the largest value so far a difference is taken relative to that share: there rounding is all. */
  readonly tiny: number;
  /** Whether every verdict has to be the same. In float32 a slope or curvature near zero may come out on its other side. */
  readonly verdicts: boolean;
}

/**
 * Measured, over the steps that are compared: on the cpu 2e-11 at most for the tests' runs, and none of 108 greedy runs, most
 * of them chaotic, past the bound; on WebGL (SwiftShader) 9e-5 at most over 57 runs, with either rule.
 */
export const boundsOf: Readonly<Record<RunSoFar["engine"], Bounds>> = {
  cpu: { rounding: 2 ** -40, compared: 300, twin: 2 ** -52, margin: 100, bound: 1e-6, tiny: 1e-9, verdicts: true },
  webgl: { rounding: 2 ** -20, compared: 300, twin: 2 ** -23, margin: 10, bound: 1e-3, tiny: 1e-3, verdicts: false },
};
