/** The array where it has at least `length` entries; else a copy with at least `length` entries and twice the old length. */
export function withCapacity<A extends Float64Array<ArrayBuffer> | Uint32Array<ArrayBuffer>>(
  array: A,
  length: number,
  type: new (length: number) => A,
): A {
  if (length <= array.length) return array;
  const larger = new type(Math.max(length, 2 * array.length));
  larger.set(array);
  return larger;
}
