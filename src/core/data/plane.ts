import type { Settings } from "../recipe/recipe";
import { normal, streams, uniform } from "./random";

/** The datasets of two classes of points in the plane. */
export type PlaneSet = "spiral" | "circles" | "xor" | "moons";

type Point = readonly [number, number];

/** A point of a class, 0 or 1, without noise. @param next uniform numbers in [0, 1) */
const pointOf: Readonly<Record<PlaneSet, (label: number, next: () => number) => Point>> = {
  /** Two arms of one and a half turns: radius 2t, angle 3πt, and π more for class 1. */
  spiral(label, next) {
    const t = next();
    return polar(2 * t, Math.PI * (3 * t + label));
  },
  /** Circles of radius 1 and 2. */
  circles: (label, next) => polar(1 + label, 2 * Math.PI * next()),
  /** The square [−2, 2]²; class 1 where the coordinates have equal signs. */
  xor(label, next) {
    const [x1, x2, side] = [2 * next(), 2 * next(), next() < 0.5 ? -1 : 1];
    return [side * x1, label === 1 ? side * x2 : -side * x2];
  },
  /** Two half circles of radius 1 around (∓½, ∓¼), each with an end inside the other, as in scikit-learn's make_moons. */
  moons(label, next) {
    const side = label === 1 ? -1 : 1;
    const [x1, x2] = polar(1, Math.PI * next());
    return [side * (x1 - 0.5), side * (x2 - 0.25)];
  },
};

const polar = (radius: number, angle: number): Point => [radius * Math.cos(angle), radius * Math.sin(angle)];

/**
 * Points of two classes in turn, with noise·N(0, 1) added to both coordinates.
 * @returns x, rows × 2, and y, one-hot, rows × 2
 */
export function planeRows(
  set: PlaneSet,
  { seed, rows, noise }: Pick<Settings, "seed" | "rows" | "noise">,
): { readonly x: Float32Array; readonly y: Float32Array } {
  const position = uniform(seed, streams.inputs);
  const error = normal(seed, streams.targets);
  const [x, y] = [new Float32Array(2 * rows), new Float32Array(2 * rows)];
  for (let row = 0; row < rows; row++) {
    const label = row % 2;
    const point = pointOf[set](label, position);
    x.set(
      point.map((value) => value + noise * error()),
      2 * row,
    );
    y[2 * row + label] = 1;
  }
  return { x, y };
}
