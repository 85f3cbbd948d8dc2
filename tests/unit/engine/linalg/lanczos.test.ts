import { expect, test } from "vitest";
import { symmetricEigen } from "../../../../src/engine/linalg/eigen";
import { extremeEigenvalues } from "../../../../src/engine/linalg/lanczos";
import { denseMatrixOf, type LinearOperator, scaledBothSides } from "../../../../src/engine/linalg/linearOperator";
import { newtonDirection } from "../../../../src/engine/linalg/newton";
import { dot } from "../../../../src/engine/linalg/vectors";
import { numbers } from "../../support/setups";

/** A = QΛQᵀ with the eigenvalues given and Q a product of reflections. */
function matrixWith(eigenvalues: readonly number[], seed: number): Float64Array[] {
  const next = numbers(seed);
  const n = eigenvalues.length;
  const A = eigenvalues.map((value, i) => Float64Array.from({ length: n }, (_, j) => (i === j ? value : 0)));
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

const operatorOf = (A: readonly Float64Array[]): LinearOperator => ({
  size: A.length,
  apply: (v) => Float64Array.from(A, (row) => dot(row, v)),
});
const noPause = () => Promise.resolve();

test("symmetricEigen finds the eigenvalues of a matrix made from them, and their eigenvectors", () => {
  const eigenvalues = [-3, -1e-3, 0, 0, 0, 0.5, 0.5, 2, 7, 1000];
  const A = matrixWith(eigenvalues, 5);
  const { values, vector } = symmetricEigen(A);
  for (const [k, value] of eigenvalues.entries()) expect(Math.abs(values[k]! - value)).toBeLessThan(1e-8);
  for (const [k, value] of values.entries()) {
    const u = vector(k);
    expect(dot(u, u)).toBeCloseTo(1, 12);
    for (const [i, entry] of operatorOf(A).apply(u).entries())
      expect(Math.abs(entry - value * u[i]!)).toBeLessThan(1e-10);
  }
});

test.each([
  ["well separated", Array.from({ length: 90 }, (_, k) => 1.1 ** k)],
  ["mostly zero, as of a Hessian", [-0.4, ...Array.from({ length: 150 }, () => 0), 0.01, 0.3, 12]],
  ["all equal", Array.from({ length: 40 }, () => 5)],
  ["a single one", [-2]],
  ["all zero", [0, 0, 0]],
])(
  "extremeEigenvalues finds both ends of the spectrum within the error that it states when eigenvalues are %s",
  async (_, eigenvalues) => {
    const sorted = [...eigenvalues].sort((a, b) => a - b);
    const operator = operatorOf(matrixWith(eigenvalues, 11));
    const { largest, smallest } = await extremeEigenvalues(operator, { maxProducts: 100, betweenProducts: noPause });
    const magnitude = Math.max(...eigenvalues.map(Math.abs));
    for (const [{ value, error }, expected] of [
      [largest, sorted.at(-1)!],
      [smallest, sorted[0]!],
    ] as const) {
      expect(error).toBeLessThanOrEqual(1e-7 * magnitude);
      expect(Math.abs(value - expected)).toBeLessThanOrEqual(error + 1e-12 * magnitude);
    }
  },
);

test("extremeEigenvalues states an error that holds an eigenvalue when it stops after few products", async () => {
  const eigenvalues = Array.from({ length: 400 }, (_, k) => Math.cos(k));
  const operator = operatorOf(matrixWith(eigenvalues, 3));
  const options = { maxProducts: 12, betweenProducts: noPause };
  const { largest, smallest, products } = await extremeEigenvalues(operator, options);
  expect(products).toBe(12);
  const distance = (x: number) => Math.min(...eigenvalues.map((value) => Math.abs(value - x)));
  for (const { value, error } of [largest, smallest]) {
    expect(error).toBeGreaterThan(1e-4);
    expect(distance(value)).toBeLessThanOrEqual(error);
  }
});

test("symmetricEigen and extremeEigenvalues throw a RangeError when a number is not finite", async () => {
  expect(() => symmetricEigen([Float64Array.of(Number.NaN)])).toThrow(RangeError);
  const operator: LinearOperator = { size: 2, apply: (v) => v.map(() => Number.NaN) };
  const options = { maxProducts: 2, betweenProducts: noPause };
  await expect(extremeEigenvalues(operator, options)).rejects.toThrow(RangeError);
});

test("scaledBothSides and denseMatrixOf give SAS of a matrix A and a diagonal S", async () => {
  const A = [Float64Array.of(1, 2), Float64Array.of(2, 5)];
  const scaled = scaledBothSides(operatorOf(A), Float64Array.of(3, 10));
  expect(await denseMatrixOf(scaled, noPause)).toEqual([Float64Array.of(9, 60), Float64Array.of(60, 500)]);
});

test("newtonDirection solves Hp = −g where H has an inverse, and has no part along eigenvalues of zero", () => {
  // H = diag(4, 0, −2), in a basis of the eigenvectors: p = (−g₁/4, 0, g₃/2).
  const H = [Float64Array.of(4, 0, 0), Float64Array.of(0, 0, 0), Float64Array.of(0, 0, -2)];
  const p = newtonDirection(symmetricEigen(H), Float64Array.of(8, 5, 6));
  expect(Array.from(p, (x) => x + 0)).toEqual([-2, 0, 3]);
});
