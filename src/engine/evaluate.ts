import type { Problem } from "../core/data/problem";
import { identity } from "../core/data/random";
import type { Start } from "../core/data/start";
import { newSweeper } from "./float64";
import type { Sweeper } from "./sweeper";

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

/** Products of a weight and an activation between two pauses: they take some ten milliseconds. */
const productsPerChunk = 2 ** 24;

/**
 * A function that scores parameters in float64, whichever engine trains. It is a pure function of θ. The next
 * evaluation may begin once the one before has settled or its next `pause` rejects.
 *
 * The function awaits `pause` between two chunks of rows; a rejection ends the evaluation.
 */
export function createEvaluator(
  start: Start,
): (theta: Float64Array, pause: () => Promise<void>) => Promise<Evaluation> {
  const { problem, held, theta } = start;
  const most = Math.max(1, Math.floor(productsPerChunk / theta.length));
  const sweeperOn = (rows: Problem): Sweeper => newSweeper(rows, Math.min(rows.rows, most));
  const onTrain = sweeperOn(problem);
  const onHeld = held && { rows: held.rows, sweeper: sweeperOn({ ...problem, ...held }) };

  async function score(
    sweeper: Sweeper,
    rows: number,
    theta: Float64Array,
    pause: () => Promise<void>,
  ): Promise<{ score: Score; ms: number }> {
    const order = identity(rows);
    sweeper.setTheta(theta);
    let [loss, correct, ms] = [0, 0, 0];
    for (let done = 0; done < rows; done += sweeper.capacity) {
      if (done > 0) await pause();
      const count = Math.min(sweeper.capacity, rows - done);
      const begin = performance.now();
      sweeper.load({ order, start: done, count });
      sweeper.forward();
      loss += (count / rows) * sweeper.loss();
      correct += sweeper.correctRows();
      ms += performance.now() - begin;
    }
    return { score: { rows, loss, accuracy: problem.loss === "mse" ? null : correct / rows }, ms };
  }

  return async (theta, pause) => {
    const train = await score(onTrain, problem.rows, theta, pause);
    const held = onHeld && (await score(onHeld.sweeper, onHeld.rows, theta, pause));
    return { train: train.score, held: held?.score ?? null, ms: train.ms + (held?.ms ?? 0) };
  };
}
