import type { Curve, Settings } from "../recipe/recipe";
import { normal, streams, uniform } from "./random";

/** The inputs are uniform in [−bound, bound]. */
const bound = 2;

/** The functions of the dataset `curve`, of one input. */
const curves: Readonly<Record<Curve, (x: number) => number>> = {
  /** One period over the range of the inputs. */
  sine: (x) => Math.sin((Math.PI / 2) * x),
  step: (x) => (x < 0 ? -1 : 1),
  /** The sine, and half of a sine of four times its frequency. */
  sum: (x) => Math.sin((Math.PI / 2) * x) + Math.sin(2 * Math.PI * x) / 2,
};

/** y = f(x) + noise·N(0, 1) with x uniform in [−2, 2], rounded to float32. @returns x and y, both `rows` long */
export function curveRows({ seed, rows, curve, noise }: Pick<Settings, "seed" | "rows" | "curve" | "noise">): {
  readonly x: Float32Array;
  readonly y: Float32Array;
} {
  const position = uniform(seed, streams.inputs);
  const error = normal(seed, streams.targets);
  const x = Float32Array.from({ length: rows }, () => bound * (2 * position() - 1));
  const f = curves[curve];
  return { x, y: x.map((at) => f(at) + noise * error()) };
}
