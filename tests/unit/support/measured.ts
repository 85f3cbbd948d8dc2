import type { Tensor } from "../../../src/core/data/problem";
import { verdicts } from "../../../src/core/history/alpha";
import { type Columns, makeColumns, metricNames } from "../../../src/core/history/metrics";

/**
 * Columns of `count` steps from `first` on, each value a number of its own that follows from the step, so that a test can
 * identify its origin. Verdicts cycle through all five.
 */
export function measuredColumns(first: number, count: number, tensors: readonly Tensor[]): Columns {
  // Capacity for more steps than are filled, as in the trainer's columns.
  const columns = makeColumns(first, count + 3, tensors);
  columns.count = count;
  const parameters = tensors.reduce((total, { size }) => total + size, 0);
  for (let row = 0; row < count; row++) {
    const step = first + row;
    metricNames.forEach((metric, m) => {
      columns.metrics[metric][row] = valueAt(step, m);
    });
    columns.metrics.verdict[row] = step % verdicts.length;
    if (step % verdicts.length > 2) columns.metrics.alphaStar[row] = Number.NaN;
    for (let t = 0; t < tensors.length; t++) {
      columns.gradNorms[row * tensors.length + t] = valueAt(step, 20 + t);
      columns.directionNorms[row * tensors.length + t] = valueAt(step, 30 + t);
    }
    if (columns.directions.length > 0) columns.directions.fill(step, row * parameters, (row + 1) * parameters);
  }
  return columns;
}

/** Rough, without a period, and different for each column. */
export const valueAt = (step: number, column: number): number => Math.sin(step * step + column) + column;
