import { Matrix, SVD } from "ml-matrix";
import { expect, test } from "vitest";
import { normal } from "../../../../src/core/data/random";
import { orthogonalised } from "../../../../src/engine/linalg/orthogonalise";

const noPause = async () => {};

function randomMatrix(rows: number, columns: number): Float64Array {
  return Float64Array.from({ length: rows * columns }, normal(3, 7));
}

/** Five iterations of Muon's polynomial on one singular value. */
function iterated(sigma: number): number {
  let x = sigma;
  for (let k = 0; k < 5; k++) x = 3.4445 * x - 4.775 * x ** 3 + 2.0315 * x ** 5;
  return x;
}

test.each([
  [10, 5],
  [5, 10],
  [7, 7],
  [16, 48],
  [30, 1],
] as const)(
  "orthogonalised keeps the singular vectors of a %i × %i matrix and brings its singular values near 1",
  async (rows, columns) => {
    const values = randomMatrix(rows, columns);
    const found = Matrix.from1DArray(rows, columns, await orthogonalised(values, [rows, columns], noPause));
    const svd = new SVD(Matrix.from1DArray(rows, columns, values), { autoTranspose: true });
    const [u, v] = [svd.leftSingularVectors, svd.rightSingularVectors];
    const inAxes = u.transpose().mmul(found).mmul(v);
    const length = Math.hypot(...values);
    const count = Math.min(rows, columns);
    for (let i = 0; i < count; i++) {
      const expected = iterated(svd.diagonal[i]! / length);
      for (let j = 0; j < count; j++) expect(inAxes.get(i, j)).toBeCloseTo(i === j ? expected : 0, 11);
      if (svd.diagonal[i]! < 0.01 * length) continue;
      expect(expected).toBeGreaterThan(0.68);
      expect(expected).toBeLessThan(1.14);
    }
    // U has as many columns as there are singular values: nothing is left outside them.
    expect(found.norm()).toBeCloseTo(inAxes.norm(), 11);
  },
);

test("orthogonalised does not depend on the scale of a matrix, and keeps a zero matrix", async () => {
  const values = randomMatrix(6, 4);
  const [small, unit] = await Promise.all(
    [1e-12, 1].map((scale) =>
      orthogonalised(
        values.map((value) => scale * value),
        [6, 4],
        noPause,
      ),
    ),
  );
  for (const [k, value] of unit!.entries()) expect(small![k]).toBeCloseTo(value, 12);
  expect(await orthogonalised(new Float64Array(6), [2, 3], noPause)).toEqual(new Float64Array(6));
});

test("orthogonalised pauses between parts of the products of a large matrix", async () => {
  let pauses = 0;
  await orthogonalised(randomMatrix(160, 200), [160, 200], async () => void pauses++);
  // A product takes 4 to 7 million multiplications, and a part two million of them at most.
  expect(pauses).toBeGreaterThan(3 * 5);
});
