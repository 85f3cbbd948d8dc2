import type { Activation } from "../../../core/recipe/recipe";
import { foldShift, inDataOrder, type Layer } from "./layout";

/**
 * GLSL that the programs share. Every program is compiled for one network, so that sizes are literals.
 *
 * Inner loops read with `texture` at coordinates computed from integers: on a software GPU this is 1.5 times as fast as
 * `texelFetch`, and it is exact, because textures are sampled at the nearest texel. Comparisons are written so that NaN
 * passes through; min, max and clamp may drop NaN, and would hide that training has diverged.
 */

/**
 * `at`: the texel of (row, col) in a folded matrix. `linesAt`: four lines of a matrix from line y on, at x. `times`: a·W of four
 * lines W.
 */
export const matrixGlsl = `
ivec2 at(int row, int col, int width) {
  return ivec2((row >> ${foldShift}) * width + col, row & ${2 ** foldShift - 1});
}
vec2 unitOf(ivec2 size) { return 1.0 / vec2(size); }
mat4 linesAt(sampler2D lines, vec2 unit, float x, float y) {
  return mat4(texture(lines, vec2(x, y * unit.y)), texture(lines, vec2(x, (y + 1.0) * unit.y)),
              texture(lines, vec2(x, (y + 2.0) * unit.y)), texture(lines, vec2(x, (y + 3.0) * unit.y)));
}
vec4 times(vec4 a, mat4 lines) { return a.x * lines[0] + a.y * lines[1] + a.z * lines[2] + a.w * lines[3]; }`;

/** `row` and `col` of the fragment in a matrix of this width. */
export const locateGlsl = (width: number) => `
  ivec2 here = ivec2(gl_FragCoord.xy);
  int row = here.y + ((here.x / ${width}) << ${foldShift});
  int col = here.x % ${width};`;

/**
 * The uniforms for the rows of a sweep: those of the batch up to row `end.x`, those of the next batch up to row `end.y`, then those
 * of the last batch. Row r is at place r + begin.x, r + begin.y or r + begin.z of the orders (`orders.ts`).
 */
export const rowUniforms = { begin: "ivec3", end: "ivec2" } as const;

/** `dataRow`: the row of the data for a row of a sweep. */
export const dataRowGlsl = `
int dataRow(int row) {
  int place = row + (row < end.x ? begin.x : row < end.y ? begin.y : begin.z);
  return place < 0 ? place + ${inDataOrder} : int(texelFetch(order, at(place >> 2, 0, 1), 0)[place & 3]);
}`;

/** `batchSize`: the number of rows of the batch, or of the next batch, that contains a row. */
export const batchSizeGlsl = `
float batchSize(int row) { return float(row < end.x ? end.x : end.y - end.x); }`;

/** `present`: for each of a texel's four lanes, whether the lane is a unit of the layer or padding. */
export const presentGlsl = (units: number) => `
bvec4 present(int col) {
  return lessThan(4 * col + ivec4(0, 1, 2, 3), ivec4(${units}));
}`;

/** φ(z), and φ′ and φ″ as functions of a = φ(z). */
export const activationGlsl = (activation: Activation) =>
  ({
    relu: `
vec4 phi(vec4 z) { return mix(z, vec4(0), lessThan(z, vec4(0))); }
vec4 phi1(vec4 a) { return vec4(greaterThan(a, vec4(0))); }
vec4 phi2(vec4 a) { return vec4(0); }`,
    tanh: `
vec4 phi(vec4 z) { vec4 e = exp(-2.0 * abs(z)); return sign(z) * (1.0 - e) / (1.0 + e); }
vec4 phi1(vec4 a) { return 1.0 - a * a; }
vec4 phi2(vec4 a) { return -2.0 * a * (1.0 - a * a); }`,
    sigmoid: `
vec4 phi(vec4 z) { return 1.0 / (1.0 + exp(-z)); }
vec4 phi1(vec4 a) { return a * (1.0 - a); }
vec4 phi2(vec4 a) { return a * (1.0 - a) * (1.0 - 2.0 * a); }`,
  })[activation];

/**
 * The input of a layer, the texture `inputs`: the data for the first layer, else the activations of the layer below. `ROW(row)` is
 * the row in the texture.
 */
export const inputGlsl = (first: boolean) =>
  first
    ? `${dataRowGlsl}
#define ROW(row) dataRow(row)`
    : `
#define ROW(row) (row)`;

/** The textures that `inputGlsl` reads. */
export const inputTextures = (first: boolean) => (first ? ["inputs", "order"] : ["inputs"]);

/** The text of `part` for each of the `rows` rows of a fragment. */
export const each = (rows: number, part: (q: number) => string): string =>
  Array.from({ length: rows }, (_, q) => part(q)).join("");

/** Row q of a fragment, of those that `quarterPass.ts` describes. */
export const rowOf = (q: number): string => (q === 0 ? "row" : `row + ${q} * lines`);

/** Sets the result of row q of a fragment. */
export const setResult = (rows: number, q: number, value: string): string =>
  rows === 1 ? `setOutput(${value});` : `quarter${q} = ${value};`;

/** The texel k of a row of the matrix `name`, at the coordinates of `rowsGlsl`. */
export const texelAt = (name: string, q: number, k = "k") =>
  `texture(${name}, vec2((${name}At${q}.x + float(${k})) * ${name}Unit.x, ${name}At${q}.y))`;

/** The coordinates of the matrix `name` for `texelAt`: of rows `row(0)`, `row(1)`, …, each `width` texels wide. */
export const rowsGlsl = (name: string, rows: number, row: (q: number) => string, width: number) => `
  vec2 ${name}Unit = unitOf(textureSize(${name}, 0));${each(
    rows,
    (q) => `
  vec2 ${name}At${q} = vec2(at(${row(q)}, 0, ${width})) + 0.5;
  ${name}At${q}.y *= ${name}Unit.y;`,
  )}`;

/**
 * A loop over the inputs of a layer, four at a time: in `body`, k is the texel of the inputs and `line` is the first of their four
 * lines of weights, for `linesAt`.
 */
export const overInputsGlsl = ({ inputWidth, base }: Layer, body: string) => `
  float line = ${base}.5;
  for (int k = 0; k < ${inputWidth}; k++) {${body}
    line += 4.0;
  }`;

/** The x coordinate of column `col` in a plane of the state, for `product`. */
export const columnGlsl = (width: number, plane: number) => `(float(col) + ${plane * width}.5) * unit.x`;
