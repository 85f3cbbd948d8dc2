import { expect } from "vitest";
import { type Problem, parameterCount, tensorsOf } from "../../src/core/data/problem";
import { predictedChange } from "../../src/core/history/alpha";
import { gradientDescent, type State } from "../../src/core/recipe/optimisers";
import { createCpuEngine } from "../../src/engine/cpu/engine";
import type { Batch, Engine, Measurements, StepSettings } from "../../src/engine/engine";
import { createWebglEngine } from "../../src/engine/webgl/engine";
import { makeMeasurements } from "../unit/support/measurements";
import { device } from "./device";

/** Relative to the sum of the magnitudes of a quantity's terms. */
const bound = 1e-4;

interface Taken {
  readonly into: Measurements;
  readonly direction: Float64Array;
  readonly state: State;
}

async function take(
  engine: Engine,
  problem: Problem,
  batch: Batch,
  next: Batch | null,
  settings: StepSettings,
): Promise<Taken> {
  const into = makeMeasurements(1, tensorsOf(problem.sizes).length, parameterCount(problem.sizes));
  engine.step(batch, next, settings, into, 0);
  await engine.collect();
  return { into, direction: await engine.direction(), state: await engine.save() };
}

/** The state in float32, the precision of the GPU, for both engines. */
const rounded = ({ theta, m, v, vMax }: State): State => ({
  theta: theta.map(Math.fround),
  m: m.map(Math.fround),
  v: v.map(Math.fround),
  vMax: vMax.map(Math.fround),
});

/** Takes one step from one state on both engines and expects every quantity within `bound` of the cpu engine's. */
export class Comparison {
  private constructor(
    readonly problem: Problem,
    private readonly cpu: Engine,
    private readonly webgl: Engine,
  ) {}

  static async of(problem: Problem, state: State): Promise<Comparison> {
    return new Comparison(problem, createCpuEngine(problem, state), createWebglEngine(await device(), problem, state));
  }

  dispose(): void {
    this.webgl.dispose();
  }

  /** g of the cpu engine on `batch`, at θ of `state`: the first moment of gradient descent. */
  private async gradient(state: State, batch: Batch): Promise<Float64Array> {
    this.cpu.restore(state);
    const still = { update: gradientDescent, lr: 0, rule: "lr", sigma: 1 } as const;
    return (await take(this.cpu, this.problem, batch, null, still)).state.m;
  }

  /** @param next the minibatch that judges the step; null: the step is not judged */
  async step(from: State, batch: Batch, next: Batch | null, settings: StepSettings, what: string): Promise<void> {
    const state = rounded(from);
    const gradient = await this.gradient(state, batch);
    const nextGradient = next && (await this.gradient(state, next));
    this.cpu.restore(state);
    this.webgl.restore(state);
    const want = await take(this.cpu, this.problem, batch, next, settings);
    const got = await take(this.webgl, this.problem, batch, next, settings);
    // One expectation for each of some thousand parameters would take most of the time of a test.
    const close = (name: string, actual: number, expected: number, magnitude: number) => {
      if (!(Math.abs(actual - expected) <= bound * magnitude))
        expect.fail(`${what} ${name}: ${actual} for ${expected}`);
    };

    const [a, b] = [got.into, want.into];
    const one = (column: Float64Array) => column[0] as number;
    const termsOf = (g: Float64Array) => want.direction.reduce((sum, d, i) => sum + Math.abs(d * (g[i] as number)), 0);
    const slopeTerms = termsOf(gradient);
    const [loss, slope, curvature, terms] = [one(b.loss), one(b.slope), one(b.curvature), one(b.curvatureTerms)];
    close("loss", one(a.loss), loss, loss);
    close("slope", one(a.slope), slope, slopeTerms);
    close("curvature", one(a.curvature), curvature, terms);
    // s = σ·slope/curvature carries the relative errors of both.
    const stepTerms = Math.abs(one(b.stepTaken)) * (slopeTerms / Math.abs(slope) + terms / Math.abs(curvature));
    close("stepTaken", one(a.stepTaken), one(b.stepTaken), settings.rule === "lr" ? settings.lr : stepTerms);
    close("lossAfter", one(a.lossAfter), one(b.lossAfter), one(b.lossAfter) + slopeTerms * Math.abs(one(b.stepTaken)));
    const ratio = (m: Measurements) =>
      (one(m.lossAfter) - one(m.loss)) / predictedChange(one(m.slope), one(m.curvature), one(m.stepTaken));
    const predicted = Math.abs(predictedChange(slope, curvature, one(b.stepTaken)));
    if (predicted > 0)
      close("reductionRatio", ratio(a), ratio(b), (loss + one(b.lossAfter)) / predicted + Math.abs(ratio(b)));

    for (const [name, mine, theirs] of [
      ["gradSquares", a.gradSquares, b.gradSquares],
      ["directionSquares", a.directionSquares, b.directionSquares],
    ] as const) {
      const total = theirs.reduce((x, y) => x + y, 0);
      for (const [k, square] of theirs.entries())
        close(`${name}[${k}]`, mine[k] as number, square, square + 1e-6 * total);
    }
    close("gaussNewton", one(a.gaussNewton), one(b.gaussNewton), one(b.gaussNewton));
    close("rowGradSquares", one(a.rowGradSquares), one(b.rowGradSquares), one(b.rowGradSquares));
    if (nextGradient) {
      close("nextSlope", one(a.nextSlope), one(b.nextSlope), termsOf(nextGradient));
      close("nextCurvature", one(a.nextCurvature), one(b.nextCurvature), one(b.nextCurvatureTerms));
    } else {
      const ofNext = [a, b].flatMap((m) => [one(m.nextSlope), one(m.nextCurvature), one(m.nextCurvatureTerms)]);
      expect(ofNext, `${what} a step that is not judged`).toEqual(ofNext.map(() => Number.NaN));
    }
    // Adam's d of one parameter is a quotient that can magnify rounding errors of g: the bound is relative to ‖d‖.
    const norm = Math.sqrt(want.direction.reduce((sum, d) => sum + d * d, 0));
    // r_i = dᵀg_i + α*·dᵀH_id: √Σ(dᵀg_i)² ≤ ‖d‖√Σ‖g_i‖² and √Σ(dᵀH_id)² ≤ b·terms; α* carries the relative errors of its parts.
    const alphaTerms = Math.abs(slope / curvature) * (2 + slopeTerms / Math.abs(slope) + terms / Math.abs(curvature));
    const residualTerms = norm * Math.sqrt(one(b.rowGradSquares)) + alphaTerms * batch.count * terms;
    close("√Σr²", Math.sqrt(one(a.residualSquares)), Math.sqrt(one(b.residualSquares)), residualTerms);
    for (const [k, d] of want.direction.entries()) {
      close(`d[${k}]`, got.direction[k] as number, d, norm);
      close(
        `θ[${k}]`,
        got.state.theta[k] as number,
        want.state.theta[k] as number,
        Math.abs(want.state.theta[k] as number) + norm * Math.abs(one(b.stepTaken)),
      );
      const g = Math.sqrt(gradient.reduce((sum, x) => sum + x * x, 0));
      close(`m[${k}]`, got.state.m[k] as number, want.state.m[k] as number, Math.abs(want.state.m[k] as number) + g);
      close(
        `v[${k}]`,
        got.state.v[k] as number,
        want.state.v[k] as number,
        Math.abs(want.state.v[k] as number) + g * g,
      );
    }
    for (const [k, v] of want.state.vMax.entries()) close(`vMax[${k}]`, got.state.vMax[k] as number, v, v);
    if (a.directions.length > 0 && got.direction.length <= 1024)
      expect([...a.directions], `${what} recorded d`).toEqual([...got.direction]);
  }
}
