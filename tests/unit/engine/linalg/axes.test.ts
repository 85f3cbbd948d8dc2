import { expect, test } from "vitest";
import { type Axes, eigenAxes, ritzAxes } from "../../../../src/engine/linalg/axes";
import { symmetricEigen } from "../../../../src/engine/linalg/eigen";
import { dot, subtractMultiple } from "../../../../src/engine/linalg/vectors";
import { numbers } from "../../support/setups";

const options = { maxProducts: 100, betweenProducts: () => Promise.resolve() };

/** A with these eigenvalues, ascending, and d and g with these components in its eigenvectors, by two reflections. */
function problemWith(eigenvalues: readonly number[], ofD: readonly number[], ofG: readonly number[]) {
  const next = numbers(3);
  const mirrors = [0, 1].map(() => Float64Array.from(eigenvalues, next));
  const turned = (v: Float64Array) => {
    for (const u of mirrors) subtractMultiple(v, u, (2 * dot(u, v)) / dot(u, u));
    return v;
  };
  const vectors = eigenvalues.map((_, k) => turned(Float64Array.from(eigenvalues, (_, i) => (i === k ? 1 : 0))));
  const A = eigenvalues.map((_, i) =>
    Float64Array.from(eigenvalues, (_, j) =>
      eigenvalues.reduce((sum, value, k) => sum + value * vectors[k]![i]! * vectors[k]![j]!, 0),
    ),
  );
  const apply = (v: Float64Array) => Float64Array.from(A, (row) => dot(row, v));
  return {
    A,
    operator: { size: A.length, apply },
    d: turned(Float64Array.from(ofD)),
    g: turned(Float64Array.from(ofG)),
  };
}

const eigenvalues = [-2, -0.1, 0.3, 1, 5, 40];
const [ofD, ofG] = [
  [0.5, -1, 2, 0.25, -0.1, 0.03],
  [1, 1, -3, -0.5, 0.2, -2],
];

function expectAxes(axes: Axes, tolerance: number): void {
  for (const [k, value] of eigenvalues.entries()) {
    expect(Math.abs(axes.values[k]! - value)).toBeLessThan(tolerance);
    expect(Math.abs(axes.squares[k]! - ofD[k]! ** 2)).toBeLessThan(tolerance);
    expect(Math.abs(axes.slopes[k]! - ofD[k]! * ofG[k]!)).toBeLessThan(tolerance);
    expect(Math.abs(axes.curvatures[k]! - value * ofD[k]! ** 2)).toBeLessThan(tolerance);
  }
}

test("eigenAxes gives the shares of each eigenvector that a matrix was made from", () => {
  const { A, d, g } = problemWith(eigenvalues, ofD, ofG);
  expectAxes(eigenAxes(symmetricEigen(A), d, g), 1e-11);
});

test("ritzAxes gives the shares of the eigenvectors when the Krylov space of d is the whole space", async () => {
  const { operator, d, g } = problemWith(eigenvalues, ofD, ofG);
  const axes = await ritzAxes(operator, d, g, options);
  expectAxes(axes, 1e-8);
  for (const error of axes.errors) expect(error).toBeLessThan(1e-10);
});

test.each([1, 2, 4])("ritzAxes preserves ‖d‖², slope and curvature after %i products", async (maxProducts) => {
  const { operator, d, g } = problemWith(eigenvalues, ofD, ofG);
  const axes = await ritzAxes(operator, d, g, { ...options, maxProducts });
  expect(axes.values).toHaveLength(maxProducts);
  const sumOf = (parts: Float64Array) => parts.reduce((sum, part) => sum + part, 0);
  expect(sumOf(axes.squares)).toBeCloseTo(dot(d, d), 11);
  expect(sumOf(axes.slopes)).toBeCloseTo(dot(d, g), 11);
  expect(sumOf(axes.curvatures)).toBeCloseTo(dot(d, operator.apply(d)), 11);
  for (const [k, value] of axes.values.entries()) {
    expect(Math.min(...eigenvalues.map((exact) => Math.abs(exact - value)))).toBeLessThanOrEqual(
      axes.errors[k]! + 1e-9,
    );
  }
});

test("ritzAxes of d in two eigenvectors ends after two products; of a zero d there are none", async () => {
  const { operator, d, g } = problemWith(eigenvalues, [0, 3, 0, 0, 4, 0], ofG);
  const { values, squares } = await ritzAxes(operator, d, g, options);
  expect(values).toHaveLength(2);
  expect(squares[0]).toBeCloseTo(9, 11);
  expect(squares[1]).toBeCloseTo(16, 11);
  expect((await ritzAxes(operator, d.fill(0), g, options)).values).toHaveLength(0);
});
