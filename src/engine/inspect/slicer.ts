import type { Problem } from "../../core/data/problem";
import type { DirectionalLoss } from "../directionalLoss";
import type { Batch } from "../engine";
import type { ReplayedStep } from "./inspector";
import { lossAlong } from "./lossAlong";
import { evenlySpacedRows } from "./rowParts";
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
  const { step } = inspection;
  let ms = 0;

  async function lossesOn(on: Batch): Promise<Float64Array> {
    const found = await lossAlong(loss, sizes, inspection, on, alphas, slices);
    ms += found.ms;
    return found.losses;
  }

  slices.check();
  const batch = await lossesOn(rows);
  const batchMs = ms;
  const next = nextRows && (await lossesOn(nextRows));
  const all = evenlySpacedRows(allRows, rowsWithin(allRows, (fullMs * rows.count) / batchMs));
  const full = await lossesOn(all);
  return { step, batch, next, full, fullRows: all.count, allRows, ms };
}

/** All rows, or a half, a quarter and so on of them, where at most `most` rows can be afforded. */
function rowsWithin(allRows: number, most: number): number {
  let count = allRows;
  while (count > most && count >= 2 * minSliceRows) count = Math.ceil(count / 2);
  return count;
}
