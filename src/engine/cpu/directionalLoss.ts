import type { Problem } from "../../core/data/problem";
import type { DirectionalDerivatives, DirectionalLoss } from "../directionalLoss";
import type { Batch } from "../engine";
import type { NewSweeper, TangentSums } from "../sweeper";
import { loopSweeper } from "./sweeper";

/** Rows swept at a time: every result is a mean over rows, so that the buffers need not hold all rows of the data. */
const chunkRows = 256;

/** The directional loss in float64. */
export function createCpuDirectionalLoss(problem: Problem, newSweeper: NewSweeper = loopSweeper): DirectionalLoss {
  const sweeper = newSweeper(problem, Math.min(problem.rows, chunkRows));

  /** Loads the rows a chunk at a time and calls `visit` with each chunk's share of all of them. */
  const eachChunk = ({ order, start, count }: Batch, visit: (share: number) => void) => {
    for (let done = 0; done < count; done += sweeper.capacity) {
      const rows = Math.min(sweeper.capacity, count - done);
      sweeper.load({ order, start: start + done, count: rows });
      visit(rows / count);
    }
  };

  return {
    async derivatives(theta, directions, rows): Promise<DirectionalDerivatives[]> {
      const totals = directions.map(() => ({ loss: 0, slope: 0, curvature: 0, curvatureTerms: 0 }));
      const sums: TangentSums = { slope: 0, curvature: 0, curvatureTerms: 0, gaussNewton: 0 };
      sweeper.setTheta(theta);
      eachChunk(rows, (share) => {
        sweeper.forward();
        const loss = sweeper.loss();
        sweeper.backward();
        directions.forEach((d, k) => {
          const total = totals[k]!;
          sweeper.setDirection(d);
          sweeper.tangent(sums);
          total.loss += share * loss;
          total.slope += share * sums.slope;
          total.curvature += share * sums.curvature;
          total.curvatureTerms += share * sums.curvatureTerms;
        });
      });
      return totals;
    },

    async values(theta, d, rows, alphas): Promise<Float64Array> {
      const losses = new Float64Array(alphas.length);
      sweeper.setTheta(theta);
      sweeper.setDirection(d);
      eachChunk(rows, (share) => {
        const ofChunk = sweeper.lossesAlong(alphas);
        for (let k = 0; k < losses.length; k++) losses[k]! += share * ofChunk[k]!;
      });
      return losses;
    },
  };
}
