import { type Problem, parameterCount } from "../../core/data/problem";
import type { Batch, Probe, Slopes } from "../engine";
import { lossOf, type Sums } from "./loss";
import { createNetwork, loadBatch } from "./network";
import { backward, forward, tangent } from "./sweeps";

/** Rows swept at a time: every quantity here is a mean over rows, so all the data need no buffers of their size. */
const chunkRows = 256;

/** The probes as plain loops: pure functions of (θ, d, rows). */
export function createCpuProbe(problem: Problem): Probe {
  const size = parameterCount(problem.sizes);
  const theta = new Float64Array(size);
  const direction = new Float64Array(size);
  const vectors = { theta, gradient: new Float64Array(size), direction };
  const network = createNetwork(problem, vectors, Math.min(problem.rows, chunkRows));

  /** Loads the rows a chunk at a time and calls `visit` with each chunk's share of them. */
  const eachChunk = ({ order, start, count }: Batch, visit: (share: number) => void) => {
    for (let done = 0; done < count; done += network.capacity) {
      const rows = Math.min(network.capacity, count - done);
      loadBatch(network, { order, start: start + done, count: rows });
      visit(rows / count);
    }
  };

  const along = (at: Float64Array, directions: readonly Float64Array[], rows: Batch): Slopes[] => {
    const totals = directions.map(() => ({ loss: 0, slope: 0, curvature: 0, curvatureTerms: 0 }));
    const sums: Sums = { slope: 0, curvature: 0, curvatureTerms: 0 };
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
  };

  const lossAlong = (at: Float64Array, d: Float64Array, rows: Batch, alphas: Float64Array): Float64Array => {
    const losses = new Float64Array(alphas.length);
    eachChunk(rows, (share) => {
      alphas.forEach((alpha, k) => {
        for (let p = 0; p < size; p++) theta[p] = at[p]! + alpha * d[p]!;
        forward(network);
        losses[k]! += share * lossOf(network);
      });
    });
    return losses;
  };

  return {
    along: async (at, directions, rows) => along(at, directions, rows),
    lossAlong: async (at, d, rows, alphas) => lossAlong(at, d, rows, alphas),
  };
}
