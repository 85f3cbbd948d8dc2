import { unitBytes } from "./network";

/*
 * Matrix products. Every entry of a product is summed in the order of its terms, from 0, as in the plain loops: the lanes of
 * a vector are different entries, never parts of one sum.
 */

/** Above this distance in bytes between consecutive terms, a strip of the left matrix is copied, so that it stays in the cache. */
const maxStep: usize = 256;

/**
 * C ← A·B for the rows of a batch: c[n, k] = Σ_p b[n, p]·A[p, k], where A is row-major, depth × columns.
 *
 * @param c blocks of `columns` units
 * @param b blocks of `bUnits` units, of which the first `depth` are used
 */
export function product(
  c: usize,
  a: usize,
  columns: i32,
  b: usize,
  bUnits: i32,
  depth: i32,
  blocks: i32,
  panel: usize,
): void {
  const cStep = <usize>columns * unitBytes;
  const bStep = <usize>bUnits * unitBytes;
  const rowBytes = (<usize>columns) << 3;
  const copies = rowBytes > maxStep && blocks > 2;
  let k = 0;
  for (; k + 4 <= columns; k += 4) {
    let strip = a + ((<usize>k) << 3);
    if (copies) {
      copyColumns(panel, strip, rowBytes, depth);
      strip = panel;
    }
    const to = c + <usize>k * unitBytes;
    fourUnits(to, cStep, unitBytes, strip, copies ? unitBytes : rowBytes, b, bStep, depth, blocks);
  }
  for (; k < columns; k++)
    oneUnit(c + <usize>k * unitBytes, cStep, a + ((<usize>k) << 3), rowBytes, b, bStep, depth, blocks);
}

/**
 * C ← B·Aᵀ for the rows of a batch: c[n, i] = Σ_k b[n, k]·A[i, k], where A is row-major with `depth` columns.
 *
 * @param c blocks of `columns` units
 * @param b blocks of `depth` units
 */
export function productTransposed(
  c: usize,
  columns: i32,
  a: usize,
  b: usize,
  depth: i32,
  blocks: i32,
  panel: usize,
): void {
  const cStep = <usize>columns * unitBytes;
  const bStep = <usize>depth * unitBytes;
  const rowBytes = (<usize>depth) << 3;
  let i = 0;
  for (; i + 4 <= columns; i += 4) {
    copyRows(panel, a + <usize>i * rowBytes, rowBytes);
    fourUnits(c + <usize>i * unitBytes, cStep, unitBytes, panel, unitBytes, b, bStep, depth, blocks);
  }
  for (; i < columns; i++)
    oneUnit(c + <usize>i * unitBytes, cStep, a + <usize>i * rowBytes, 8, b, bStep, depth, blocks);
}

/** Copies four columns of a row-major matrix, entry by entry next to each other. */
function copyColumns(to: usize, from: usize, rowBytes: usize, rows: i32): void {
  for (const end = to + <usize>rows * unitBytes; to < end; to += unitBytes) {
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, 16), 16);
    from += rowBytes;
  }
}

/** Copies four rows of a row-major matrix, entry by entry next to each other. */
function copyRows(to: usize, from: usize, rowBytes: usize): void {
  const from1 = from + rowBytes;
  const from2 = from1 + rowBytes;
  const from3 = from2 + rowBytes;
  for (let k: usize = 0; k < rowBytes; k += 8) {
    store<f64>(to, load<f64>(from + k));
    store<f64>(to, load<f64>(from1 + k), 8);
    store<f64>(to, load<f64>(from2 + k), 16);
    store<f64>(to, load<f64>(from3 + k), 24);
    to += unitBytes;
  }
}

/** Four units of all blocks, written `unitStep` bytes apart. Term p of the units is at a + p·aStep, four numbers. */
export function fourUnits(
  c: usize,
  cStep: usize,
  unitStep: usize,
  a: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  depth: i32,
  blocks: i32,
): void {
  const length = <usize>depth * unitBytes;
  for (let block = 0; block < blocks; block++) {
    let s00 = f64x2.splat(0);
    let s01 = s00;
    let s10 = s00;
    let s11 = s00;
    let s20 = s00;
    let s21 = s00;
    let s30 = s00;
    let s31 = s00;
    let term = a;
    for (let at = b, end = b + length; at < end; at += unitBytes) {
      const b0 = v128.load(at);
      const b1 = v128.load(at, 16);
      const x0 = v128.load64_splat(term);
      s00 = f64x2.add(s00, f64x2.mul(b0, x0));
      s01 = f64x2.add(s01, f64x2.mul(b1, x0));
      const x1 = v128.load64_splat(term, 8);
      s10 = f64x2.add(s10, f64x2.mul(b0, x1));
      s11 = f64x2.add(s11, f64x2.mul(b1, x1));
      const x2 = v128.load64_splat(term, 16);
      s20 = f64x2.add(s20, f64x2.mul(b0, x2));
      s21 = f64x2.add(s21, f64x2.mul(b1, x2));
      const x3 = v128.load64_splat(term, 24);
      s30 = f64x2.add(s30, f64x2.mul(b0, x3));
      s31 = f64x2.add(s31, f64x2.mul(b1, x3));
      term += aStep;
    }
    let to = c;
    v128.store(to, s00);
    v128.store(to, s01, 16);
    to += unitStep;
    v128.store(to, s10);
    v128.store(to, s11, 16);
    to += unitStep;
    v128.store(to, s20);
    v128.store(to, s21, 16);
    to += unitStep;
    v128.store(to, s30);
    v128.store(to, s31, 16);
    b += bStep;
    c += cStep;
  }
}

/** One unit of all blocks, four blocks at a time; the last block several times where fewer are left, with the same result. */
function oneUnit(
  c: usize,
  cStep: usize,
  a: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  depth: i32,
  blocks: i32,
): void {
  const length = <usize>depth * unitBytes;
  for (let block = 0; block < blocks; block += 4) {
    const k1 = <usize>min(block + 1, blocks - 1);
    const k2 = <usize>min(block + 2, blocks - 1);
    const k3 = <usize>min(block + 3, blocks - 1);
    const b0 = b + <usize>block * bStep;
    const b1 = b + k1 * bStep;
    const b2 = b + k2 * bStep;
    const b3 = b + k3 * bStep;
    let s00 = f64x2.splat(0);
    let s01 = s00;
    let s10 = s00;
    let s11 = s00;
    let s20 = s00;
    let s21 = s00;
    let s30 = s00;
    let s31 = s00;
    let term = a;
    for (let at: usize = 0; at < length; at += unitBytes) {
      const x = v128.load64_splat(term);
      s00 = f64x2.add(s00, f64x2.mul(v128.load(b0 + at), x));
      s01 = f64x2.add(s01, f64x2.mul(v128.load(b0 + at, 16), x));
      s10 = f64x2.add(s10, f64x2.mul(v128.load(b1 + at), x));
      s11 = f64x2.add(s11, f64x2.mul(v128.load(b1 + at, 16), x));
      s20 = f64x2.add(s20, f64x2.mul(v128.load(b2 + at), x));
      s21 = f64x2.add(s21, f64x2.mul(v128.load(b2 + at, 16), x));
      s30 = f64x2.add(s30, f64x2.mul(v128.load(b3 + at), x));
      s31 = f64x2.add(s31, f64x2.mul(v128.load(b3 + at, 16), x));
      term += aStep;
    }
    const c0 = c + <usize>block * cStep;
    v128.store(c0, s00);
    v128.store(c0, s01, 16);
    v128.store(c + k1 * cStep, s10);
    v128.store(c + k1 * cStep, s11, 16);
    v128.store(c + k2 * cStep, s20);
    v128.store(c + k2 * cStep, s21, 16);
    v128.store(c + k3 * cStep, s30);
    v128.store(c + k3 * cStep, s31, 16);
  }
}
