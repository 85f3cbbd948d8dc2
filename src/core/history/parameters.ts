import type { Tensor } from "../data/problem";

/** The indices of a parameter of the flat θ: its tensor, its input (−1 for a bias) and its unit, from 0. */
interface ParameterIndices {
  readonly tensor: number;
  readonly input: number;
  readonly unit: number;
}

/** null where the network has no such parameter. */
function indicesOf(tensors: readonly Tensor[], parameter: number): ParameterIndices | null {
  const tensor = tensors.findIndex(({ offset, size }) => parameter >= offset && parameter < offset + size);
  const found = tensors[tensor];
  if (!found) return null;
  const index = parameter - found.offset;
  const units = found.shape[1];
  if (units === undefined) return { tensor, input: -1, unit: index };
  return { tensor, input: Math.floor(index / units), unit: index % units };
}

/** The name of a parameter, counted from 1: “fc1.weight, input 3 → unit 2”, “fc2.bias, output 1”; empty where there is none. */
export function parameterName(tensors: readonly Tensor[], parameter: number): string {
  const indices = indicesOf(tensors, parameter);
  if (!indices) return "";
  const source = indices.tensor < 2 ? "input" : "unit";
  const target = indices.tensor >= tensors.length - 2 ? "output" : "unit";
  const name = tensors[indices.tensor]?.name ?? "";
  const unit = `${target} ${indices.unit + 1}`;
  return indices.input < 0 ? `${name}, ${unit}` : `${name}, ${source} ${indices.input + 1} → ${unit}`;
}

/**
 * The parameter that a key selects: ← and → move through the inputs of a unit, ↑ and ↓ through the units, Page Up and Page Down
 * through the tensors, Home and End to the first and the last parameter. null for any other key.
 */
export function parameterByKey(tensors: readonly Tensor[], parameter: number, key: string): number | null {
  const indices = indicesOf(tensors, parameter);
  const tensor = tensors[indices?.tensor ?? -1];
  if (!indices || !tensor) return null;
  const units = tensor.shape[1] ?? tensor.size;
  const inTensor = (next: number) => (next >= tensor.offset && next < tensor.offset + tensor.size ? next : parameter);
  const toTensor = (index: number) => tensors[Math.max(0, Math.min(tensors.length - 1, index))]?.offset ?? parameter;
  const last = tensors.at(-1);
  switch (key) {
    case "ArrowLeft":
      return inTensor(parameter - units);
    case "ArrowRight":
      return inTensor(parameter + units);
    case "ArrowUp":
      return indices.unit > 0 ? parameter - 1 : parameter;
    case "ArrowDown":
      return indices.unit < units - 1 ? parameter + 1 : parameter;
    case "PageUp":
      return toTensor(indices.tensor - 1);
    case "PageDown":
      return toTensor(indices.tensor + 1);
    case "Home":
      return 0;
    case "End":
      return last ? last.offset + last.size - 1 : parameter;
    default:
      return null;
  }
}
