import type { Batch } from "../engine";

/** At most `most` of `total` rows of the data, evenly spaced and always the same rows. */
export function evenlySpacedRows(total: number, most = Number.POSITIVE_INFINITY): Batch {
  const count = Math.min(total, most);
  return { order: Uint32Array.from({ length: count }, (_, i) => Math.floor((i * total) / count)), start: 0, count };
}

/** Consecutive parts of some rows, each of at most `most` rows, with the share of all rows in each. */
export function* partsOf(rows: Batch, most: number): Generator<{ readonly part: Batch; readonly share: number }> {
  for (let done = 0; done < rows.count; done += most) {
    const count = Math.min(most, rows.count - done);
    yield { part: { order: rows.order, start: rows.start + done, count }, share: count / rows.count };
  }
}
