import { permutation, streams } from "../../../core/data/random";
import type { ReplayedStep } from "../inspector";
import { maxResamples, type QuadraticModel, type ResamplesProbe } from "./probes";
import type { ProbeTools } from "./probeTools";

/**
 * The quadratic models along d on `count` other minibatches of the run's size. The minibatches are consecutive parts of
 * permutations of the data, as in shuffled epochs. The permutations follow from the seed and the step alone.
 */
export async function probeResamples(
  { start, loss }: ProbeTools,
  { inspection }: ReplayedStep,
  count: number,
): Promise<ResamplesProbe> {
  const { step, theta, direction, settings } = inspection;
  const { problem, recipe } = start;
  const batchSize = Math.min(settings.batchSize, problem.rows);
  const permute = (epoch: number) => permutation(problem.rows, recipe.seed, streams.resamples, step, epoch);
  const found: QuadraticModel[] = [];
  let order = permute(0);
  let at = 0;
  for (let epoch = 1; found.length < Math.min(count, maxResamples); at += batchSize) {
    if (at + batchSize > order.length) {
      order = permute(epoch++);
      at = 0;
    }
    found.push(...(await loss.quadraticModels(theta, [direction], { order, start: at, count: batchSize })));
  }
  return { step, batchSize, found };
}
