import type { Start } from "../../core/data/start";
import { createCpuDirectionalLoss } from "../cpu/directionalLoss";
import type { DirectionalLoss } from "../directionalLoss";
import { newSweeper } from "../float64";
import { HessianCache } from "./hessianCache";
import type { ReplayedStep } from "./inspector";
import { PartwiseLoss } from "./partwiseLoss";
import { probeAlong } from "./probes/along";
import { probeEdge, probeExtremes } from "./probes/extremes";
import { probePlane } from "./probes/plane";
import type { ProbeAnswers, ProbeKind, ProbeOptions } from "./probes/probes";
import type { ProbeTools } from "./probes/probeTools";
import { probeResamples } from "./probes/resamples";
import { probeSpectrum } from "./probes/spectrum";
import type { TimeSlices } from "./timeSlices";

const probes: {
  readonly [K in ProbeKind]: (
    tools: ProbeTools,
    replayed: ReplayedStep,
    options: ProbeOptions,
  ) => Promise<ProbeAnswers[K]>;
} = {
  along: (tools, replayed, { on }) => probeAlong(tools, replayed, on),
  resamples: (tools, replayed, { resamples }) => probeResamples(tools, replayed, resamples),
  extremes: (tools, replayed, { on }) => probeExtremes(tools, replayed, on),
  edge: (tools, replayed, { on }) => probeEdge(tools, replayed, on),
  spectrum: (tools, replayed, { on }) => probeSpectrum(tools, replayed, on),
  plane: (tools, replayed, { on }) => probePlane(tools, replayed, on),
};

/**
 * Answers the probes of single steps of a run (`probes/probes.ts`), each from θ, g, d and the moments of the replayed step.
 * Slopes and curvatures along given directions come from the engine's `DirectionalLoss`; Hv comes from sweeps in float64.
 */
export class StepAnalyser {
  private readonly hessians: HessianCache;
  /** Made at the first use, and once: the memory of WebAssembly is not freed. */
  private exactLoss: DirectionalLoss | null = null;

  /**
   * @param loss the engine's directional loss, made at the first call
   * @param rounding relative rounding of the engine's sums: a curvature below this share of its terms counts as zero
   */
  constructor(
    private readonly loss: () => DirectionalLoss,
    private readonly start: Start,
    private readonly rounding: number,
  ) {
    this.hessians = new HessianCache(start.problem);
  }

  /**
   * @returns null where training has diverged, and see `ProbeAnswers`
   * @throws Dropped
   */
  async answer<K extends ProbeKind>(
    kind: K,
    replayed: ReplayedStep,
    options: ProbeOptions,
    slices: TimeSlices,
  ): Promise<ProbeAnswers[K]> {
    slices.check();
    const { theta, gradient, direction } = replayed.inspection;
    if (![theta, gradient, direction].every((vector) => vector.every(Number.isFinite))) return null;
    const { start, hessians } = this;
    const loss = new PartwiseLoss(start.problem, this.loss, this.rounding, slices);
    const exactLoss = () => {
      this.exactLoss ??= createCpuDirectionalLoss(start.problem, newSweeper);
      return this.exactLoss;
    };
    return probes[kind]({ start, slices, loss, exactLoss, hessians }, replayed, options);
  }
}
