import type { Tensor } from "./problem";

/**
 * Every measurement of a step, by name. One table for the columns' types, the charts' labels and the CSV's header.
 * A number that does not exist (α* of a flat parabola) is NaN here and null in `alphascope.trace()`.
 */
export const metrics = {
  batch: { label: "rows in the batch", unit: "rows" },
  loss: { label: "loss on this batch, h(0)", unit: "loss" },
  slope: { label: "slope along d, dᵀg", unit: "loss per step" },
  curvature: { label: "curvature along d, dᵀHd", unit: "loss per step²" },
  alphaStar: { label: "best step on this batch, α*", unit: "step" },
  /** Index into `verdicts`. */
  verdict: { label: "verdict", unit: "" },
  gradNorm: { label: "norm of the gradient, ‖g‖", unit: "" },
  directionNorm: { label: "norm of the direction, ‖d‖", unit: "" },
  cosine: { label: "cosine between d and −g", unit: "" },
  stepTaken: { label: "step taken along d", unit: "step" },
  lossAfter: { label: "loss on this batch after the step, h(s)", unit: "loss" },
  reductionRatio: { label: "actual over predicted change of loss, ρ", unit: "" },
  /** The learning rate in force, whether or not the rule used it. */
  lr: { label: "learning rate", unit: "step" },
  epoch: { label: "epoch, counted from 0", unit: "" },
  /** Position of the batch in its epoch, counted from 0. */
  batchIndex: { label: "batch in the epoch, counted from 0", unit: "" },
} as const;

export type Metric = keyof typeof metrics;
export const metricNames = Object.keys(metrics) as readonly Metric[];

/** `count` consecutive steps, one column a metric; made by the trainer, transferred to the page. */
export interface Columns {
  /** The first of these steps; steps count from 1. */
  first: number;
  count: number;
  readonly metrics: Readonly<Record<Metric, Float64Array>>;
  /** count × tensors, row-major: fc1.weight, fc1.bias, … */
  readonly gradNorms: Float64Array;
  readonly directionNorms: Float64Array;
  /** count × P, row-major, every step's d; empty for networks of more than `maxDirectionSize` parameters. */
  readonly directions: Float64Array;
}

/** Networks up to this many parameters have d recorded at every step. */
export const maxDirectionSize = 1024;

/** Columns with room for `capacity` steps of a network with these tensors. */
export function makeColumns(first: number, capacity: number, tensors: readonly Tensor[]): Columns {
  const size = tensors.reduce((total, t) => total + t.size, 0);
  return {
    first,
    count: 0,
    metrics: Object.fromEntries(metricNames.map((name) => [name, new Float64Array(capacity)])) as Record<
      Metric,
      Float64Array
    >,
    gradNorms: new Float64Array(capacity * tensors.length),
    directionNorms: new Float64Array(capacity * tensors.length),
    directions: new Float64Array(size <= maxDirectionSize ? capacity * size : 0),
  };
}

/** The buffers of columns, for the transfer list of `postMessage`. */
export function buffersOf(columns: Columns): ArrayBuffer[] {
  const arrays = [...Object.values(columns.metrics), columns.gradNorms, columns.directionNorms, columns.directions];
  return arrays.map((array) => array.buffer as ArrayBuffer);
}
