import type { Problem } from "../../src/core/data/problem";
import { decodeFloat32 } from "../../src/core/files/base64";
import type { Case } from "../../src/core/files/case";
import type { Verdict } from "../../src/core/history/alpha";
import { defaultRecipe } from "../../src/core/recipe/controls";
import { type Normalisers, optimisers, type State } from "../../src/core/recipe/optimisers";
import type { LiveSettings } from "../../src/core/recipe/recipe";
import type { Batch, StepSettings } from "../../src/engine/engine";

export const caseNames = [
  "notebook",
  "tanh-teacher",
  "sigmoid-shuffled",
  "softmax-relu",
  "live-sliders",
  "take-alpha-star",
  "sgd",
  "momentum",
  "rmsprop",
  "adamw",
  "amsgrad",
  "nadam",
  "lion",
  "single-rows",
] as const;

export type CaseName = (typeof caseNames)[number];

/** One step as `reference.py` measures it. */
export interface TraceRow {
  readonly step: number;
  readonly batch: number;
  readonly loss: number;
  readonly slope: number;
  readonly curvature: number;
  readonly alphaStar: number | null;
  readonly slopeFull: number;
  readonly curvatureFull: number;
  readonly layers: readonly { readonly slope: number; readonly curvature: number }[];
  readonly gradNorm: number;
  readonly directionNorm: number;
  readonly cosine: number;
  readonly gradNorms: readonly number[];
  readonly directionNorms: readonly number[];
  readonly stepTaken: number;
  readonly lossAfter: number;
  readonly reductionRatio: number | null;
  readonly nextSlope: number | null;
  readonly nextCurvature: number | null;
  readonly nextAlphaStar: number | null;
  readonly nextVerdict: Verdict | null;
  readonly gradVariance: number | null;
  readonly alphaStarError: number | null;
  readonly gaussNewton: number;
}

export interface Trace {
  readonly rows: readonly TraceRow[];
  readonly finalWeights: readonly (readonly number[])[];
  readonly finalBiases: readonly (readonly number[])[];
}

/** The input of an engine at one step. */
export interface ReferenceStep {
  readonly batch: Batch;
  /** The minibatch that judges the step; null where the minibatch holds all rows. */
  readonly next: Batch | null;
  readonly settings: StepSettings;
}

/** A case in the form that an engine takes: the problem, the initial state, and the minibatch and settings of every step. */
export interface Reference {
  readonly problem: Problem;
  readonly state: State;
  readonly steps: readonly ReferenceStep[];
}

export function decodeCase(source: Case): Reference {
  const { sizes, activation, loss, rows } = source;
  const problem: Problem = { sizes, activation, loss, rows, x: floats(source.x), y: floats(source.y) };
  const theta = Float64Array.from(
    source.weights.flatMap((weight, l) => [...floats(weight), ...floats(source.biases[l]!)]),
  );
  return { problem, state: optimisers[source.optimiser ?? "adam"].init(theta), steps: stepsOf(source) };
}

function floats(base64: string): Float32Array {
  const values = decodeFloat32(base64);
  if (!values) throw new Error("A reference case is damaged: its arrays are not base64 of float32 values.");
  return values;
}

/** The parameters after the last step, flat in the order of θ. */
export function finalTheta({ finalWeights, finalBiases }: Trace): Float64Array {
  return Float64Array.from(finalWeights.flatMap((weight, l) => [...weight, ...finalBiases[l]!]));
}

function stepsOf({ optimiser = "adam", rows, steps, start, changes, order }: Case): ReferenceStep[] {
  const inOrder = Array.from({ length: rows }, (_, row) => row);
  const orders = (order ?? [inOrder]).map((permutation) => Uint32Array.from(permutation));
  const list: ReferenceStep[] = [];
  let now: LiveSettings = { ...defaultRecipe, ...start };
  let normalisers: Normalisers = { c1: 0, c2: 0 };
  let [epoch, position] = [0, 0];
  for (let step = 1; step <= steps; step++) {
    now = { ...now, ...changes[step] };
    const { lr, rule, sigma } = now;
    const update = optimisers[optimiser].update(now, step, normalisers);
    normalisers = update;
    const count = Math.min(now.batchSize, rows - position);
    const batch = { order: orders[Math.min(epoch, orders.length - 1)]!, start: position, count };
    position += count;
    if (position === rows) [position, epoch] = [0, epoch + 1];
    const following = orders[Math.min(epoch, orders.length - 1)]!;
    const next = { order: following, start: position, count: Math.min(now.batchSize, rows - position) };
    list.push({ batch, next: count < rows ? next : null, settings: { update, lr, rule, sigma } });
  }
  return list;
}
