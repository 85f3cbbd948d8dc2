/** Parts of a doubling; with a whole number of them, 1 (the minimum) and 2 (break-even) are edges of bins. */
const perOctave = 2;
/** Doublings below and above 1 that have bins of their own; what lies beyond is counted in the outermost. */
const [below, above] = [24, 12];

export const ratioBins = (below + above) * perOctave;

/** The lower edge of a bin, which is the upper edge of the one before. */
export function ratioEdge(bin: number): number {
  return 2 ** (bin / perOctave - below);
}

/** The bin that holds a step ratio lr/α* > 0; a ratio on an edge lies above it. */
export function ratioBin(ratio: number): number {
  // log2 is exact at powers of two, where the edges that matter lie.
  return Math.min(Math.max(Math.floor((Math.log2(ratio) + below) * perOctave), 0), ratioBins - 1);
}

/** Bins whose step overshoots so far that the parabola predicts a higher loss: lr > 2α*. */
export const beyondBreakEven = ratioBin(2);
