import type { Tensor } from "../../core/data/problem";

/** A unit's position in CSS pixels. */
export interface Unit {
  readonly x: number;
  readonly y: number;
  /** The flat index of its bias; null for an input. */
  readonly bias: number | null;
}

/** A weight as the line from its source unit to its target unit. */
interface Link {
  /** Flat index into θ, g, m, v and d. */
  readonly parameter: number;
  readonly from: Unit;
  readonly to: Unit;
}

/** A network laid out as units and lines, layer by layer from left to right. */
export interface Drawing {
  readonly layers: readonly (readonly Unit[])[];
  readonly links: readonly Link[];
  readonly radius: number;
}

/** Larger networks are drawn as matrices: lines would cover one another. */
const maxLinks = 200;
const maxUnits = 24;

/** Units per layer, inputs first, from the shapes of the weights. */
export function sizesOf(tensors: readonly Tensor[]): number[] {
  const weights = tensors.filter(({ shape }) => shape.length === 2);
  return [weights[0]?.shape[0] ?? 0, ...weights.map(({ shape }) => shape[1] ?? 0)];
}

/** Whether a network is small enough to be drawn as units and lines. */
export function isDrawable(sizes: readonly number[]): boolean {
  const links = sizes.slice(1).reduce((total, size, l) => total + size * (sizes[l] ?? 0), 0);
  return links <= maxLinks && Math.max(...sizes) <= maxUnits;
}

/** Lays a network out in a box of CSS pixels: layers from left to right, the units of each layer spread over the height. */
export function drawingOf(tensors: readonly Tensor[], width: number, height: number): Drawing {
  const sizes = sizesOf(tensors);
  const radius = Math.max(2.5, Math.min(8, (0.36 * height) / Math.max(...sizes)));
  const margin = radius + 2;
  const across = (width - 2 * margin) / Math.max(1, sizes.length - 1);
  const layers = sizes.map((size, l) =>
    Array.from({ length: size }, (_, i) => ({
      x: margin + l * across,
      y: margin + ((i + 0.5) / size) * (height - 2 * margin),
      bias: l === 0 ? null : (tensors[2 * l - 1]?.offset ?? 0) + i,
    })),
  );
  const links = layers
    .slice(1)
    .flatMap((targets, l) =>
      (layers[l] ?? []).flatMap((from, i) =>
        targets.map((to, j) => ({ parameter: (tensors[2 * l]?.offset ?? 0) + i * targets.length + j, from, to })),
      ),
    );
  return { layers, links, radius };
}

/** The lines of one sign and size level as one path, so that an update changes 17 elements instead of hundreds. */
export interface Bundle {
  readonly key: string;
  readonly path: string;
  /** −1 is drawn dashed, +1 solid, 0 (the value is exactly zero) as a hairline. */
  readonly sign: -1 | 0 | 1;
  /** |value| / full, rounded up to a multiple of 1/8. */
  readonly share: number;
}

const levels = 8;

/** All lines of the drawing grouped by sign and size level, the thickest last, on top. The keys are always the same. */
export function bundlesOf({ links }: Drawing, values: Readonly<Float64Array>, full: number): Bundle[] {
  const paths = new Map<number, string[]>();
  for (const { parameter, from, to } of links) {
    const value = values[parameter] ?? Number.NaN;
    // A value that is not finite is not drawn: the verdict is then `diverged`.
    if (!Number.isFinite(value)) continue;
    const level = Math.sign(value) * Math.min(levels, Math.ceil(levels * sizeOf(value, full)));
    const path = `M${from.x.toFixed(1)} ${from.y.toFixed(1)}L${to.x.toFixed(1)} ${to.y.toFixed(1)}`;
    paths.set(level, [...(paths.get(level) ?? []), path]);
  }
  const bundle = (sign: Bundle["sign"], level: number): Bundle => ({
    key: `${sign}:${level}`,
    path: paths.get(sign * level)?.join("") ?? "",
    sign,
    share: level / levels,
  });
  const sizes = Array.from({ length: levels }, (_, i) => i + 1);
  return [bundle(0, 0), ...sizes.flatMap((level) => [bundle(-1, level), bundle(1, level)])];
}

/** |value| / full, clamped to 0 … 1; 0 for a value that is not finite or a full size of 0. */
export function sizeOf(value: number, full: number): number {
  return full > 0 && Number.isFinite(value) ? Math.min(1, Math.abs(value) / full) : 0;
}

/** The largest finite |value|; 0 without one. */
export function largestOf(values: Readonly<Float64Array>): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i] ?? 0);
    if (size > largest && size < Number.POSITIVE_INFINITY) largest = size;
  }
  return largest;
}

/**
 * The |value| drawn at full size: the largest one rounded up to 1, 2 or 5 × 10ⁿ. The previous scale is kept while the largest
 * value is between a fifth of it and all of it, so that the scale does not flicker.
 */
export function steadyScale(largest: number, before: number | null): number {
  if (largest === 0) return before ?? 1;
  if (before !== null && largest <= before && largest >= before / 5) return before;
  const power = 10 ** Math.floor(Math.log10(largest));
  const digit = [1, 2, 5, 10].find((d) => d * power >= largest * (1 - 1e-9)) ?? 10;
  return Number((digit * power).toPrecision(1));
}

/** The parameter drawn at a point: the bias of a unit, else the nearest line at most `reach` pixels away, else null. */
export function parameterAt({ layers, links, radius }: Drawing, x: number, y: number, reach = 7): number | null {
  for (const unit of layers.flat()) {
    if (unit.bias !== null && Math.hypot(unit.x - x, unit.y - y) <= radius + 1) return unit.bias;
  }
  let [nearest, least]: [number | null, number] = [null, reach];
  for (const { parameter, from, to } of links) {
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const along = Math.max(0, Math.min(1, ((x - from.x) * dx + (y - from.y) * dy) / (dx * dx + dy * dy)));
    const distance = Math.hypot(from.x + along * dx - x, from.y + along * dy - y);
    if (distance < least) [nearest, least] = [parameter, distance];
  }
  return nearest;
}
