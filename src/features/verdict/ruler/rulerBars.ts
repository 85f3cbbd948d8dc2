/** Bars to a decade. */
export const barsPerDecade = 10;
/** The full height of a bar is at least this many steps: the first steps of a run are low bars. */
const fewest = 8;
/** The share of the remaining change that a bar makes at each redraw. */
const pace = 0.3;

/** Heights from 0 to 1 by bin; bin k holds 10^(k/10) … 10^((k+1)/10), wherever the axis begins. */
export type Bars = ReadonlyMap<number, number>;

/**
 * The histograms of the logarithms of two sets of positive numbers on one scale: the tallest bar of both is 1 high, or lower
 * for less than `fewest` numbers.
 */
export function barsOf(values: readonly number[], next: readonly number[]): readonly [Bars, Bars] {
  const [counts, nextCounts] = [countsOf(values), countsOf(next)];
  const tallest = Math.max(fewest, ...counts.values(), ...nextCounts.values());
  const heights = (of: Bars) => new Map(Array.from(of, ([bin, count]) => [bin, count / tallest]));
  return [heights(counts), heights(nextCounts)];
}

function countsOf(values: readonly number[]): Bars {
  const counts = new Map<number, number>();
  for (const x of values) {
    const bin = Math.floor(barsPerDecade * Math.log10(x) + 1e-9);
    if (Number.isFinite(bin)) counts.set(bin, (counts.get(bin) ?? 0) + 1);
  }
  return counts;
}

/** The next bars to draw between `shown` and `target`: a smooth change instead of a flicker. */
export function settled(shown: Bars, target: Bars): Bars {
  const next = new Map<number, number>();
  for (const bin of new Set([...shown.keys(), ...target.keys()])) {
    const [from, to] = [shown.get(bin) ?? 0, target.get(bin) ?? 0];
    const height = from + pace * (to - from);
    if (height > 0.004 || to > 0) next.set(bin, height);
  }
  return next;
}
