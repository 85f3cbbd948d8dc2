/** Values of a function at several abscissae. */
type Evaluate = (alphas: Float64Array) => Promise<Float64Array>;

/** The relative grid in which the bracket is found: 2^−12 to 2^12, two points an octave. */
const octaves = 12;
/** Parts of the bracket in each refinement, and refinements: the bracket shrinks by 16⁵. */
const [parts, refinements] = [16, 5];

/** The abscissae at which a crossing is searched, ascending. */
export const crossingGrid = (scale: number): Float64Array =>
  Float64Array.from({ length: 4 * octaves + 1 }, (_, k) => scale * 2 ** (k / 2 - octaves));

/**
 * The first zero of a function f with f(0) = 0 and f′(0) < 0, at the first point of a grid where f is not negative. The bracket
 * is divided into 16 parts, of which the first that ends in a value that is not negative is the next bracket; at last the zero of
 * the secant. Two zeros between neighbours of the grid are not found. Not finite values count as positive.
 *
 * @param grid ascending, from `crossingGrid`
 * @param onGrid f on the grid
 * @returns null where f is negative on the whole grid
 */
export async function firstCrossing(grid: Float64Array, onGrid: Float64Array, f: Evaluate): Promise<number | null> {
  const end = onGrid.findIndex((value) => !(value < 0));
  if (end < 0) return null;
  let lo = { alpha: end > 0 ? grid[end - 1]! : 0, value: end > 0 ? onGrid[end - 1]! : 0 };
  let hi = { alpha: grid[end]!, value: onGrid[end]! };
  for (let k = 0; k < refinements; k++) {
    const inner = Float64Array.from(
      { length: parts - 1 },
      (_, i) => lo.alpha + ((hi.alpha - lo.alpha) * (i + 1)) / parts,
    );
    const values = await f(inner);
    const first = values.findIndex((value) => !(value < 0));
    const [from, to] = [first < 0 ? parts - 2 : first - 1, first];
    if (to >= 0) hi = { alpha: inner[to]!, value: values[to]! };
    if (from >= 0) lo = { alpha: inner[from]!, value: values[from]! };
  }
  const rise = hi.value - lo.value;
  const share = Number.isFinite(rise) && rise > 0 ? -lo.value / rise : 1;
  return lo.alpha + share * (hi.alpha - lo.alpha);
}
