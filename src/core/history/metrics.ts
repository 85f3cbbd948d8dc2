import type { Tensor } from "../data/problem";

/**
 * Every measurement of a step, by name. One table for the columns' types, the charts' labels, the CSV's header
 * and the tooltips: `help` says in a sentence what it is and what to look for.
 * A number that does not exist (α* of a flat parabola) is NaN here and null in `alphascope.trace()`.
 */
export const metrics = {
  batch: {
    label: "rows in the batch",
    unit: "rows",
    help: "Rows in this step's minibatch; the last of an epoch may be shorter, and a short batch has a restless α*.",
  },
  loss: {
    label: "loss on this batch, h(0)",
    unit: "loss",
    help: "The mean loss on this step's batch before the step; it jumps from batch to batch, so look at its mean.",
  },
  slope: {
    label: "slope along d, dᵀg",
    unit: "loss per step",
    help: "How fast this batch's loss changes at the start of d; below zero d goes downhill, above zero d points uphill.",
  },
  curvature: {
    label: "curvature along d, dᵀHd",
    unit: "loss per step²",
    help: "How much this batch's loss bends along d; large means a short best step, below zero means there is none.",
  },
  alphaStar: {
    label: "best step on this batch, α*",
    unit: "step",
    help: "The step along d that is lowest on this batch's parabola, −dᵀg / dᵀHd; look how far the learning rate is from it.",
  },
  /** Index into `verdicts`. */
  verdict: {
    label: "verdict",
    unit: "",
    help: "Whether the parabola has a minimum ahead, behind or not at all; look for what the sliders change in the counts.",
  },
  gradNorm: {
    label: "norm of the gradient, ‖g‖",
    unit: "",
    help: "The length of this batch's gradient; it shrinks where the loss gets flat, which Adam and its kin divide out again.",
  },
  directionNorm: {
    label: "norm of the direction, ‖d‖",
    unit: "",
    help: "The length of the optimiser's direction d, before the learning rate; look for the swing at the start, while averages are young.",
  },
  cosine: {
    label: "cosine between d and −g",
    unit: "",
    help: "How much d agrees with this batch's own steepest descent; 1 is the same way, below 0 points uphill.",
  },
  stepTaken: {
    label: "step taken along d",
    unit: "step",
    help: "How far the optimiser went along d: the learning rate, or σ·α* by the greedy rule.",
  },
  lossAfter: {
    label: "loss on this batch after the step, h(s)",
    unit: "loss",
    help: "The loss on the same batch after the step; above the loss before it, the step went too far.",
  },
  reductionRatio: {
    label: "actual over predicted change of loss, ρ",
    unit: "",
    help: "The real change of the loss over the one the parabola promised; near 1 it can be believed at this step.",
  },
  /** The learning rate in force, whether or not the rule used it. */
  lr: {
    label: "learning rate",
    unit: "step",
    help: "How far the optimiser steps along d; look for α* to its right, where steps are short, or its left, where they overshoot.",
  },
  epoch: { label: "epoch, counted from 0", unit: "", help: "How often training has gone through all rows." },
  /** Position of the batch in its epoch, counted from 0. */
  batchIndex: {
    label: "batch in the epoch, counted from 0",
    unit: "",
    help: "Which batch of its epoch this is; with rows in order α* repeats with it.",
  },
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
