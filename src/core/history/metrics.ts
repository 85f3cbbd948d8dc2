import type { Tensor } from "../data/problem";

interface MetricEntry {
  readonly label: string;
  readonly unit: string;
  /** The definition, in at most 20 words. */
  readonly help: string;
  /**
   * The entries of this column in a trace: numbers; numbers or null, where the quantity is not always defined; names of
   * verdicts; names of verdicts or null. null where the trace has no such column.
   */
  readonly trace: "number" | "nullable" | "verdict" | "nullableVerdict" | null;
}

/**
 * Every measurement of a step, by name. This table defines the columns of the history, of `alphascope.trace()`, of a run
 * file and of the CSV, and the names and explanations on the page.
 * An undefined number (α* of a flat quadratic model) is NaN in a column and null in a trace.
 */
export const metrics = {
  batch: {
    label: "rows in the minibatch",
    unit: "rows",
    help: "Number of rows in the minibatch of this step; the last minibatch of an epoch may be smaller.",
    trace: "number",
  },
  loss: {
    label: "minibatch loss, h(0)",
    unit: "loss",
    help: "Mean loss of the minibatch before the step; the loss varies between minibatches, so compare the smoothed curve.",
    trace: "number",
  },
  slope: {
    label: "slope along d, dᵀg",
    unit: "loss per step",
    help: "Derivative of the minibatch loss along d; where the slope is negative, d is a descent direction.",
    trace: "number",
  },
  curvature: {
    label: "curvature along d, dᵀHd",
    unit: "loss per step²",
    help: "Second derivative of the minibatch loss along d; where the curvature is negative, the quadratic model has no minimum.",
    trace: "number",
  },
  alphaStar: {
    label: "best step for this minibatch, α*",
    unit: "step",
    help: "Step size at the minimum of the quadratic model along d, −dᵀg / dᵀHd; compare α* with lr.",
    trace: "nullable",
  },
  /** Index into `verdicts`. */
  verdict: {
    label: "verdict",
    unit: "",
    help: "Position of the minimum of the quadratic model: ahead (minimum), behind, or none (concave, flat, diverged).",
    trace: "verdict",
  },
  gradNorm: {
    label: "norm of the gradient, ‖g‖",
    unit: "",
    help: "Euclidean norm of the minibatch gradient; optimisers of the Adam family rescale the gradient.",
    trace: "number",
  },
  directionNorm: {
    label: "norm of the direction, ‖d‖",
    unit: "",
    help: "Euclidean norm of d, without the learning rate; the norm fluctuates while the moment estimates start from zero.",
    trace: "number",
  },
  cosine: {
    label: "cosine between d and −g",
    unit: "",
    help: "Cosine of the angle between d and −g; 1 is steepest descent, and below 0 d is an ascent direction.",
    trace: "number",
  },
  stepTaken: {
    label: "step size taken along d",
    unit: "step",
    help: "Step size of the update along d: lr, or σ·α* with the step rule σ·α*.",
    trace: "number",
  },
  lossAfter: {
    label: "minibatch loss after the step, h(s)",
    unit: "loss",
    help: "Mean loss of the same minibatch after the step; h(s) above h(0) means that the step increased the loss.",
    trace: "number",
  },
  reductionRatio: {
    label: "actual over predicted change of the loss, ρ",
    unit: "",
    help: "Actual change of the minibatch loss divided by the predicted change; 1 means that the prediction was exact.",
    trace: "nullable",
  },
  nextSlope: {
    label: "slope along d on the next minibatch",
    unit: "loss per step",
    help: "Derivative of the next minibatch's loss along d before the step; its rows did not contribute to g.",
    trace: "nullable",
  },
  nextCurvature: {
    label: "curvature along d on the next minibatch",
    unit: "loss per step²",
    help: "Second derivative of the next minibatch's loss along d before the step; compare with the curvature on this minibatch.",
    trace: "nullable",
  },
  nextAlphaStar: {
    label: "best step for the next minibatch",
    unit: "step",
    help: "Best step of the next minibatch along the same d; usually shorter, because d follows this minibatch's gradient.",
    trace: "nullable",
  },
  gradVariance: {
    label: "gradient variance",
    unit: "",
    help: "Trace of the covariance of the gradients of single rows, estimated from this minibatch.",
    trace: "nullable",
  },
  alphaStarError: {
    label: "standard error of α*",
    unit: "step",
    help: "Standard error of α* for the given d, caused by the choice of the rows in the minibatch (delta method).",
    trace: "nullable",
  },
  gaussNewton: {
    label: "Gauss–Newton curvature, dᵀGd",
    unit: "loss per step²",
    help: "Curvature along d of the loss function alone, never negative; the rest of dᵀHd comes from the network's own curvature.",
    trace: "nullable",
  },
  /** Index into `verdicts`; NaN where no next minibatch judges the step. */
  nextVerdict: {
    label: "verdict of the next minibatch",
    unit: "",
    help: "Position of the minimum of the next minibatch's quadratic model along d; behind: d is uphill there.",
    trace: "nullableVerdict",
  },
  /** The learning rate in force, also where the step rule is σ·α*. */
  lr: {
    label: "learning rate",
    unit: "step",
    help: "Learning rate in force at this step; below α* the step undershoots the minimum, above α* it overshoots.",
    trace: null,
  },
  epoch: { label: "epoch, counted from 0", unit: "", help: "Number of completed passes over all rows.", trace: null },
  /** Position of the minibatch in its epoch, counted from 0. */
  batchIndex: {
    label: "minibatch in the epoch, counted from 0",
    unit: "",
    help: "Position of the minibatch in its epoch; without shuffling, α* follows a pattern that repeats every epoch.",
    trace: null,
  },
} as const satisfies Readonly<Record<string, MetricEntry>>;

export type Metric = keyof typeof metrics;
export const metricNames = Object.keys(metrics) as readonly Metric[];

/** The norms that are measured for each tensor: their name in a trace, and in a CSV header before the tensor's name. */
export const tensorNorms = { directionNorms: "directionNorm", gradNorms: "gradNorm" } as const;

export type NormKind = keyof typeof tensorNorms;
export const normKinds = Object.keys(tensorNorms) as readonly NormKind[];

/** The measurements of `count` consecutive steps, one column per metric. The trainer makes them and transfers them to the page. */
export interface Columns {
  /** The number of the first of these steps; steps are counted from 1. */
  first: number;
  count: number;
  readonly metrics: Readonly<Record<Metric, Float64Array>>;
  /** count × tensors, row-major: fc1.weight, fc1.bias, … */
  readonly gradNorms: Float64Array;
  readonly directionNorms: Float64Array;
  /** d of every step, count × P, row-major; empty for networks of more than `maxDirectionSize` parameters. */
  readonly directions: Float64Array;
}

/** The largest number of parameters for which d is recorded at every step. */
export const maxDirectionSize = 1024;

/** Empty columns for at most `capacity` steps of a network with these tensors. */
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
