import { unitBytes } from "./network";
import { fourUnits } from "./product";

/**
 * G ← aᵀδ, a sum over the rows of the batch: G[i, j] = Σ_n a[n, i]·δ[n, j], row-major, `inputs` × `outputs`.
 *
 * @param a blocks of `aUnits` units, of which the first `inputs` are used
 * @param delta blocks of `outputs` units
 * @param panel room for four units of all blocks
 * @param strips room for a copy of δ: strips of four columns, so that every product reads consecutive numbers
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
  strips: usize,
): void {
  const aStep = <usize>aUnits * unitBytes;
  const rowBytes = (<usize>outputs) << 3;
  const deltaStep = <usize>outputs * unitBytes;
  const stripBytes = <usize>((rows + 3) & ~3) * unitBytes;
  const count = inputs < 4 ? 0 : outputs >> 2;
  for (let strip: usize = 0; strip < <usize>count; strip++) {
    copyUnits(strips + strip * stripBytes, delta + strip * 4 * unitBytes, deltaStep, 4, rows);
  }
  for (let i = 0; count > 0 && i < inputs; i += 4) {
    // Where fewer than four rows are left: four rows again, some of them a second time with the same result.
    i = min(i, inputs - 4);
    copyUnits(panel, a + <usize>i * unitBytes, aStep, 4, rows);
    fourUnits(G + <usize>i * rowBytes, unitBytes, rowBytes, panel, unitBytes, strips, stripBytes, rows, count);
  }
  for (let j = count << 2; j < outputs; j += 4) {
    const columns = min(4, outputs - j);
    copyUnits(panel, delta + <usize>j * unitBytes, deltaStep, columns, rows);
    const to = G + ((<usize>j) << 3);
    for (let k: usize = 0; k < <usize>columns; k++)
      oneColumn(to + (k << 3), rowBytes, a, aStep, inputs, panel + (k << 3), rows);
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
