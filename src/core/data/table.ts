import type { Loss } from "./problem";
import { permutation, streams } from "./random";

/** Rows of inputs and targets, row-major; targets are one-hot for cross-entropy. */
export interface TableRows {
  readonly rows: number;
  /** rows × inputs */
  readonly x: Float32Array;
  /** rows × outputs */
  readonly y: Float32Array;
}

/** Real data for training: numbers standardised, categories one-hot, some rows held out. */
export interface Table {
  /** The name of the dataset or of the file. */
  readonly name: string;
  readonly loss: Loss;
  readonly inputs: number;
  readonly outputs: number;
  /** The training rows. */
  readonly train: TableRows;
  /** The held-out rows; null for a table with fewer than five rows. */
  readonly held: TableRows | null;
  /** The name of the target column; empty for a table from a run file. */
  readonly target: string;
  /** The standard deviation of a standardised target in its own unit, which converts an error to that unit; else null. */
  readonly deviation: number | null;
  /** The names of the classes, in the order of the outputs; null where the target is a number. */
  readonly classes: readonly string[] | null;
  /** The treatment of missing values, omitted columns and the like, one sentence each. */
  readonly notes: readonly string[];
}

/** The fraction of held-out rows, and the smallest number of rows with any. */
const [heldFraction, minRows] = [0.2, 5];

/**
 * The indices of training and held-out rows among `count` rows. They depend on `count` only, not on the seed of the run, so
 * that runs can be compared. Both are in random order, because files are often sorted and minibatches use rows in order.
 *
 * @param maxTrain the largest number of training rows; held-out rows are reduced in proportion
 */
export function splitRows(
  count: number,
  maxTrain = count,
): { readonly train: Uint32Array; readonly held: Uint32Array } {
  const order = permutation(count, 0, streams.split);
  const held = count < minRows ? 0 : Math.floor(heldFraction * count);
  const train = Math.min(maxTrain, count - held);
  const kept = Math.min(held, Math.ceil((train * heldFraction) / (1 - heldFraction)));
  return { train: order.subarray(0, train), held: order.subarray(count - kept) };
}
