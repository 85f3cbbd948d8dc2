import type { Batch } from "../engine";

/**
 * At most `most` of `total` rows of the data, one of each of as many equal parts, always the same rows. Their places in the parts are
 * the multiples of the golden ratio modulo 1, without a period: of data in which classes take turns, all classes are found.
 */
export function evenlySpacedRows(total: number, most = Number.POSITIVE_INFINITY): Batch {
  const count = Math.min(total, most);
  const order = Uint32Array.from({ length: count }, (_, i) => {
    const [first, next] = [Math.floor((i * total) / count), Math.floor(((i + 1) * total) / count)];
    return first + Math.floor(((i * goldenRatio) % 1) * (next - first));
  });
  return { order, start: 0, count };
}

const goldenRatio = (1 + Math.sqrt(5)) / 2;

/** Consecutive parts of some rows, each of at most `most` rows, with the share of all rows in each. */
export function* partsOf(rows: Batch, most: number): Generator<{ readonly part: Batch; readonly share: number }> {
  for (let done = 0; done < rows.count; done += most) {
    const count = Math.min(most, rows.count - done);
    yield { part: { order: rows.order, start: rows.start + done, count }, share: count / rows.count };
  }
}
