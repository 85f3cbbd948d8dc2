import { decodeFloat32 } from "../../src/core/base64";
import type { Case, CaseSettings } from "../../src/core/case";
import type { Problem } from "../../src/core/problem";
import type { Batch, State, StepSettings } from "../../src/engine/engine";

export const caseNames = [
  "notebook",
  "tanh-teacher",
  "sigmoid-shuffled",
  "softmax-relu",
  "live-sliders",
  "take-alpha-star",
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
}

export interface Trace {
  readonly rows: readonly TraceRow[];
  readonly finalWeights: readonly (readonly number[])[];
  readonly finalBiases: readonly (readonly number[])[];
}

/** What an engine is given at one step. */
export interface ReferenceStep {
  readonly batch: Batch;
  readonly settings: StepSettings;
}

/** A case as an engine takes it: what is trained, from which state, and every step's batch and settings. */
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
  const state = { theta, m: new Float64Array(theta.length), v: new Float64Array(theta.length) };
  return { problem, state, steps: stepsOf(source) };
}

function floats(base64: string): Float32Array {
  const values = decodeFloat32(base64);
  if (!values) throw new Error("A reference case is damaged: its arrays are not base64 of float32 values.");
  return values;
}

/** The parameters a run ended with, flat in the order of θ. */
export function finalTheta({ finalWeights, finalBiases }: Trace): Float64Array {
  return Float64Array.from(finalWeights.flatMap((weight, l) => [...weight, ...finalBiases[l]!]));
}

function stepsOf({ rows, steps, start, changes, order }: Case): ReferenceStep[] {
  const inOrder = Array.from({ length: rows }, (_, row) => row);
  const orders = (order ?? [inOrder]).map((permutation) => Uint32Array.from(permutation));
  const list: ReferenceStep[] = [];
  let now: CaseSettings = start;
  let [epoch, position, c1, c2] = [0, 0, 0, 0];
  for (let step = 1; step <= steps; step++) {
    now = { ...now, ...changes[step] };
    const { batchSize, sigma = 1, ...rest } = now;
    c1 = now.beta1 * c1 + (1 - now.beta1);
    c2 = now.beta2 * c2 + (1 - now.beta2);
    const count = Math.min(batchSize, rows - position);
    const permutation = orders[Math.min(epoch, orders.length - 1)]!;
    list.push({ batch: { order: permutation, start: position, count }, settings: { ...rest, sigma, c1, c2 } });
    position += count;
    if (position === rows) [position, epoch] = [0, epoch + 1];
  }
  return list;
}
