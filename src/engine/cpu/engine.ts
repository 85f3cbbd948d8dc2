import { type Problem, tensorsOf } from "../../core/data/problem";
import { greedyStep, verdictOf } from "../../core/history/alpha";
import type { State } from "../../core/recipe/optimisers";
import type { Batch, Engine } from "../engine";
import type { TangentSums } from "../sweeper";
import { lossOf } from "./loss";
import { createNetwork, loadBatch, type Network } from "./network";
import { residualSquares, rowGradSquares } from "./rows";
import { backward, backwardForTangent, forward, forwardAfterStep, tangent } from "./sweeps";
import { applyStep, updateMoments } from "./update";

/**
 * `Engine.rounding` in float64. Two roundings of 2^-53 for each product and addition, times 2^12 for a sum over a few hundred rows of sums over a few
 * hundred units. A curvature below this share of its terms is rounding noise.
 */
export const rounding = 2 ** -40;

export interface CpuOptions {
  /**
   * False skips the tangent sweep and the sums over rows, so that a benchmark can measure their cost: slope and curvature and
   * what follows from them are NaN, and s is lr.
   */
  readonly tangent?: boolean;
}

/**
 * The engine in float64, by plain loops over Float64Array. The specification of the WebGL engine, and the fallback
 * where there is no WebGL. After the largest batch so far, a step allocates no buffer.
 */
export function createCpuEngine(problem: Problem, state: State, { tangent: measured = true }: CpuOptions = {}): Engine {
  const tensors = tensorsOf(problem.sizes);
  const current = copyOf(state);
  const { theta } = current;
  const gradient = new Float64Array(theta.length);
  const direction = new Float64Array(theta.length);
  const vectors = { theta, gradient, direction };
  const sums = noSums();
  const nextSums = noSums();
  let network: Network = createNetwork(problem, vectors, 0);
  /** For the next minibatch, on the same θ and d. */
  let judge: Network = createNetwork(problem, vectors, 0);

  /** Writes slope and curvature of another minibatch along d at the present θ to `nextSums`. */
  const measureNext = (batch: Batch) => {
    if (batch.count > judge.capacity) judge = createNetwork(problem, vectors, batch.count);
    loadBatch(judge, batch);
    forward(judge);
    backwardForTangent(judge);
    tangent(judge, nextSums);
  };

  /** Writes ‖·‖² of each tensor's part of `vector` into row `row`. */
  const writeSquares = (vector: Float64Array, into: Float64Array, row: number) => {
    for (let t = 0, k = 0; t < tensors.length; t++) {
      const end = k + tensors[t]!.size;
      let sum = 0;
      for (; k < end; k++) sum += vector[k]! * vector[k]!;
      into[row * tensors.length + t] = sum;
    }
  };

  return {
    kind: "cpu",
    renderer: "CPU, plain JavaScript",
    rounding,
    step(batch, next, settings, into, row) {
      if (batch.count > network.capacity) network = createNetwork(problem, vectors, batch.count);
      loadBatch(network, batch);
      forward(network);
      const loss = lossOf(network);
      backward(network);
      updateMoments(current, gradient, settings.update, direction);
      if (measured) tangent(network, sums);
      const { slope, curvature, curvatureTerms } = sums;
      into.rowGradSquares[row] = measured ? rowGradSquares(network) : Number.NaN;
      into.residualSquares[row] = measured ? residualSquares(network, -slope / curvature) : Number.NaN;
      const judged = measured && next !== null;
      if (judged) measureNext(next);

      let s = settings.lr;
      if (settings.rule !== "lr") {
        const verdict = verdictOf(loss, slope, curvature, curvatureTerms, rounding);
        s = greedyStep(settings, verdict, slope, curvature, sums.gaussNewton) ?? s;
      }
      applyStep(theta, direction, s);
      if (measured) forwardAfterStep(network, s);
      else forward(network);

      into.loss[row] = loss;
      into.slope[row] = slope;
      into.curvature[row] = curvature;
      into.curvatureTerms[row] = curvatureTerms;
      into.gaussNewton[row] = sums.gaussNewton;
      into.nextSlope[row] = judged ? nextSums.slope : Number.NaN;
      into.nextCurvature[row] = judged ? nextSums.curvature : Number.NaN;
      into.nextCurvatureTerms[row] = judged ? nextSums.curvatureTerms : Number.NaN;
      into.stepTaken[row] = s;
      into.lossAfter[row] = lossOf(network);
      writeSquares(gradient, into.gradSquares, row);
      writeSquares(direction, into.directionSquares, row);
      if (into.directions.length > 0) into.directions.set(direction, row * direction.length);
    },
    collect: () => Promise.resolve(),
    save: () => Promise.resolve(copyOf(current)),
    restore(saved) {
      for (const key of stateKeys) current[key].set(saved[key]);
    },
    direction: () => Promise.resolve(direction.slice()),
    gradient: () => Promise.resolve(gradient.slice()),
    dispose() {},
  };
}

const noSums = (): TangentSums => ({
  slope: Number.NaN,
  curvature: Number.NaN,
  curvatureTerms: Number.NaN,
  gaussNewton: Number.NaN,
});

const stateKeys = ["theta", "m", "v", "vMax"] as const;

const copyOf = ({ theta, m, v, vMax }: State): State => ({
  theta: theta.slice(),
  m: m.slice(),
  v: v.slice(),
  vMax: vMax.slice(),
});
