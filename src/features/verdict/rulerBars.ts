/** Bars to a decade. */
export const barsPerDecade = 10;
/** A bar as high as it gets stands for at least so many steps: the first steps of a run are no mountain. */
const fewest = 8;
/** The share of its way that a bar goes at each redraw. */
const pace = 0.3;

/** Heights from 0 to 1 by bin; bin k holds 10^(k/10) … 10^((k+1)/10), wherever the axis begins. */
export type Bars = ReadonlyMap<number, number>;

/** The histogram of positive numbers over their logarithms, the tallest bar 1 high. */
export function barsOf(values: readonly number[]): Bars {
  const counts = new Map<number, number>();
  for (const x of values) {
    const bin = Math.floor(barsPerDecade * Math.log10(x) + 1e-9);
    if (Number.isFinite(bin)) counts.set(bin, (counts.get(bin) ?? 0) + 1);
  }
  const tallest = Math.max(fewest, ...counts.values());
  return new Map(Array.from(counts, ([bin, count]) => [bin, count / tallest]));
}

/** One redraw's way from the bars shown to the bars meant, so that they settle instead of flickering. */
export function settled(shown: Bars, meant: Bars): Bars {
  const next = new Map<number, number>();
  for (const bin of new Set([...shown.keys(), ...meant.keys()])) {
    const [from, to] = [shown.get(bin) ?? 0, meant.get(bin) ?? 0];
    const height = from + pace * (to - from);
    if (height > 0.004 || to > 0) next.set(bin, height);
  }
  return next;
}
