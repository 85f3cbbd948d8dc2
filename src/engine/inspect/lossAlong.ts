import { type Problem, parameterCount } from "../../core/data/problem";
import type { DirectionalLoss } from "../directionalLoss";
import type { Batch } from "../engine";
import { partsOf } from "./rowParts";
import type { TimeSlices } from "./timeSlices";

/** Products of a weight and an activation of forward sweeps that plain loops compute in about a frame. */
const forwardProducts = 2 ** 23;
/** Rows of a time slice at least: a GPU takes no less time for fewer rows. */
const minPartRows = 16;

/**
 * h(α) = L(θ + αd) at each α: the means over parts of the rows, each in a time slice of its own.
 * @returns with the computing time in ms
 * @throws Dropped
 */
export async function lossAlong(
  loss: DirectionalLoss,
  sizes: Problem["sizes"],
  { theta, direction }: { readonly theta: Float64Array; readonly direction: Float64Array },
  rows: Batch,
  alphas: Float64Array,
  slices: TimeSlices,
): Promise<{ readonly losses: Float64Array; readonly ms: number }> {
  // The first layer's products serve all α.
  const first = parameterCount(sizes.slice(0, 2));
  const products = 2 * first + (theta.length - first) * alphas.length;
  const partRows = Math.max(minPartRows, Math.floor(forwardProducts / products));
  const losses = new Float64Array(alphas.length);
  let ms = 0;
  for (const { part, share } of partsOf(rows, partRows)) {
    await slices.nextIfDue(part.count * products);
    const began = performance.now();
    const ofPart = await loss.values(theta, direction, part, alphas);
    for (let k = 0; k < losses.length; k++) losses[k]! += share * ofPart[k]!;
    ms += performance.now() - began;
  }
  return { losses, ms };
}
