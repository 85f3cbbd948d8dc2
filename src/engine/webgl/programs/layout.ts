import { parameterCount, tensorsOf } from "../../../core/data/problem";
import { maxDirectionSize } from "../../../core/history/metrics";

/**
 * Where everything lies in textures. A texel is four neighbouring units.
 *
 * - A matrix of rows × units is rows × ⌈units/4⌉ texels. Textures are no taller than 2048 texels, so row r, column c
 *   of a matrix `width` texels wide lies at x = (r >> 11)·width + c, y = r & 2047.
 * - A parameter vector is a texture with a line for each input of each layer (filled up to a multiple of four with
 *   lines of zeros) and one for its biases, layer under layer; all lines as long as the widest layer's.
 * - The state is such vectors side by side: the planes θ, m, v and d, and vMax where the optimiser keeps it.
 */
export const foldShift = 11;
export const foldRows = 1 << foldShift;

export const planes = { theta: 0, m: 1, v: 2, d: 3, vMax: 4 } as const;

export interface Layer {
  /** Texels that a row of inputs and a row of outputs take. */
  readonly inputWidth: number;
  readonly width: number;
  readonly inputs: number;
  readonly units: number;
  /** The layer's first line in a parameter vector, and its line of biases. */
  readonly base: number;
  readonly biasLine: number;
}

export interface Layout {
  readonly layers: readonly Layer[];
  /** P, the number of parameters. */
  readonly parameters: number;
  /** Whether d is read back at every step. */
  readonly directions: boolean;
  /** A parameter vector's texture in texels. */
  readonly width: number;
  readonly lines: number;
}

export function layoutOf(sizes: readonly number[]): Layout {
  const layers: Layer[] = [];
  let lines = 0;
  for (let l = 1; l < sizes.length; l++) {
    const [inputs, units] = [sizes[l - 1] as number, sizes[l] as number];
    const inputWidth = Math.ceil(inputs / 4);
    const biasLine = lines + 4 * inputWidth;
    layers.push({ inputWidth, width: Math.ceil(units / 4), inputs, units, base: lines, biasLine });
    lines = biasLine + 1;
  }
  const parameters = parameterCount(sizes);
  // Odd: lines a power of two apart would compete for the same places of a cache.
  const width = Math.max(...layers.map((layer) => layer.width)) | 1;
  return { layers, parameters, directions: parameters <= maxDirectionSize, width, lines };
}

/** Width and height in texels of a matrix `width` texels wide. */
export function foldedSize(rows: number, width: number): [number, number] {
  return [width * Math.max(1, Math.ceil(rows / foldRows)), Math.max(1, Math.min(rows, foldRows))];
}

/** A row-major matrix in texels, the last texel of each row filled with zeros. */
export function packMatrix(values: ArrayLike<number>, rows: number, columns: number): Float32Array {
  const width = Math.ceil(columns / 4);
  const [textureWidth, textureHeight] = foldedSize(rows, width);
  const texels = new Float32Array(4 * textureWidth * textureHeight);
  for (let r = 0; r < rows; r++) {
    const at = 4 * ((r & (foldRows - 1)) * textureWidth + (r >> foldShift) * width);
    for (let c = 0; c < columns; c++) texels[at + c] = values[r * columns + c] as number;
  }
  return texels;
}

/** Flat vectors in the order of `tensorsOf` to textures of one plane or more, and back. */
export interface ParameterPacking {
  pack(vectors: readonly Float64Array[]): Float32Array;
  /** The vector in plane `plane` of a texture of `count` planes, read into `into` from `at`. */
  unpack(texels: Float32Array, plane: number, count: number, into: Float64Array, at: number): void;
}

export function parameterPacking(sizes: readonly number[], layout: Layout): ParameterPacking {
  const { layers, width, lines, parameters } = layout;
  // Each parameter's line, and its place within the line.
  const line = new Int32Array(parameters);
  const place = new Int32Array(parameters);
  for (const [k, { offset, size }] of tensorsOf(sizes).entries()) {
    const { base, biasLine, units } = layers[k >> 1] as Layer;
    for (let i = 0; i < size; i++) {
      line[offset + i] = (k % 2 === 0 ? base : biasLine) + Math.floor(i / units);
      place[offset + i] = i % units;
    }
  }
  const index = (p: number, plane: number, count: number) =>
    4 * width * ((line[p] as number) * count + plane) + (place[p] as number);
  return {
    pack(vectors) {
      const texels = new Float32Array(4 * width * lines * vectors.length);
      for (const [plane, vector] of vectors.entries())
        for (let p = 0; p < parameters; p++) texels[index(p, plane, vectors.length)] = vector[p] as number;
      return texels;
    },
    unpack(texels, plane, count, into, at) {
      for (let p = 0; p < parameters; p++) into[at + p] = texels[index(p, plane, count)] as number;
    },
  };
}
