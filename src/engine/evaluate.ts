import { identity } from "../core/data/random";
import type { Start } from "../core/data/start";
import type { TableRows } from "../core/data/table";
import { lossOf } from "./cpu/loss";
import { createNetwork, loadBatch, type Network } from "./cpu/network";
import { forward } from "./cpu/sweeps";

/** How well a network does on some rows. */
export interface Score {
  readonly rows: number;
  /** As it is trained: mean squared error, or cross-entropy. */
  readonly loss: number;
  /** The share of rows whose largest output is their class; null where the target is a number. */
  readonly accuracy: number | null;
}

/** How well it does on all rows that it is trained on, and on those held out, if any are. */
export interface Evaluation {
  readonly train: Score;
  readonly held: Score | null;
  /** The time it took the worker, others' turns left out. */
  readonly ms: number;
}

/** Products of a weight and an activation in one stretch of work: some ten milliseconds in plain loops. */
const stretch = 2 ** 24;

/**
 * Scores parameters by plain loops, in float64: a pure function of θ, whichever engine trains. It lets others have their turn
 * in between.
 *
 * @param pause resolves when others have had their turn; rejects where the run has been closed
 */
export function createEvaluator(
  start: Start,
  pause: () => Promise<void>,
): (theta: Float64Array) => Promise<Evaluation> {
  const { problem, held, theta } = start;
  const at = new Float64Array(theta.length);
  const most = Math.max(1, Math.floor(stretch / theta.length));
  // Only a forward sweep is made: gradient and direction are never written.
  const networkOf = (rows: TableRows): Network => {
    const vectors = { theta: at, gradient: at, direction: at };
    return createNetwork({ ...problem, ...rows }, vectors, Math.min(rows.rows, most));
  };
  const train = networkOf(problem);
  const kept = held && networkOf(held);

  let ms = 0;

  async function score(network: Network): Promise<Score> {
    const { rows, loss } = network.problem;
    const order = identity(rows);
    let [sum, right] = [0, 0];
    for (let done = 0; done < rows; done += network.capacity) {
      if (done > 0) await pause();
      const count = Math.min(network.capacity, rows - done);
      const begin = performance.now();
      loadBatch(network, { order, start: done, count });
      forward(network);
      sum += (count / rows) * lossOf(network);
      right += rightIn(network);
      ms += performance.now() - begin;
    }
    return { rows, loss: sum, accuracy: loss === "mse" ? null : right / rows };
  }

  return async (theta) => {
    at.set(theta);
    ms = 0;
    const trained = await score(train);
    return { train: trained, held: kept && (await score(kept)), ms };
  };
}

/** Rows of the batch whose largest output is that of their class. */
function rightIn({ layers, y, rows }: Network): number {
  const { z, outputs } = layers.at(-1) as Network["layers"][number];
  let right = 0;
  for (let row = 0; row < rows; row++) {
    let [best, label] = [0, 0];
    for (let k = 1; k < outputs; k++) {
      if ((z.values[row * outputs + k] as number) > (z.values[row * outputs + best] as number)) best = k;
      if (y[row * outputs + k] === 1) label = k;
    }
    // Where training has diverged there is no largest.
    if (best === label && Number.isFinite(z.values[row * outputs + best])) right++;
  }
  return right;
}
