import { tensorsOf } from "../../../src/core/data/problem";
import { History } from "../../../src/core/history/history";
import { type Metric, makeColumns } from "../../../src/core/history/metrics";

type Formula = (step: number) => number;

/** A history of 10-5-1 whose metrics follow formulas; a metric without a formula is 0 at every step. */
export function history(steps: number, formulas: Partial<Record<Metric, Formula>>, norm: Formula = () => 1): History {
  const tensors = tensorsOf([10, 5, 1]);
  const columns = makeColumns(1, steps, tensors);
  for (let row = 0; row < steps; row++) {
    for (const [metric, formula] of Object.entries(formulas)) columns.metrics[metric as Metric][row] = formula(row + 1);
    tensors.forEach((_, t) => {
      columns.directionNorms[row * tensors.length + t] = norm(row + 1) + t;
    });
  }
  const run = new History(tensors);
  run.append({ ...columns, count: steps });
  return run;
}
