import type { Activation } from "../../../core/recipe/recipe";
import { foldShift, inDataOrder, type Layer } from "./layout";

/**
 * GLSL that the programs share. Every program is compiled for one network, so that sizes are literals.
 *
 * Inner loops read with `texture` at coordinates computed from integers: on a software GPU this is 1.5 times as fast as
 * `texelFetch`, and it is exact, because textures are sampled at the nearest texel. Comparisons are written so that NaN
 * passes through; min, max and clamp may drop NaN, and would hide that training has diverged.
 */

/** `at`: the texel of (row, col) in a folded matrix. `product`: a times four lines of a matrix from line y on, at x. */
export const matrixGlsl = `
ivec2 at(int row, int col, int width) {
  return ivec2((row >> ${foldShift}) * width + col, row & ${2 ** foldShift - 1});
}
vec2 unitOf(ivec2 size) { return 1.0 / vec2(size); }
vec4 product(vec4 a, sampler2D lines, vec2 unit, float x, float y) {
  return a.x * texture(lines, vec2(x, y * unit.y)) + a.y * texture(lines, vec2(x, (y + 1.0) * unit.y))
       + a.z * texture(lines, vec2(x, (y + 2.0) * unit.y)) + a.w * texture(lines, vec2(x, (y + 3.0) * unit.y));
}`;

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
 * The input of a layer: the data for the first layer, else the activations of the layer below. `INPUT` is the name of the
 * texture, and `ROW(row)` the row in the texture.
 */
export const inputGlsl = (first: boolean) =>
  first
    ? `${dataRowGlsl}
#define ROW(row) dataRow(row)
#define INPUT x`
    : `
#define ROW(row) (row)
#define INPUT below`;

/** The textures that `inputGlsl` reads. */
export const inputTextures = (first: boolean) => (first ? ["x", "order"] : ["below"]);

/**
 * A loop over the inputs of the row `from` (see `ROW`), four at a time. In `body`, `a` holds four inputs and `line` is the first
 * of their four lines of weights, for `product`.
 */
export const overInputsGlsl = ({ inputWidth, base }: Layer, body: string) => `
  vec2 inputUnit = unitOf(textureSize(INPUT, 0));
  ivec2 corner = at(from, 0, ${inputWidth});
  float ax = float(corner.x) + 0.5;
  float ay = (float(corner.y) + 0.5) * inputUnit.y;
  float line = ${base}.5;
  for (int k = 0; k < ${inputWidth}; k++) {
    vec4 a = texture(INPUT, vec2((ax + float(k)) * inputUnit.x, ay));${body}
    line += 4.0;
  }`;

/** The x coordinate of column `col` in a plane of the state, for `product`. */
export const columnGlsl = (width: number, plane: number) => `(float(col) + ${plane * width}.5) * unit.x`;
