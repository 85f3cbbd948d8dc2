import { type Problem, parameterCount } from "../../core/data/problem";
import type { DirectionalDerivatives, DirectionalLoss } from "../directionalLoss";
import type { Batch } from "../engine";
import { lossOf, type TangentSums } from "./loss";
import { createNetwork, loadBatch } from "./network";
import { backward, forward, lossesAlong, tangent } from "./sweeps";

/** Rows swept at a time: every result is a mean over rows, so that the buffers need not hold all rows of the data. */
const chunkRows = 256;

/** The directional loss in float64, by plain loops. */
export function createCpuDirectionalLoss(problem: Problem): DirectionalLoss {
  const size = parameterCount(problem.sizes);
  const theta = new Float64Array(size);
  const direction = new Float64Array(size);
  const vectors = { theta, gradient: new Float64Array(size), direction };
  const network = createNetwork(problem, vectors, Math.min(problem.rows, chunkRows));

  /** The parameters after those of the first layer. */
  const upperLayers = parameterCount(problem.sizes.slice(0, 2));

  /** Loads the rows a chunk at a time and calls `visit` with each chunk's share of all of them. */
  const eachChunk = ({ order, start, count }: Batch, visit: (share: number) => void) => {
    for (let done = 0; done < count; done += network.capacity) {
      const rows = Math.min(network.capacity, count - done);
      loadBatch(network, { order, start: start + done, count: rows });
      visit(rows / count);
    }
  };

  return {
    async derivatives(at, directions, rows): Promise<DirectionalDerivatives[]> {
      const totals = directions.map(() => ({ loss: 0, slope: 0, curvature: 0, curvatureTerms: 0 }));
      const sums: TangentSums = { slope: 0, curvature: 0, curvatureTerms: 0 };
      theta.set(at);
      eachChunk(rows, (share) => {
        forward(network);
        const loss = lossOf(network);
        backward(network);
        directions.forEach((d, k) => {
          const total = totals[k]!;
          direction.set(d);
          tangent(network, sums);
          total.loss += share * loss;
          total.slope += share * sums.slope;
          total.curvature += share * sums.curvature;
          total.curvatureTerms += share * sums.curvatureTerms;
        });
      });
      return totals;
    },

    async values(at, d, rows, alphas): Promise<Float64Array> {
      const losses = new Float64Array(alphas.length);
      direction.set(d);
      eachChunk(rows, (share) => {
        theta.set(at);
        const ofChunk = lossesAlong(network, alphas, (alpha) => {
          for (let p = upperLayers; p < size; p++) theta[p] = at[p]! + alpha * d[p]!;
        });
        for (let k = 0; k < losses.length; k++) losses[k]! += share * ofChunk[k]!;
      });
      return losses;
    },
  };
}
