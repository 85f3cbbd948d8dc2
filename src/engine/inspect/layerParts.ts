import { tensorsOf } from "../../core/data/problem";

/** Where each layer's parameters, weight and bias, lie in a flat vector: from `start` to before `end`. */
export function layerSpans(sizes: readonly number[]): { readonly start: number; readonly end: number }[] {
  const tensors = tensorsOf(sizes);
  return sizes.slice(1).map((_, l) => {
    const [weight, bias] = [tensors[2 * l]!, tensors[2 * l + 1]!];
    return { start: weight.offset, end: bias.offset + bias.size };
  });
}

/** d, then for each layer d with every other layer's part set to zero. */
export function layerParts(sizes: readonly number[], d: Float64Array): Float64Array[] {
  const only = layerSpans(sizes).map(({ start, end }) => {
    const part = new Float64Array(d.length);
    part.set(d.subarray(start, end), start);
    return part;
  });
  return [d, ...only];
}
