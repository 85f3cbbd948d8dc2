import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { Problem } from "../../core/data/problem";
import type { State } from "../../core/recipe/optimisers";
import type { Batch, StepSettings } from "../engine";
import { type Device, upload } from "./device";
import { makeOrders } from "./orders";
import { makePass } from "./pass";
import { applyPass, choosePass } from "./programs/alphaStarStep";
import { backwardColumns, backwardPass, transposePass } from "./programs/backward";
import { forwardPass } from "./programs/forward";
import { gradientPass } from "./programs/gradient";
import { foldedSize, type Layer, type Layout, packMatrix, parameterPacking, planes } from "./programs/layout";
import { outputPass } from "./programs/output";
import { recordedParameterTexels, recordPass, recordWidth } from "./programs/record";
import { storesActivation, tangentPass, tangentWidth } from "./programs/tangent";
import { updatePass } from "./programs/update";

/**
 * The rows of a sweep: those of the batch, of the next batch, which judges the step, and of the last batch, whose loss after its
 * step is still wanted.
 */
export interface Batches {
  readonly batch?: Batch | null;
  readonly next?: Batch | null;
  readonly last?: Batch | null;
}

/** The results of a forward sweep: a_1 … a_{L−1}, and the output (δ_L and the losses of rows). */
export interface Sweep {
  /** Rows of the batch, rows of the batch and the next one, all rows. */
  readonly ends: readonly [number, number, number];
  /** The values of `rowUniforms`. */
  readonly rows: number[][];
  readonly activations: readonly TensorInfo[];
  readonly output: TensorInfo;
}

/** The textures of a step that its record measures besides the sweep. */
export interface StepTextures {
  /** The state after the step, for d. */
  readonly next: TensorInfo;
  readonly g: TensorInfo;
  readonly back: readonly TensorInfo[];
}

/** Width and height of a record of `texels` texels. */
export const recordSize = (texels: number): [number, number] => [recordWidth, Math.ceil(texels / recordWidth)];

/**
 * The data on the GPU and the programs of one network. Every method takes one draw per layer, or one draw.
 * @param hasVMax whether the states have a plane for vMax
 */
export function makeNetwork(device: Device, problem: Problem, layout: Layout, hasVMax = false) {
  const { sizes, activation, loss, rows: dataRows } = problem;
  const { layers } = layout;
  const depth = layers.length;
  const last = layers[depth - 1] as Layer;
  const hidden = layers.slice(0, -1);
  const parameterSize: [number, number] = [layout.width, layout.lines];
  const stateSize: [number, number] = [(hasVMax ? 5 : 4) * layout.width, layout.lines];
  const packing = parameterPacking(sizes, layout);
  const recorded = recordedParameterTexels(layout);

  const matrix = (values: Float32Array, columns: number) =>
    upload(device, foldedSize(dataRows, Math.ceil(columns / 4)), packMatrix(values, dataRows, columns));
  const x = matrix(problem.x, sizes[0] as number);
  const y = matrix(problem.y, sizes.at(-1) as number);
  const orders = makeOrders(device, dataRows);
  const order = orders.texture;
  const present = upload(device, parameterSize, packing.pack([new Float64Array(layout.parameters).fill(1)]));

  const passes = {
    forward: hidden.map((_, l) => makePass(device, forwardPass(layout, l, activation))),
    output: makePass(device, outputPass(layout, loss)),
    backward: hidden.map((_, l) => makePass(device, backwardPass(layout, l, activation))),
    transpose: makePass(device, transposePass(layout)),
    gradient: makePass(device, gradientPass(layout)),
    update: makePass(device, updatePass(layout, hasVMax)),
    tangent: layers.map((_, l) => makePass(device, tangentPass(layout, l, activation))),
    record: makePass(device, recordPass(layout, loss)),
    choose: makePass(device, choosePass),
    apply: makePass(device, applyPass(layout)),
  };

  const input = (l: number, activations: readonly TensorInfo[]) =>
    l === 0 ? [x, order] : [activations[l - 1] as TensorInfo];
  const free = (tensors: readonly TensorInfo[]) => {
    for (const tensor of tensors) device.backend.disposeIntermediateTensorInfo(tensor);
  };

  return {
    packing,
    stateSize,
    gradientSize: parameterSize,
    free,

    /** The texture of a state, with d. */
    makeState: ({ theta, m, v, vMax }: State, d: Float64Array) =>
      upload(device, stateSize, packing.pack([theta, m, v, d, ...(hasVMax ? [vMax] : [])])),

    /** One plane of a state that was read back, as a flat vector; empty where the state has no such plane. */
    plane(texels: Float32Array, name: keyof typeof planes): Float64Array {
      if (name === "vMax" && !hasVMax) return new Float64Array(0);
      const vector = new Float64Array(layout.parameters);
      packing.unpack(texels, planes[name], hasVMax ? 5 : 4, vector, 0);
      return vector;
    },

    /** g that was read back, as a flat vector. */
    gradientOf(texels: Float32Array): Float64Array {
      const vector = new Float64Array(layout.parameters);
      packing.unpack(texels, 0, 1, vector, 0);
      return vector;
    },

    forward(state: TensorInfo, { batch = null, next = null, last: before = null }: Batches): Sweep {
      const count = batch?.count ?? 0;
      const judged = count + (next?.count ?? 0);
      const height = judged + (before?.count ?? 0);
      const [begin, nextBegin, lastBegin] = orders.places([batch, next, before]) as [number, number, number];
      const rows = [
        [begin, nextBegin - count, lastBegin - judged],
        [count, judged],
      ];
      const activations: TensorInfo[] = [];
      for (const [l, pass] of passes.forward.entries()) {
        const { width } = layers[l] as Layer;
        activations.push(pass(foldedSize(height, width), [state, ...input(l, activations)], rows));
      }
      const textures = [state, y, ...(depth === 1 ? [] : [order]), ...input(depth - 1, activations)];
      const output = passes.output(foldedSize(height, last.width + 1), textures, rows);
      return { ends: [count, judged, height], rows, activations, output };
    },

    /** δ of the hidden layers, and the transposed inputs of all layers. */
    backward(state: TensorInfo, { ends, rows, activations, output }: Sweep): TensorInfo[] {
      const height = 4 * Math.ceil(ends[0] / 4);
      const back: TensorInfo[] = [];
      for (const [l, pass] of [...passes.backward.entries()].reverse()) {
        const textures = [state, activations[l] as TensorInfo, back[0] ?? output, ...(l === 0 ? [x, order] : [])];
        back.unshift(pass(foldedSize(height, backwardColumns(layout, l).width), textures, rows));
      }
      if (depth === 1) back.push(passes.transpose(foldedSize(height, last.inputWidth), [x, order], rows));
      return back;
    },

    /** g, as a parameter vector. */
    gradient: ({ rows, output }: Sweep, back: readonly TensorInfo[]): TensorInfo =>
      passes.gradient(parameterSize, [output, ...back], rows),

    /** The state after the update of the moments with g and a step of lr·d. */
    update(state: TensorInfo, g: TensorInfo, { update, lr }: StepSettings): TensorInfo {
      const { mKeep, mTake, vKeep, vTake, mWeight, gWeight, vWeight, floor, decay, sign } = update;
      return passes.update(
        stateSize,
        [state, g, present],
        [
          [mKeep, mTake, vKeep, vTake],
          [mWeight, gWeight, vWeight, floor],
          [decay, lr, Number(sign)],
        ],
      );
    },

    /** ż_L and z̈_L of the batch and the next one along d of `next`, at θ of `state`. */
    tangent(state: TensorInfo, next: TensorInfo, { ends, rows, activations }: Sweep): TensorInfo {
      let tangent: TensorInfo | null = null;
      for (const [l, pass] of passes.tangent.entries()) {
        const below: TensorInfo[] = tangent ? [tangent] : [];
        const own = storesActivation(layout, l, activation) ? [activations[l] as TensorInfo] : [];
        const textures = [state, next, ...input(l, activations), ...below, ...own];
        tangent = pass(foldedSize(ends[1], tangentWidth(layout, l)), textures, rows);
        free(below);
      }
      return tangent as TensorInfo;
    },

    /**
     * The record of a sweep; without `step` it has the parts 3 and 4 only.
     * @returns `first`: the texel at which part 3 begins; `texels`: the number of texels
     */
    record(
      { ends, rows, output }: Sweep,
      tangent: TensorInfo | null,
      step: StepTextures | null,
    ): { record: TensorInfo; first: number; texels: number } {
      const first = step ? recorded : 0;
      const texels = first + ends[2] + (step ? ends[0] : 0);
      const { next, g, back } = step ?? { next: output, g: output, back: [output] };
      const textures = [next, g, back[0] as TensorInfo, output, tangent ?? output, x, y, order];
      const record = passes.record(recordSize(texels), textures, [...rows, [first, ends[2], texels]]);
      return { record, first, texels };
    },

    /** The step size of a greedy rule: one texel (slope, curvature, s, 0). */
    choose(
      record: TensorInfo,
      first: number,
      { ends: [count, , all] }: Sweep,
      { lr, sigma, rule }: StepSettings,
      rounding: number,
    ): TensorInfo {
      return passes.choose(
        [1, 1],
        [record],
        [
          [first, first + all, count],
          [lr, sigma, rounding, rule === "alphaStarGN" ? 1 : 0],
        ],
      );
    },

    /** The state after the step of `chosen`, the texel of `choose`. */
    apply: (state: TensorInfo, next: TensorInfo, chosen: TensorInfo) =>
      passes.apply(stateSize, [state, next, chosen], []),

    dispose: () => free([x, y, order, present]),
  };
}

export type Network = ReturnType<typeof makeNetwork>;
