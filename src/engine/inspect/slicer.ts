import { type Problem, parameterCount } from "../../core/data/problem";
import type { DirectionalLoss } from "../directionalLoss";
import type { Batch } from "../engine";
import type { ReplayedStep } from "./inspector";
import { evenlySpacedRows, partsOf } from "./rowParts";
import type { TimeSlices } from "./timeSlices";

/** h(α) along d of one step. */
export interface SliceLosses {
  readonly step: number;
  /** On the step's minibatch, at each α. */
  readonly batch: Float64Array;
  /** On the next minibatch, which judges the step; null where the step is not judged. */
  readonly next: Float64Array | null;
  /** On all rows of the data, or on `fullRows` of them, evenly spaced, where all rows would take longer than the time limit. */
  readonly full: Float64Array;
  readonly fullRows: number;
  /** Rows of the data. */
  readonly allRows: number;
  /** Computing time, in ms. */
  readonly ms: number;
}

/** Products of a weight and an activation of forward sweeps that plain loops compute in about a frame. */
const forwardProducts = 2 ** 23;
/** Rows of a time slice at least: a GPU takes no less time for fewer rows. */
const minPartRows = 16;
/** The slice through all data uses at least this many rows, or all rows where there are fewer. */
const minSliceRows = 32;

/**
 * h(α) = L(θ + αd) at each α along d of a replayed step, on all rows of its minibatch and of the next one, and on rows of the
 * data.
 *
 * @param fullMs computing time of the losses on the data, in ms. The time of a row is estimated from the minibatch. The number
 *   of rows is all rows, a half, a quarter and so on: a few numbers only, so that the curve keeps its rows
 * @throws Dropped
 */
export async function sliceOf(
  { inspection, rows, next: nextRows }: ReplayedStep,
  loss: DirectionalLoss,
  { sizes, rows: allRows }: Pick<Problem, "sizes" | "rows">,
  alphas: Float64Array,
  fullMs: number,
  slices: TimeSlices,
): Promise<SliceLosses> {
  const { step, theta, direction } = inspection;
  // The first layer's products serve all α.
  const first = parameterCount(sizes.slice(0, 2));
  const products = 2 * first + (theta.length - first) * alphas.length;
  const partRows = Math.max(minPartRows, Math.floor(forwardProducts / products));
  let ms = 0;

  /** The means over parts of the rows, each in a time slice of its own. */
  async function lossAlong(on: Batch): Promise<Float64Array> {
    const losses = new Float64Array(alphas.length);
    for (const { part, share } of partsOf(on, partRows)) {
      await slices.nextIfDue(part.count * products);
      const began = performance.now();
      const ofPart = await loss.values(theta, direction, part, alphas);
      for (let k = 0; k < losses.length; k++) losses[k]! += share * ofPart[k]!;
      ms += performance.now() - began;
    }
    return losses;
  }

  slices.check();
  const batch = await lossAlong(rows);
  const batchMs = ms;
  const next = nextRows && (await lossAlong(nextRows));
  const all = evenlySpacedRows(allRows, rowsWithin(allRows, (fullMs * rows.count) / batchMs));
  const full = await lossAlong(all);
  return { step, batch, next, full, fullRows: all.count, allRows, ms };
}

/** All rows, or a half, a quarter and so on of them, where at most `most` rows can be afforded. */
function rowsWithin(allRows: number, most: number): number {
  let count = allRows;
  while (count > most && count >= 2 * minSliceRows) count = Math.ceil(count / 2);
  return count;
}
