import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { Problem } from "../../core/data/problem";
import type { State } from "../../core/recipe/optimisers";
import type { StepSettings } from "../engine";
import { type Device, overwrite, upload } from "./device";
import { makePass } from "./pass";
import { applyPass, choosePass } from "./programs/alphaStarStep";
import { backwardColumns, backwardPass, transposePass } from "./programs/backward";
import { forwardPass } from "./programs/forward";
import { gradientPass } from "./programs/gradient";
import { foldedSize, type Layer, type Layout, packMatrix, parameterPacking, planes } from "./programs/layout";
import { outputPass } from "./programs/output";
import { recordedParameterTexels, recordPass, recordWidth } from "./programs/record";
import { tangentPass, tangentWidth } from "./programs/tangent";
import { updatePass } from "./programs/update";

/** The rows of a sweep: the rows of the batch, and the rows of the last batch, whose loss after its step is still wanted. */
export interface Rows {
  readonly start: number;
  readonly count: number;
  readonly lastStart: number;
  readonly lastCount: number;
}

/** The results of a forward sweep: a_1 … a_{L−1}, and the output (δ_L and the losses of rows). */
export interface Sweep {
  readonly rows: Rows;
  readonly activations: readonly TensorInfo[];
  readonly output: TensorInfo;
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
  const orderTexels = Math.ceil(dataRows / 4);
  const order = upload(device, foldedSize(orderTexels, 1), packOrder(new Uint32Array(dataRows)));
  const present = upload(device, parameterSize, packing.pack([new Float64Array(layout.parameters).fill(1)]));
  let shuffled = 0;

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

  function packOrder(values: Uint32Array): Float32Array {
    return packMatrix(
      Float32Array.from({ length: 4 * orderTexels }, (_, k) => values[k] ?? 0),
      orderTexels,
      4,
    );
  }

  const batchOf = ({ start, count, lastStart }: Rows) => [start, count, lastStart, shuffled];
  const input = (l: number, activations: readonly TensorInfo[]) =>
    l === 0 ? [x, order] : [activations[l - 1] as TensorInfo];
  const free = (tensors: readonly TensorInfo[]) => {
    for (const tensor of tensors) device.backend.disposeIntermediateTensorInfo(tensor);
  };

  return {
    packing,
    stateSize,
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

    /** Sets the order of the rows for all later sweeps. */
    setOrder(values: Uint32Array): void {
      shuffled = values.some((row, k) => row !== k) ? 1 : 0;
      if (shuffled) overwrite(device, order, packOrder(values));
    },

    forward(state: TensorInfo, rows: Rows): Sweep {
      const height = rows.count + rows.lastCount;
      const batch = [batchOf(rows)];
      const activations: TensorInfo[] = [];
      for (const [l, pass] of passes.forward.entries()) {
        const { width } = layers[l] as Layer;
        activations.push(pass(foldedSize(height, width), [state, ...input(l, activations)], batch));
      }
      const textures = [state, y, ...(depth === 1 ? [] : [order]), ...input(depth - 1, activations)];
      return { rows, activations, output: passes.output(foldedSize(height, last.width + 1), textures, batch) };
    },

    /** g, as a parameter vector. */
    gradient(state: TensorInfo, { rows, activations, output }: Sweep): TensorInfo {
      const height = 4 * Math.ceil(rows.count / 4);
      const batch = [batchOf(rows)];
      const back: TensorInfo[] = [];
      for (const [l, pass] of [...passes.backward.entries()].reverse()) {
        const textures = [state, activations[l] as TensorInfo, back[0] ?? output, ...(l === 0 ? [x, order] : [])];
        back.unshift(pass(foldedSize(height, backwardColumns(layout, l).width), textures, batch));
      }
      if (depth === 1) back.push(passes.transpose(foldedSize(height, last.inputWidth), [x, order], batch));
      const g = passes.gradient(parameterSize, [output, ...back], batch);
      free(back);
      return g;
    },

    /** The state after the update of the moments with g and a step of lr·d. */
    update(state: TensorInfo, g: TensorInfo, { update, lr }: StepSettings): TensorInfo {
      const { mKeep, mTake, vKeep, vTake, mWeight, gWeight, vWeight, floor, decay } = update;
      return passes.update(
        stateSize,
        [state, g, present],
        [
          [mKeep, mTake, vKeep, vTake],
          [mWeight, gWeight, vWeight, floor],
          [decay, lr],
        ],
      );
    },

    /** ż_L and z̈_L along d of `next`, at θ of `state`. */
    tangent(state: TensorInfo, next: TensorInfo, { rows, activations }: Sweep): TensorInfo {
      let tangent: TensorInfo | null = null;
      for (const [l, pass] of passes.tangent.entries()) {
        const below: TensorInfo[] = tangent ? [tangent] : [];
        const textures = [state, next, ...input(l, activations), ...below];
        tangent = pass(foldedSize(rows.count, tangentWidth(layout, l)), textures, [batchOf(rows)]);
        free(below);
      }
      return tangent as TensorInfo;
    },

    /**
     * The record of a step. Without `next` and `g` the record has no parts 1 and 2.
     * @returns `first`: the texel at which part 3 begins; `texels`: the number of texels
     */
    record(
      sweep: Sweep,
      tangent: TensorInfo | null,
      next: TensorInfo | null,
      g: TensorInfo | null,
    ): { record: TensorInfo; first: number; texels: number } {
      const { rows, output } = sweep;
      const first = g ? recorded : 0;
      const texels = first + rows.count + rows.lastCount;
      const textures = [next ?? output, g ?? output, output, tangent ?? output, y, order];
      const record = passes.record(recordSize(texels), textures, [batchOf(rows), [first, texels]]);
      return { record, first, texels };
    },

    /** The step size of the rule `alphaStar`: one texel (slope, curvature, s, 0). */
    choose(
      record: TensorInfo,
      first: number,
      count: number,
      { lr, sigma }: StepSettings,
      rounding: number,
    ): TensorInfo {
      return passes.choose(
        [1, 1],
        [record],
        [
          [first, count],
          [lr, sigma, rounding],
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
