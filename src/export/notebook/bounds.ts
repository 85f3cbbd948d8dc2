import type { RunSoFar } from "../../core/files/runfile";

/** How closely PyTorch in float64 reproduces an engine's measurements: the bounds of a notebook's comparison. */
export interface Bounds {
  /** A curvature below this fraction of the sum of its absolute terms counts as zero: the engine's rounding error. */
  readonly rounding: number;
  /** The number of steps compared with the bound, counted from step 1, unless the run is chaotic. */
  readonly compared: number;
  /** The relative rounding error that the twin run adds to each parameter at every step. */
  readonly twin: number;
  /** The comparison ends when the twin differs by `bound / margin`: other rounding errors may have larger effects than the twin's. */
  readonly margin: number;
  /** The largest relative difference allowed. */
  readonly bound: number;
  /** The floor of a relative difference, as a fraction of the largest value so far: smaller values are rounding errors. */
  readonly tiny: number;
  /** Whether every verdict must agree. In float32 a slope or curvature near zero may have the other sign. */
  readonly verdicts: boolean;
}

/**
 * Largest differences measured over the compared steps: cpu, 2e-11 for the runs of the tests, and none of 108 runs with the rule
 * `alphaStar`, most of them chaotic, above the bound; WebGL (SwiftShader), 9e-5 over 57 runs with either rule.
 */
export const boundsOf: Readonly<Record<RunSoFar["engine"], Bounds>> = {
  cpu: { rounding: 2 ** -40, compared: 300, twin: 2 ** -52, margin: 100, bound: 1e-6, tiny: 1e-9, verdicts: true },
  webgl: { rounding: 2 ** -20, compared: 300, twin: 2 ** -23, margin: 10, bound: 1e-3, tiny: 1e-3, verdicts: false },
};
