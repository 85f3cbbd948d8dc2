import { expect, test } from "vitest";
import { symmetricEigen } from "../../../../src/engine/inspect/eigen";
import { dot, extremesOf, type Operator } from "../../../../src/engine/inspect/lanczos";
import { numbers } from "../../support/setups";

/** QΛQᵀ with Q made of reflections: a matrix whose eigenvalues are known. */
function matrixOf(values: readonly number[], seed: number): Float64Array[] {
  const next = numbers(seed);
  const n = values.length;
  const A = values.map((value, i) => Float64Array.from({ length: n }, (_, j) => (i === j ? value : 0)));
  for (let round = 0; round < 3; round++) {
    const u = Float64Array.from({ length: n }, next);
    const beta = 2 / dot(u, u);
    const Au = A.map((row) => dot(row, u));
    const uAu = dot(Float64Array.from(Au), u);
    // (1 − βuuᵀ)A(1 − βuuᵀ)
    for (const [i, row] of A.entries()) {
      for (let j = 0; j < n; j++)
        row[j]! += -beta * (u[i]! * Au[j]! + Au[i]! * u[j]!) + beta * beta * uAu * u[i]! * u[j]!;
    }
  }
  return A;
}

const operator = (A: readonly Float64Array[]): Operator => ({
  size: A.length,
  times: (v) => Float64Array.from(A, (row) => dot(row, v)),
});
const pause = () => Promise.resolve();

test("all eigenvalues of a matrix made from known ones, and vectors that belong to them", () => {
  const values = [-3, -1e-3, 0, 0, 0, 0.5, 0.5, 2, 7, 1000];
  const A = matrixOf(values, 5);
  const { values: found, vector } = symmetricEigen(A);
  for (const [k, value] of values.entries()) expect(Math.abs(found[k]! - value)).toBeLessThan(1e-8);
  for (const [k, value] of found.entries()) {
    const u = vector(k);
    expect(dot(u, u)).toBeCloseTo(1, 12);
    for (const [i, entry] of operator(A).times(u).entries())
      expect(Math.abs(entry - value * u[i]!)).toBeLessThan(1e-10);
  }
});

test.each([
  ["well apart", Array.from({ length: 90 }, (_, k) => 1.1 ** k)],
  ["mostly zero, as a Hessian's are", [-0.4, ...Array.from({ length: 150 }, () => 0), 0.01, 0.3, 12]],
  ["all one", Array.from({ length: 40 }, () => 5)],
  ["a single one", [-2]],
  ["all zero", [0, 0, 0]],
])("both ends of a spectrum %s, within the error that is stated", async (_, values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const found = await extremesOf(operator(matrixOf(values, 11)), { most: 100, pause });
  const size = Math.max(...values.map(Math.abs));
  for (const [{ value, error }, truly] of [
    [found.largest, sorted.at(-1)!],
    [found.smallest, sorted[0]!],
  ] as const) {
    expect(error).toBeLessThanOrEqual(1e-7 * size);
    expect(Math.abs(value - truly)).toBeLessThanOrEqual(error + 1e-12 * size);
  }
});

test("stopped early, its errors are stated as large as they are", async () => {
  const values = Array.from({ length: 400 }, (_, k) => Math.cos(k));
  const { largest, smallest, products } = await extremesOf(operator(matrixOf(values, 3)), { most: 12, pause });
  expect(products).toBe(12);
  const nearest = (x: number) => Math.min(...values.map((value) => Math.abs(value - x)));
  for (const { value, error } of [largest, smallest]) {
    expect(error).toBeGreaterThan(1e-4);
    expect(nearest(value)).toBeLessThanOrEqual(error);
  }
});

test("what is not finite is refused", async () => {
  expect(() => symmetricEigen([Float64Array.of(Number.NaN)])).toThrow(RangeError);
  await expect(extremesOf({ size: 2, times: (v) => v.map(() => Number.NaN) }, { most: 2, pause })).rejects.toThrow(
    RangeError,
  );
});
