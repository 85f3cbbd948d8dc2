import { parameterCount, tensorsOf } from "../../../core/data/problem";
import { maxDirectionSize } from "../../../core/history/metrics";

/**
 * The layout of textures. A texel holds four neighbouring units.
 *
 * - A matrix of rows × units has rows × ⌈units/4⌉ texels. A texture has at most 2048 lines: a matrix is folded, and row r,
 *   column c of a matrix `width` texels wide is the texel x = (r >> 11)·width + c, y = r & 2047.
 * - A parameter vector has, for each layer in turn, a line of texels for each input (padded with lines of zeros to a multiple
 *   of four) and a line of biases. All lines have the width of the widest layer.
 * - A state has parameter vectors side by side, as planes: θ, m, v, d, and vMax where the optimiser has one.
 */
export const foldShift = 11;
export const foldRows = 1 << foldShift;

/** Marks a row of the data without an order: place k − `inDataOrder` of the orders is row k. */
export const inDataOrder = 2 ** 30;

export const planes = { theta: 0, m: 1, v: 2, d: 3, vMax: 4 } as const;

export interface Layer {
  /** Texels of a row of inputs, and of a row of outputs. */
  readonly inputWidth: number;
  readonly width: number;
  readonly inputs: number;
  readonly units: number;
  /** The layer's first line in a parameter vector, and the line of its biases. */
  readonly base: number;
  readonly biasLine: number;
}

export interface Layout {
  readonly layers: readonly Layer[];
  /** P, the number of parameters. */
  readonly parameters: number;
  /** Whether d is read back at every step. */
  readonly directions: boolean;
  /** The size of a parameter vector's texture in texels. */
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
  // Odd: lines whose distance is a power of two compete for the same cache sets.
  const width = Math.max(...layers.map((layer) => layer.width)) | 1;
  return { layers, parameters, directions: parameters <= maxDirectionSize, width, lines };
}

/** Fewer units, or inputs, than these do not repay the four textures of a quarter pass. */
const fewUnits = 32;

/** The rows of a fragment in the products of a layer: four for a layer of many inputs and units (`quarterPass.ts`). */
export const rowsOf = ({ inputs, units }: Layer): 1 | 4 => (Math.min(inputs, units) < fewUnits ? 1 : 4);

/** Width and height in texels of the folded texture of a matrix `width` texels wide. */
export function foldedSize(rows: number, width: number): [number, number] {
  return [width * Math.max(1, Math.ceil(rows / foldRows)), Math.max(1, Math.min(rows, foldRows))];
}

/** The texels of a row-major matrix; the last texel of each row is padded with zeros. */
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

/** Converts flat vectors in the order of `tensorsOf` to textures of one or more planes, and back. */
export interface ParameterPacking {
  pack(vectors: readonly Float64Array[]): Float32Array;
  /** Writes plane `plane` of a texture of `count` planes into `into`, from entry `at` on. */
  unpack(texels: Float32Array, plane: number, count: number, into: Float64Array, at: number): void;
}

export function parameterPacking(sizes: readonly number[], layout: Layout): ParameterPacking {
  const { layers, width, lines, parameters } = layout;
  // The line of each parameter, and its number within the line.
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
