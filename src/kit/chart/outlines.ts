/**
 * SVG path of a filled vertical bar with round ends; a disc where both ends are equal. Not a stroke with round caps: Firefox
 * draws one without a length as a long line in an element with CSS zoom.
 * @param lo one end of the bar's axis, in pixels, as `hi`
 */
export function roundBar(x: number, lo: number, hi: number, radius: number): string {
  const [top, bottom] = [Math.min(lo, hi), Math.max(lo, hi)];
  const arc = (width: number) => `a${radius} ${radius} 0 0 1 ${width} 0`;
  return `M${x - radius} ${top}${arc(2 * radius)}V${bottom}${arc(-2 * radius)}z`;
}

/** Pixels to one decimal: longer numbers make a path slower and look the same. NaN for a value without a position. */
export const tenths = (pixels: number | undefined): number => Math.round(10 * (pixels ?? Number.NaN)) / 10;
