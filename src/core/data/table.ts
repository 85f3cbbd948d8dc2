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

/** Real data, ready to be trained on: numbers standardised, categories one-hot, some rows held out. */
export interface Table {
  /** The dataset's name, or the file's. */
  readonly name: string;
  readonly loss: Loss;
  readonly inputs: number;
  readonly outputs: number;
  /** What the sampler sees. */
  readonly train: TableRows;
  /** What it never sees; null where there are too few rows to hold any out. */
  readonly held: TableRows | null;
  readonly target: string;
  /** Of a target that was standardised: one unit of its own, so that an error can be said in it. */
  readonly deviation: number | null;
  /** Their names, in the order of the outputs; null where the target is a number. */
  readonly classes: readonly string[] | null;
  /** What was done with missing values, columns left out and the like, a sentence each. */
  readonly notes: readonly string[];
}

/** The share of the rows that is held out, and the fewest rows of which any are. */
const [heldShare, fewestRows] = [0.2, 5];

/**
 * Which of `count` rows are trained on and which are held out: always the same for the same count, whatever the run's seed,
 * so that runs can be compared. Both are in a random order: files are often sorted, and batches take rows as they stand.
 *
 * @param most rows to train on at most; as many again of the others are held out as their share is
 */
export function splitRows(count: number, most = count): { readonly train: Uint32Array; readonly held: Uint32Array } {
  const order = permutation(count, 0, streams.split);
  const held = count < fewestRows ? 0 : Math.floor(heldShare * count);
  const train = Math.min(most, count - held);
  const kept = Math.min(held, Math.ceil((train * heldShare) / (1 - heldShare)));
  return { train: order.subarray(0, train), held: order.subarray(count - kept) };
}
