import { unitBytes } from "./network";

/**
 * G ← aᵀδ, a sum over the rows of the batch: G[i, j] = Σ_n a[n, i]·δ[n, j], row-major, `inputs` × `outputs`.
 *
 * @param a blocks of `aUnits` units, of which the first `inputs` are used
 * @param delta blocks of `outputs` units
 */
export function sumOverRows(
  G: usize,
  a: usize,
  aUnits: i32,
  inputs: i32,
  delta: usize,
  outputs: i32,
  rows: i32,
  panel: usize,
): void {
  const aStep = <usize>aUnits * unitBytes;
  const rowBytes = (<usize>outputs) << 3;
  for (let j = 0; j < outputs; j += 4) {
    const columns = min(4, outputs - j);
    copyUnits(panel, delta + <usize>j * unitBytes, <usize>outputs * unitBytes, columns, rows);
    const to = G + ((<usize>j) << 3);
    if (columns < 4) {
      for (let k = 0; k < columns; k++)
        oneColumn(to + ((<usize>k) << 3), rowBytes, a, aStep, inputs, panel + ((<usize>k) << 3), rows);
    } else {
      let i = 0;
      for (; i + 4 <= inputs; i += 4) {
        fourByFour(to + <usize>i * rowBytes, rowBytes, a + <usize>i * unitBytes, aStep, panel, rows);
      }
      // Two or three rows are left: four rows again, some of them a second time with the same result.
      if (inputs >= 4 && inputs - i >= 2) {
        i = inputs - 4;
        fourByFour(to + <usize>i * rowBytes, rowBytes, a + <usize>i * unitBytes, aStep, panel, rows);
        i = inputs;
      }
      for (; i < inputs; i++) {
        oneByFour(to + <usize>i * rowBytes, a + <usize>i * unitBytes, aStep, panel, rows);
      }
    }
  }
}

/** Copies up to four units out of the blocks, the units of a row next to each other. */
function copyUnits(to: usize, from: usize, step: usize, columns: i32, rows: i32): void {
  if (columns === 4) {
    for (let n = 0; n < rows; n += 4) {
      for (let half: usize = 0; half < 32; half += 16) {
        const u0 = v128.load(from + half);
        const u1 = v128.load(from + half, 32);
        const u2 = v128.load(from + half, 64);
        const u3 = v128.load(from + half, 96);
        const row = to + (half << 2);
        v128.store(row, v128.shuffle<f64>(u0, u1, 0, 2));
        v128.store(row, v128.shuffle<f64>(u2, u3, 0, 2), 16);
        v128.store(row, v128.shuffle<f64>(u0, u1, 1, 3), 32);
        v128.store(row, v128.shuffle<f64>(u2, u3, 1, 3), 48);
      }
      to += 128;
      from += step;
    }
    return;
  }
  for (let n = 0; n < rows; n += 4) {
    for (let k: usize = 0; k < <usize>columns; k++) {
      const unit = from + k * unitBytes;
      store<f64>(to + (k << 3), load<f64>(unit));
      store<f64>(to + (k << 3), load<f64>(unit, 8), 32);
      store<f64>(to + (k << 3), load<f64>(unit, 16), 64);
      store<f64>(to + (k << 3), load<f64>(unit, 24), 96);
    }
    to += 128;
    from += step;
  }
}

/** Four rows by four columns of G. */
function fourByFour(to: usize, rowBytes: usize, a: usize, aStep: usize, panel: usize, rows: i32): void {
  let s00 = f64x2.splat(0);
  let s01 = s00;
  let s10 = s00;
  let s11 = s00;
  let s20 = s00;
  let s21 = s00;
  let s30 = s00;
  let s31 = s00;
  const full = panel + <usize>(rows & ~3) * unitBytes;
  const end = panel + <usize>rows * unitBytes;
  while (panel < end) {
    // Four rows of a block; fewer in the last block.
    for (let row = a, stop = a + (panel < full ? 32 : (<usize>(rows & 3)) << 3); row < stop; row += 8) {
      const d0 = v128.load(panel);
      const d1 = v128.load(panel, 16);
      const x0 = v128.load64_splat(row);
      s00 = f64x2.add(s00, f64x2.mul(x0, d0));
      s01 = f64x2.add(s01, f64x2.mul(x0, d1));
      const x1 = v128.load64_splat(row, 32);
      s10 = f64x2.add(s10, f64x2.mul(x1, d0));
      s11 = f64x2.add(s11, f64x2.mul(x1, d1));
      const x2 = v128.load64_splat(row, 64);
      s20 = f64x2.add(s20, f64x2.mul(x2, d0));
      s21 = f64x2.add(s21, f64x2.mul(x2, d1));
      const x3 = v128.load64_splat(row, 96);
      s30 = f64x2.add(s30, f64x2.mul(x3, d0));
      s31 = f64x2.add(s31, f64x2.mul(x3, d1));
      panel += unitBytes;
    }
    a += aStep;
  }
  v128.store(to, s00);
  v128.store(to, s01, 16);
  to += rowBytes;
  v128.store(to, s10);
  v128.store(to, s11, 16);
  to += rowBytes;
  v128.store(to, s20);
  v128.store(to, s21, 16);
  to += rowBytes;
  v128.store(to, s30);
  v128.store(to, s31, 16);
}

/** One row by four columns of G. */
function oneByFour(to: usize, a: usize, aStep: usize, panel: usize, rows: i32): void {
  let s0 = f64x2.splat(0);
  let s1 = s0;
  for (let n = 0; n < rows; n++) {
    const x = v128.load64_splat(a + ((<usize>n & 3) << 3));
    s0 = f64x2.add(s0, f64x2.mul(x, v128.load(panel)));
    s1 = f64x2.add(s1, f64x2.mul(x, v128.load(panel, 16)));
    panel += unitBytes;
    if ((n & 3) === 3) a += aStep;
  }
  v128.store(to, s0);
  v128.store(to, s1, 16);
}

/** One column of G, eight rows at a time; the last row several times where fewer are left, with the same result. */
function oneColumn(to: usize, rowBytes: usize, a: usize, aStep: usize, inputs: i32, panel: usize, rows: i32): void {
  for (let i = 0; i < inputs; i += 8) {
    const last = inputs - 1;
    const i1 = <usize>min(i + 1, last);
    const i2 = <usize>min(i + 2, last);
    const i3 = <usize>min(i + 3, last);
    const i4 = <usize>min(i + 4, last);
    const i5 = <usize>min(i + 5, last);
    const i6 = <usize>min(i + 6, last);
    const i7 = <usize>min(i + 7, last);
    let s0: f64 = 0;
    let s1: f64 = 0;
    let s2: f64 = 0;
    let s3: f64 = 0;
    let s4: f64 = 0;
    let s5: f64 = 0;
    let s6: f64 = 0;
    let s7: f64 = 0;
    let row = a;
    let at = panel;
    for (let n = 0; n < rows; n++) {
      const d = load<f64>(at);
      s0 += load<f64>(row + <usize>i * unitBytes) * d;
      s1 += load<f64>(row + i1 * unitBytes) * d;
      s2 += load<f64>(row + i2 * unitBytes) * d;
      s3 += load<f64>(row + i3 * unitBytes) * d;
      s4 += load<f64>(row + i4 * unitBytes) * d;
      s5 += load<f64>(row + i5 * unitBytes) * d;
      s6 += load<f64>(row + i6 * unitBytes) * d;
      s7 += load<f64>(row + i7 * unitBytes) * d;
      at += unitBytes;
      row += (n & 3) === 3 ? aStep - 24 : 8;
    }
    store<f64>(to + <usize>i * rowBytes, s0);
    store<f64>(to + i1 * rowBytes, s1);
    store<f64>(to + i2 * rowBytes, s2);
    store<f64>(to + i3 * rowBytes, s3);
    store<f64>(to + i4 * rowBytes, s4);
    store<f64>(to + i5 * rowBytes, s5);
    store<f64>(to + i6 * rowBytes, s6);
    store<f64>(to + i7 * rowBytes, s7);
  }
}
