import type { Tensor } from "../data/problem";

/** Where a parameter of the flat θ is in its tensor; weights are inputs × units, a bias has the input −1. */
export interface Place {
  readonly tensor: number;
  readonly input: number;
  readonly unit: number;
}

/** The place of a parameter; null where the network has no such parameter. */
export function placeOf(tensors: readonly Tensor[], parameter: number): Place | null {
  const tensor = tensors.findIndex(({ offset, size }) => parameter >= offset && parameter < offset + size);
  const found = tensors[tensor];
  if (!found) return null;
  const within = parameter - found.offset;
  const units = found.shape[1];
  if (units === undefined) return { tensor, input: -1, unit: within };
  return { tensor, input: Math.floor(within / units), unit: within % units };
}

/** What a parameter is, counted from 1: “fc1.weight, input 3 → unit 2”, “fc2.bias, output 1”. */
export function parameterName(tensors: readonly Tensor[], parameter: number): string {
  const place = placeOf(tensors, parameter);
  if (!place) return "";
  const source = place.tensor < 2 ? "input" : "unit";
  const target = place.tensor >= tensors.length - 2 ? "output" : "unit";
  const name = tensors[place.tensor]?.name ?? "";
  const unit = `${target} ${place.unit + 1}`;
  return place.input < 0 ? `${name}, ${unit}` : `${name}, ${source} ${place.input + 1} → ${unit}`;
}

/**
 * The parameter that a key leads to: ← → through the inputs of a unit, ↑ ↓ through the units, Page Up and Page Down
 * through the tensors, Home and End to the first and the last. Null for any other key.
 */
export function parameterByKey(tensors: readonly Tensor[], parameter: number, key: string): number | null {
  const place = placeOf(tensors, parameter);
  const tensor = tensors[place?.tensor ?? -1];
  if (!place || !tensor) return null;
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
      return place.unit > 0 ? parameter - 1 : parameter;
    case "ArrowDown":
      return place.unit < units - 1 ? parameter + 1 : parameter;
    case "PageUp":
      return toTensor(place.tensor - 1);
    case "PageDown":
      return toTensor(place.tensor + 1);
    case "Home":
      return 0;
    case "End":
      return last ? last.offset + last.size - 1 : parameter;
    default:
      return null;
  }
}
