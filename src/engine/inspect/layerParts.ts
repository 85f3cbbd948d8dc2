import { tensorsOf } from "../../core/data/problem";
import { dot } from "../linalg/vectors";

/** The parameters of each layer, weight and bias, in a flat vector: from `start` to before `end`. */
function layerSpans(sizes: readonly number[]): { readonly start: number; readonly end: number }[] {
  const tensors = tensorsOf(sizes);
  return sizes.slice(1).map((_, l) => {
    const [weight, bias] = [tensors[2 * l]!, tensors[2 * l + 1]!];
    return { start: weight.offset, end: bias.offset + bias.size };
  });
}

/** For each layer l the vector dₗ: d with the entries of all other layers set to zero, P long. */
export function layerParts(sizes: readonly number[], d: Float64Array): Float64Array[] {
  return layerSpans(sizes).map(({ start, end }) => {
    const part = new Float64Array(d.length);
    part.set(d.subarray(start, end), start);
    return part;
  });
}

/** dₗᵀvₗ of each layer l. The shares add up to dᵀv. */
export function layerShares(sizes: readonly number[], d: Float64Array, v: Float64Array): number[] {
  return layerSpans(sizes).map(({ start, end }) => dot(d.subarray(start, end), v.subarray(start, end)));
}
