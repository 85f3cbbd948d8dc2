import { identity } from "../core/data/random";
import type { Start } from "../core/data/start";
import type { TableRows } from "../core/data/table";
import { lossOf } from "./cpu/loss";
import { createNetwork, loadBatch, type Network } from "./cpu/network";
import { forward } from "./cpu/sweeps";

/** Loss and accuracy of a network on some rows. */
interface Score {
  readonly rows: number;
  /** The loss that is trained: mean squared error, or cross-entropy. */
  readonly loss: number;
  /** The share of rows whose largest output is the output of their class; null where the target is a number. */
  readonly accuracy: number | null;
}

/** The scores of a network on all training rows and on the held-out rows. */
export interface Evaluation {
  readonly train: Score;
  /** null where no rows are held out. */
  readonly held: Score | null;
  /** Time of the computation in ms, without the pauses. */
  readonly ms: number;
}

/** Products of a weight and an activation between two pauses: plain loops take some ten milliseconds. */
const productsPerChunk = 2 ** 24;

/**
 * A function that scores parameters by plain loops in float64, whichever engine trains. It is a pure function of θ. The next
 * evaluation may begin once the one before has settled or its next `pause` rejects.
 *
 * The function awaits `pause` between two chunks of rows; a rejection ends the evaluation.
 */
export function createEvaluator(
  start: Start,
): (theta: Float64Array, pause: () => Promise<void>) => Promise<Evaluation> {
  const { problem, held, theta } = start;
  const at = new Float64Array(theta.length);
  const most = Math.max(1, Math.floor(productsPerChunk / theta.length));
  // Only forward sweeps are made: gradient and direction are never written.
  const networkOn = (rows: TableRows): Network => {
    const vectors = { theta: at, gradient: at, direction: at };
    return createNetwork({ ...problem, ...rows }, vectors, Math.min(rows.rows, most));
  };
  const trainNetwork = networkOn(problem);
  const heldNetwork = held && networkOn(held);

  async function score(network: Network, pause: () => Promise<void>): Promise<{ score: Score; ms: number }> {
    const { rows, loss } = network.problem;
    const order = identity(rows);
    let [sum, correct, ms] = [0, 0, 0];
    for (let done = 0; done < rows; done += network.capacity) {
      if (done > 0) await pause();
      const count = Math.min(network.capacity, rows - done);
      const begin = performance.now();
      loadBatch(network, { order, start: done, count });
      forward(network);
      sum += (count / rows) * lossOf(network);
      correct += correctRows(network);
      ms += performance.now() - begin;
    }
    return { score: { rows, loss: sum, accuracy: loss === "mse" ? null : correct / rows }, ms };
  }

  return async (theta, pause) => {
    at.set(theta);
    const train = await score(trainNetwork, pause);
    const held = heldNetwork && (await score(heldNetwork, pause));
    return { train: train.score, held: held?.score ?? null, ms: train.ms + (held?.ms ?? 0) };
  };
}

/** The number of rows whose largest output is the output of their class. */
function correctRows({ layers, y, rows }: Network): number {
  const { z, outputs } = layers.at(-1) as Network["layers"][number];
  let correct = 0;
  for (let row = 0; row < rows; row++) {
    let [best, label] = [0, 0];
    for (let k = 1; k < outputs; k++) {
      if ((z.values[row * outputs + k] as number) > (z.values[row * outputs + best] as number)) best = k;
      if (y[row * outputs + k] === 1) label = k;
    }
    // Where training has diverged, the largest output is not a number.
    if (best === label && Number.isFinite(z.values[row * outputs + best])) correct++;
  }
  return correct;
}
