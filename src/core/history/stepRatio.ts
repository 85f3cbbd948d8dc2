/** Bins per factor of 2. An integer makes 1 (the model minimum) and 2 (break-even) bin edges. */
const perOctave = 2;
/** Powers of 2 below and above 1 that the bins cover; ratios outside are counted in the outermost bins. */
const [below, above] = [24, 12];

export const ratioBins = (below + above) * perOctave;

/** The lower edge of a bin, which is the upper edge of the previous bin. */
export function ratioEdge(bin: number): number {
  return 2 ** (bin / perOctave - below);
}

/** The bin of a step ratio lr/α* > 0; a ratio equal to an edge belongs to the bin above. */
export function ratioBin(ratio: number): number {
  // log2 is exact at powers of two, so ratios of exactly 1 and 2 are in the right bin.
  return Math.min(Math.max(Math.floor((Math.log2(ratio) + below) * perOctave), 0), ratioBins - 1);
}

/** The first bin with lr ≥ 2α*, above which the quadratic model predicts a higher loss. */
export const beyondBreakEven = ratioBin(2);
