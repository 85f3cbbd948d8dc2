/**
 * A view of a matrix inside a longer vector: entry (r, c) is `values[offset + r·rowStride + c·columnStride]`.
 * Its size is not part of it, since a batch may fill only the first rows.
 */
export interface Matrix {
  readonly values: Float64Array;
  readonly offset: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

export function transposed({ values, offset, rowStride, columnStride }: Matrix): Matrix {
  return { values, offset, rowStride: columnStride, columnStride: rowStride };
}

/** Two columns of the right-hand matrix, side by side: contiguous however they were stored. Grows, never shrinks. */
let panel = new Float64Array(2048);

/**
 * C ← A·B, where A is rows × depth and B depth × columns.
 *
 * Four rows by two columns of C are summed at a time: eight independent sums keep a scalar core busy, where one would
 * wait for its own last addition, and each entry read serves two or four products. At the edges the last row or column
 * is repeated instead of treated apart: it is computed again, to the same value.
 */
export function product(c: Matrix, a: Matrix, b: Matrix, rows: number, depth: number, columns: number): void {
  if (panel.length < 2 * depth) panel = new Float64Array(4 * depth);
  const [A, B, C, P] = [a.values, b.values, c.values, panel];
  const [aRow, aStep, bStep, bColumn] = [a.rowStride, a.columnStride, b.rowStride, b.columnStride];
  for (let j = 0; j < columns; j += 2) {
    const j1 = Math.min(j + 1, columns - 1);
    let b0 = b.offset + j * bColumn;
    let b1 = b.offset + j1 * bColumn;
    for (let p = 0; p < 2 * depth; p += 2) {
      P[p] = B[b0]!;
      P[p + 1] = B[b1]!;
      b0 += bStep;
      b1 += bStep;
    }
    for (let i = 0; i < rows; i += 4) {
      const i1 = Math.min(i + 1, rows - 1);
      const i2 = Math.min(i + 2, rows - 1);
      const i3 = Math.min(i + 3, rows - 1);
      let a0 = a.offset + i * aRow;
      let a1 = a.offset + i1 * aRow;
      let a2 = a.offset + i2 * aRow;
      let a3 = a.offset + i3 * aRow;
      let s00 = 0;
      let s01 = 0;
      let s10 = 0;
      let s11 = 0;
      let s20 = 0;
      let s21 = 0;
      let s30 = 0;
      let s31 = 0;
      for (let p = 0; p < 2 * depth; p += 2) {
        const p0 = P[p]!;
        const p1 = P[p + 1]!;
        const x0 = A[a0]!;
        const x1 = A[a1]!;
        const x2 = A[a2]!;
        const x3 = A[a3]!;
        s00 += x0 * p0;
        s01 += x0 * p1;
        s10 += x1 * p0;
        s11 += x1 * p1;
        s20 += x2 * p0;
        s21 += x2 * p1;
        s30 += x3 * p0;
        s31 += x3 * p1;
        a0 += aStep;
        a1 += aStep;
        a2 += aStep;
        a3 += aStep;
      }
      const left = c.offset + j * c.columnStride;
      const right = c.offset + j1 * c.columnStride;
      C[left + i * c.rowStride] = s00;
      C[right + i * c.rowStride] = s01;
      C[left + i1 * c.rowStride] = s10;
      C[right + i1 * c.rowStride] = s11;
      C[left + i2 * c.rowStride] = s20;
      C[right + i2 * c.rowStride] = s21;
      C[left + i3 * c.rowStride] = s30;
      C[right + i3 * c.rowStride] = s31;
    }
  }
}
