import type { Loss, Problem } from "../../core/data/problem";
import type { Start } from "../../core/data/start";
import type { TableRows } from "../../core/data/table";
import type { Batch } from "../engine";
import { newSweeper } from "../float64";
import type { Sweeper } from "../sweeper";
import { type InputGrid, inputGrid } from "./inputGrid";
import type { ReplayedStep } from "./inspector";
import { evenlySpacedRows } from "./rowParts";
import type { TimeSlices } from "./timeSlices";

/** Rows with the outputs of the network. */
export interface PredictedRows {
  readonly rows: number;
  /** rows × inputs, for data of one or two inputs; else empty. */
  readonly x: Float32Array;
  /** rows × outputs; one-hot for cross-entropy. */
  readonly y: Float32Array;
  /** The last layer's z at θ + αd for each α, rows × outputs; empty where there is a grid. */
  readonly outputs: readonly Float32Array[];
}

/** The network as a function, at θ + αd for several α, along d of one step. */
export interface Predictions {
  readonly step: number;
  readonly loss: Loss;
  readonly alphas: Float64Array;
  /** The last layer's z on a grid over the inputs; null for data of more than two inputs. */
  readonly grid: (InputGrid & { readonly outputs: readonly Float32Array[] }) | null;
  /** The rows of the step's minibatch. */
  readonly batch: PredictedRows;
  /** The rows of the minibatch that judges the step; null where the step is not judged. */
  readonly next: PredictedRows | null;
  /** Training rows, evenly spaced. */
  readonly train: PredictedRows;
  /** Held-out rows, evenly spaced; null where no rows are held out. */
  readonly held: PredictedRows | null;
  /** Computing time, in ms. */
  readonly ms: number;
}

/** Answers for replayed steps of one run. @throws Dropped */
export type Predict = (step: ReplayedStep, alphas: Float64Array, slices: TimeSlices) => Promise<Predictions>;

/** Rows of a group at most: more points cannot be told apart on a chart. */
const mostRows = 500;
/** Products of a weight and an activation for the rows of a group, for the grid, and of one time slice, at most. */
const [rowProducts, gridProducts, sliceProducts] = [2 ** 25, 2 ** 24, 2 ** 22];
/** The number of α that these bounds assume. */
const assumedAlphas = 5;
/** Rows of one sweep at most. */
const chunkRows = 256;

/**
 * Predictions in float64, whichever engine trains, of θ and d in the numbers of the engine that trains. The work of an answer is
 * bounded by the numbers of rows and of grid points, which depend on the number of parameters.
 */
export function createPredictor({ problem, held, theta }: Start): Predict {
  const affordable = (products: number) => Math.max(16, Math.floor(products / (theta.length * assumedAlphas)));
  const capacity = Math.min(chunkRows, affordable(sliceProducts));
  const most = Math.min(mostRows, affordable(rowProducts));
  const grid = inputGrid(problem, affordable(gridProducts));
  const onTrain = sourceOf(problem, capacity);
  const onHeld = held && sourceOf({ ...problem, ...held }, capacity);
  const onGrid = grid && sourceOf({ ...problem, ...gridRows(problem, grid) }, capacity);
  const training = evenlySpacedRows(problem.rows, most);
  const heldOut = held && evenlySpacedRows(held.rows, most);

  return async ({ inspection, rows, next }, alphas, slices) => {
    const { step, theta, direction } = inspection;
    let ms = 0;

    async function outputsOf({ sweeper, outputs }: Source, { order, start, count }: Batch): Promise<Float32Array[]> {
      const results = Array.from(alphas, () => new Float32Array(count * outputs));
      for (let done = 0; done < count; done += sweeper.capacity) {
        const part = Math.min(sweeper.capacity, count - done);
        await slices.nextIfDue(part * theta.length * alphas.length);
        const began = performance.now();
        sweeper.load({ order, start: start + done, count: part });
        results.forEach((result, k) => {
          sweeper.setTheta(theta.map((value, p) => value + alphas[k]! * direction[p]!));
          sweeper.forward();
          sweeper.outputs(result, done * outputs);
        });
        ms += performance.now() - began;
      }
      return results;
    }

    async function predicted(from: Source, rows: Batch): Promise<PredictedRows> {
      return { ...copied(from, rows, grid !== null), outputs: grid ? [] : await outputsOf(from, rows) };
    }

    slices.check();
    const onInputs = onGrid && grid && { ...grid, outputs: await outputsOf(onGrid, evenlySpacedRows(onGrid.rows)) };
    const answer = {
      step,
      loss: problem.loss,
      alphas,
      grid: onInputs,
      batch: await predicted(onTrain, thinned(rows, most)),
      next: next && (await predicted(onTrain, thinned(next, most))),
      train: await predicted(onTrain, training),
      held: onHeld && heldOut && (await predicted(onHeld, heldOut)),
    };
    return { ...answer, ms };
  };
}

interface Source extends TableRows {
  readonly sweeper: Sweeper;
  readonly inputs: number;
  readonly outputs: number;
}

function sourceOf(problem: Problem, capacity: number): Source {
  const { sizes, rows, x, y } = problem;
  const sweeper = newSweeper(problem, Math.min(rows, capacity));
  return { rows, x, y, sweeper, inputs: sizes[0]!, outputs: sizes.at(-1)! };
}

function gridRows({ sizes }: Problem, { x1, x2 }: InputGrid): TableRows {
  const rows = x1.length * Math.max(1, x2.length);
  const x = new Float32Array(rows * sizes[0]!);
  for (let row = 0; row < rows; row++) {
    if (x2.length === 0) x[row] = x1[row]!;
    else x.set([x1[row % x1.length]!, x2[Math.floor(row / x1.length)]!], 2 * row);
  }
  return { rows, x, y: new Float32Array(rows * sizes.at(-1)!) };
}

/** At most `most` of some rows, evenly spaced. */
function thinned({ order, start, count }: Batch, most: number): Batch {
  const spaced = evenlySpacedRows(count, most);
  return { ...spaced, order: spaced.order.map((at) => order[start + at]!) };
}

function copied({ x, y, inputs, outputs }: Source, { order, start, count }: Batch, withInputs: boolean) {
  const parts = (values: Float32Array, width: number) => {
    const rows = new Float32Array(count * width);
    for (let n = 0; n < count; n++) {
      const row = order[start + n]!;
      rows.set(values.subarray(row * width, (row + 1) * width), n * width);
    }
    return rows;
  };
  return { rows: count, x: withInputs ? parts(x, inputs) : new Float32Array(0), y: parts(y, outputs) };
}
