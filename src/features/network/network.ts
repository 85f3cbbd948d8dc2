import type { Tensor } from "../../core/data/problem";

/** A unit's place. Inputs have no bias. */
export interface Unit {
  readonly x: number;
  readonly y: number;
  /** The flat index of its bias; null for inputs. */
  readonly bias: number | null;
}

/** A weight as the line from its source unit to its target unit. */
export interface Link {
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

/** Beyond, lines hide one another, and matrices say more. */
const maxLinks = 200;
const maxUnits = 24;

/** Units per layer, inputs first, as the weights' shapes tell. */
export function sizesOf(tensors: readonly Tensor[]): number[] {
  const weights = tensors.filter(({ shape }) => shape.length === 2);
  return [weights[0]?.shape[0] ?? 0, ...weights.map(({ shape }) => shape[1] ?? 0)];
}

/** Whether a network is small enough to be drawn as units and lines. */
export function isDrawable(sizes: readonly number[]): boolean {
  const links = sizes.slice(1).reduce((total, size, l) => total + size * (sizes[l] ?? 0), 0);
  return links <= maxLinks && Math.max(...sizes) <= maxUnits;
}

/** Lays a network out in a box of CSS pixels: each layer spread over the height, as far apart as its units allow. */
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

/** Lines of one sign and about one size, as one path: a drawing is updated in a few elements, not in hundreds. */
export interface Bundle {
  readonly key: string;
  readonly path: string;
  /** −1 is drawn dashed, +1 solid, 0 (the value is exactly zero) as a hairline. */
  readonly sign: -1 | 0 | 1;
  /** |value| as a share of full size, rounded up to an eighth. */
  readonly share: number;
}

const levels = 8;

/** Every line of the drawing by sign and size, the thickest last and so on top; always the same keys. */
export function bundlesOf({ links }: Drawing, values: Readonly<Float64Array>, full: number): Bundle[] {
  const paths = new Map<number, string[]>();
  for (const { parameter, from, to } of links) {
    const value = values[parameter] ?? Number.NaN;
    // What is not a number is drawn as nothing: training has diverged, and the page says so.
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

/** |value| / full, 0 … 1; 0 where either does not exist. */
export function sizeOf(value: number, full: number): number {
  return full > 0 && Number.isFinite(value) ? Math.min(1, Math.abs(value) / full) : 0;
}

/** The largest |value| that is a number; 0 where there is none. */
export function largestOf(values: Readonly<Float64Array>): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i] ?? 0);
    if (size > largest && size < Number.POSITIVE_INFINITY) largest = size;
  }
  return largest;
}

/**
 * The |value| drawn at full size: the largest there is, rounded up to 1, 2 or 5 × 10ⁿ. It holds while the largest fills
 * at least a fifth of it, so that the scale does not flicker.
 */
export function steadyScale(largest: number, before: number | null): number {
  if (largest === 0) return before ?? 1;
  if (before !== null && largest <= before && largest >= before / 5) return before;
  const power = 10 ** Math.floor(Math.log10(largest));
  const digit = [1, 2, 5, 10].find((d) => d * power >= largest * (1 - 1e-9)) ?? 10;
  return Number((digit * power).toPrecision(1));
}

/** The parameter drawn at a point: the bias of a unit, else the nearest line within reach; null where there is none. */
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
