import { extent } from "d3-array";
import type { Problem } from "../../core/data/problem";

/** Points over the range of the inputs: `x1` alone for one input; the product of both, x1 running first, for two inputs. */
export interface InputGrid {
  readonly x1: Float64Array;
  /** Empty for one input. */
  readonly x2: Float64Array;
}

/** Points on a line, and on each side of a square, at most. */
const [mostOnLine, mostOnSide] = [161, 49];
/** The share of the range of the rows by which the grid exceeds it at either end. */
const margin = 0.06;

/** The grid of a problem with one input and one target, or with two inputs and classes; null for every other problem. @param most points */
export function inputGrid({ sizes, loss, x }: Pick<Problem, "sizes" | "loss" | "x">, most: number): InputGrid | null {
  const [inputs, outputs] = [sizes[0], sizes.at(-1)];
  if (inputs === 1 && outputs === 1 && loss === "mse") {
    return { x1: pointsOver(x, Math.min(mostOnLine, most)), x2: new Float64Array(0) };
  }
  if (inputs === 2 && loss === "cross-entropy") {
    const side = Math.min(mostOnSide, Math.floor(Math.sqrt(most)));
    const column = (k: number) => x.filter((_, i) => i % 2 === k);
    return { x1: pointsOver(column(0), side), x2: pointsOver(column(1), side) };
  }
  return null;
}

/** Equidistant points over the values and a margin; around a single value the range is 2. */
function pointsOver(values: Float32Array, count: number): Float64Array {
  const [least = 0, greatest = 0] = extent(values);
  const spread = greatest > least ? (1 + 2 * margin) * (greatest - least) : 2;
  const from = (least + greatest - spread) / 2;
  return Float64Array.from({ length: count }, (_, i) => from + (spread * i) / (count - 1));
}
