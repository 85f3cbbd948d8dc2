/** aᵀb, summed in the order of the entries. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}

/** ‖v‖₂ */
export const norm = (v: Float64Array): number => Math.sqrt(dot(v, v));

/** aᵀb/(‖a‖‖b‖); NaN where a or b is zero. */
export const cosine = (a: Float64Array, b: Float64Array): number => dot(a, b) / (norm(a) * norm(b));

/** v/‖v‖₂ */
export function normalised(v: Float64Array): Float64Array {
  const length = norm(v);
  return v.map((x) => x / length);
}

/** v ← v − factor·q */
export function subtractMultiple(v: Float64Array, q: Float64Array, factor: number): void {
  for (let k = 0; k < v.length; k++) v[k]! -= factor * q[k]!;
}
