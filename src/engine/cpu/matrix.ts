/**
 * A view of a matrix in a longer vector: entry (r, c) is `values[offset + r·rowStride + c·columnStride]`. Products are given
 * the size separately, because a batch may fill only the first rows.
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

/** A copy of one or two columns of the right-hand matrix, interleaved, so that they are contiguous. Grows when needed. */
let panel = new Float64Array(2048);

/**
 * C ← A·B, where A is rows × depth and B depth × columns.
 *
 * Blocks of four rows by two columns of C are summed together: eight independent sums hide the latency of the additions,
 * and each entry read is used in two or four products. Where fewer than four rows are left, the last row is computed several
 * times, with the same result. `| 0` marks indices as 32-bit integers for the compiler.
 */
export function product(c: Matrix, a: Matrix, b: Matrix, rows: number, depth: number, columns: number): void {
  if (panel.length < 2 * depth) panel = new Float64Array(4 * depth);
  let j = 0;
  for (; j + 1 < columns; j += 2) twoColumns(c, a, b, rows, depth, j);
  if (j < columns) oneColumn(c, a, b, rows, depth, j);
}

/** Columns j and j + 1 of C ← A·B. */
function twoColumns(c: Matrix, a: Matrix, b: Matrix, rows: number, depth: number, j: number): void {
  const A = a.values;
  const B = b.values;
  const C = c.values;
  const P = panel;
  const aStep = a.columnStride;
  const bStep = b.rowStride;
  const cStep = c.rowStride;
  const end = (2 * depth) | 0;
  for (let p = 0, b0 = (b.offset + j * b.columnStride) | 0; p < end; p = (p + 2) | 0) {
    P[p] = B[b0]!;
    P[p + 1] = B[b0 + b.columnStride]!;
    b0 = (b0 + bStep) | 0;
  }
  const c0 = c.offset + j * c.columnStride;
  const c1 = c0 + c.columnStride;
  for (let i = 0; i < rows; i += 4) {
    const i1 = Math.min(i + 1, rows - 1);
    const i2 = Math.min(i + 2, rows - 1);
    const i3 = Math.min(i + 3, rows - 1);
    let a0 = (a.offset + i * a.rowStride) | 0;
    let a1 = (a.offset + i1 * a.rowStride) | 0;
    let a2 = (a.offset + i2 * a.rowStride) | 0;
    let a3 = (a.offset + i3 * a.rowStride) | 0;
    let s00 = 0;
    let s01 = 0;
    let s10 = 0;
    let s11 = 0;
    let s20 = 0;
    let s21 = 0;
    let s30 = 0;
    let s31 = 0;
    for (let p = 0; p < end; p = (p + 2) | 0) {
      const b0 = P[p]!;
      const b1 = P[p + 1]!;
      const x0 = A[a0]!;
      const x1 = A[a1]!;
      const x2 = A[a2]!;
      const x3 = A[a3]!;
      s00 += x0 * b0;
      s01 += x0 * b1;
      s10 += x1 * b0;
      s11 += x1 * b1;
      s20 += x2 * b0;
      s21 += x2 * b1;
      s30 += x3 * b0;
      s31 += x3 * b1;
      a0 = (a0 + aStep) | 0;
      a1 = (a1 + aStep) | 0;
      a2 = (a2 + aStep) | 0;
      a3 = (a3 + aStep) | 0;
    }
    C[c0 + i * cStep] = s00;
    C[c1 + i * cStep] = s01;
    C[c0 + i1 * cStep] = s10;
    C[c1 + i1 * cStep] = s11;
    C[c0 + i2 * cStep] = s20;
    C[c1 + i2 * cStep] = s21;
    C[c0 + i3 * cStep] = s30;
    C[c1 + i3 * cStep] = s31;
  }
}

/** Column j of C ← A·B: the last column of an odd number. */
function oneColumn(c: Matrix, a: Matrix, b: Matrix, rows: number, depth: number, j: number): void {
  const A = a.values;
  const B = b.values;
  const C = c.values;
  const P = panel;
  const aStep = a.columnStride;
  const bStep = b.rowStride;
  const cStep = c.rowStride;
  for (let p = 0, b0 = (b.offset + j * b.columnStride) | 0; p < depth; p = (p + 1) | 0) {
    P[p] = B[b0]!;
    b0 = (b0 + bStep) | 0;
  }
  const c0 = c.offset + j * c.columnStride;
  for (let i = 0; i < rows; i += 4) {
    const i1 = Math.min(i + 1, rows - 1);
    const i2 = Math.min(i + 2, rows - 1);
    const i3 = Math.min(i + 3, rows - 1);
    const a0 = (a.offset + i * a.rowStride) | 0;
    const a1 = (a.offset + i1 * a.rowStride) | 0;
    const a2 = (a.offset + i2 * a.rowStride) | 0;
    const a3 = (a.offset + i3 * a.rowStride) | 0;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let p = 0, k = 0; p < depth; p = (p + 1) | 0) {
      const b0 = P[p]!;
      s0 += A[(a0 + k) | 0]! * b0;
      s1 += A[(a1 + k) | 0]! * b0;
      s2 += A[(a2 + k) | 0]! * b0;
      s3 += A[(a3 + k) | 0]! * b0;
      k = (k + aStep) | 0;
    }
    C[c0 + i * cStep] = s0;
    C[c0 + i1 * cStep] = s1;
    C[c0 + i2 * cStep] = s2;
    C[c0 + i3 * cStep] = s3;
  }
}
