import type { Start } from "../../core/data/start";
import type { Checkpoint } from "../../core/history/checkpoints";
import type { Recipe } from "../../core/recipe/recipe";
import type { DirectionalLoss } from "../directionalLoss";
import { HessianCache } from "./hessianCache";
import type { Inspector, ReplayedStep } from "./inspector";
import { PartwiseLoss } from "./partwiseLoss";
import { probeAlong } from "./probes/along";
import { probeEdge, probeExtremes } from "./probes/extremes";
import type { ProbeAnswers, ProbeKind, ProbeOptions } from "./probes/probes";
import type { ProbeTools } from "./probes/probeTools";
import { probeResamples } from "./probes/resamples";
import { probeSpectrum } from "./probes/spectrum";
import { TimeSlices } from "./timeSlices";

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
};

/**
 * Answers the probes of single steps of a run (`probes/probes.ts`), each from θ, g, d and the moments that the inspector finds by
 * replay. Slopes and curvatures along given directions come from the engine's `DirectionalLoss`; Hv comes from plain loops
 * in float64. The work is divided into slices, between which the worker serves the run.
 */
export class StepAnalyser {
  private readonly underWay = new Set<Promise<unknown>>();
  private readonly slices = new TimeSlices();
  private readonly tools: ProbeTools;

  /**
   * @param loss the engine's directional loss, made at the first call
   * @param rounding relative rounding of the engine's sums: a curvature below this share of its terms counts as zero
   */
  constructor(
    private readonly inspector: Inspector,
    loss: () => DirectionalLoss,
    start: Start,
    rounding: number,
  ) {
    const { slices } = this;
    const { problem } = start;
    this.tools = {
      start,
      slices,
      loss: new PartwiseLoss(problem, loss, rounding, slices),
      hessians: new HessianCache(problem),
    };
  }

  /**
   * @param from a state of the run before `step`
   * @param recipe the run's, with all edits up to `step`
   * @returns null where training has diverged, and see `ProbeAnswers`
   * @throws Error where the run is closed meanwhile
   */
  answer<K extends ProbeKind>(
    kind: K,
    step: number,
    from: Checkpoint,
    recipe: Recipe,
    options: ProbeOptions,
  ): Promise<ProbeAnswers[K]> {
    const answer = this.compute(kind, step, from, recipe, options);
    this.underWay.add(answer);
    const done = () => this.underWay.delete(answer);
    answer.then(done, done);
    return answer;
  }

  /** Makes the answers under way reject. Resolves when none is under way any more. */
  async close(): Promise<void> {
    this.slices.close();
    await Promise.allSettled(this.underWay);
  }

  private async compute<K extends ProbeKind>(
    kind: K,
    step: number,
    from: Checkpoint,
    recipe: Recipe,
    options: ProbeOptions,
  ): Promise<ProbeAnswers[K]> {
    const replayed = await this.inspector.replay(step, from, recipe);
    this.slices.begin();
    const { theta, gradient, direction } = replayed.inspection;
    if (![theta, gradient, direction].every((vector) => vector.every(Number.isFinite))) return null;
    return probes[kind](this.tools, replayed, options);
  }
}
