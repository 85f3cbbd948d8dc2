import type { Activation } from "../../../core/recipe/recipe";
import type { PassSource } from "../pass";
import {
  activationGlsl,
  dataRowGlsl,
  each,
  locateGlsl,
  matrixGlsl,
  rowOf,
  rowsGlsl,
  rowUniforms,
  setResult,
  texelAt,
} from "./glsl";
import { type Layer, type Layout, planes, rowsOf } from "./layout";

/**
 * Elsewhere a texel holds four units of one row. The gradient sums over rows, and reads texels that hold one unit of four rows:
 * matrices transposed in blocks of 4 × 4. In a block, texel (line q, column c) holds unit 4c + q of the block's four rows.
 * The number of rows is rounded up to a multiple of four, and rows after the batch are zero.
 */
const transposedGlsl = (name: string, texel: string) => `
vec4 ${name}(int row, int col) {
  int unit = row & 3;
  int first = row - unit;
  vec4 rows = vec4(0);
  for (int k = 0; k < 4; k++) if (first + k < end.x) rows[k] = ${texel}[unit];
  return rows;
}`;

const transposedXGlsl = (width: number) =>
  `${dataRowGlsl}${transposedGlsl("transposedX", `texelFetch(x, at(dataRow(first + k), col, ${width}), 0)`)}`;

/**
 * The columns of a hidden layer's backward texture: δ_l, then a_l transposed, for the first layer then x transposed, and a last
 * column (0, Σ_{k>l}‖∂L/∂(W_k, b_k)‖² of the row).
 */
export function backwardColumns(layout: Layout, l: number) {
  const { width, inputWidth } = layout.layers[l] as Layer;
  const squares = 2 * width + (l === 0 ? inputWidth : 0);
  return { transposed: width, transposedX: 2 * width, squares, width: squares + 1 };
}

/** Texels of a row of the texture that holds δ_l: a backward texture, or the output, whose last column is (loss, 0). */
export const deltaWidth = (layout: Layout, l: number) =>
  l === layout.layers.length - 1 ? (layout.layers[l] as Layer).width + 1 : backwardColumns(layout, l).width;

/**
 * `gradSquares`: Σ_{k≥l}‖∂L/∂(W_k, b_k)‖² of a row. The gradient of layer k is the outer product of (a_{k−1}, 1) and δ_k, so that
 * its square is (‖a_{k−1}‖² + 1)‖δ_k‖². The sum over the layers above l is in the last column of the texture with δ_l.
 *
 * @param deltas the texture with δ_l
 * @param inputs the texture with a_{l−1}, and the row of this texture
 */
export function gradSquaresGlsl(layout: Layout, l: number, deltas: string, inputs: string, inputRow: string): string {
  const { width, inputWidth } = layout.layers[l] as Layer;
  const stride = deltaWidth(layout, l);
  return `
float gradSquares(int row) {
  vec2 sums = vec2(1, 0);
  int from = ${inputRow};
  for (int c = 0; c < ${inputWidth}; c++) { vec4 a = texelFetch(${inputs}, at(from, c, ${inputWidth}), 0); sums.x += dot(a, a); }
  for (int c = 0; c < ${width}; c++) { vec4 e = texelFetch(${deltas}, at(row, c, ${stride}), 0); sums.y += dot(e, e); }
  return texelFetch(${deltas}, at(row, ${stride - 1}, ${stride}), 0).y + sums.x * sums.y;
}`;
}

/**
 * The backward sweep of hidden layer l: δ_l = (δ_{l+1}W_{l+1}ᵀ)∘φ′(z_l), rows × units, the transposed inputs of layer l + 1, and
 * the squares of the rows' gradients above l.
 */
export function backwardPass(layout: Layout, l: number, activation: Activation): PassSource {
  const above = layout.layers[l + 1] as Layer;
  const { width, inputWidth } = layout.layers[l] as Layer;
  const columns = backwardColumns(layout, l);
  const rows = rowsOf(above);
  const results = (value: (row: string, q: number) => string) =>
    each(
      rows,
      (q) => `
    ${setResult(rows, q, value(rowOf(q), q))}`,
    );
  return {
    textures: ["state", "activation", "above", ...(l === 0 ? ["x", "order"] : [])],
    uniforms: rowUniforms,
    quarters: rows > 1,
    glsl: `${matrixGlsl}${activationGlsl(activation)}
${transposedGlsl("transposed", `texelFetch(activation, at(first + k, col, ${width}), 0)`)}
${l === 0 ? transposedXGlsl(inputWidth) : ""}
${gradSquaresGlsl(layout, l + 1, "above", "activation", "row")}
void main() {${locateGlsl(columns.width)}
  if (col < ${width}) {
    vec2 unit = unitOf(textureSize(state, 0));${rowsGlsl("above", rows, rowOf, deltaWidth(layout, l + 1))}${each(
      rows,
      (q) => `
    vec4 beta${q} = vec4(0);`,
    )}
    float line = ${above.base}.5 + 4.0 * float(col);
    for (int k = 0; k < ${above.width}; k++) {
      mat4 w = linesAt(state, unit, (float(k) + ${planes.theta * layout.width}.5) * unit.x, line);${each(
        rows,
        (q) => `
      beta${q} += ${texelAt("above", q)} * w;`,
      )}
    }${results((row, q) => `${row} < end.x ? beta${q} * phi1(texelFetch(activation, at(${row}, col, ${width}), 0)) : vec4(0)`)}
  } else if (col < ${columns.transposedX}) {${results((row) => `transposed(${row}, col - ${width})`)}
  }${
    l === 0
      ? ` else if (col < ${columns.squares}) {${results((row) => `transposedX(${row}, col - ${columns.transposedX})`)}
  }`
      : ""
  } else {${results((row) => `vec4(0, ${row} < end.x ? gradSquares(${row}) : 0.0, 0, 0)`)}
  }
}`,
  };
}

/** x transposed, for a network without hidden layers, which has no backward sweep. */
export function transposePass(layout: Layout): PassSource {
  const { inputWidth } = layout.layers[0] as Layer;
  return {
    textures: ["x", "order"],
    uniforms: rowUniforms,
    glsl: `${matrixGlsl}${transposedXGlsl(inputWidth)}
void main() {${locateGlsl(inputWidth)}
  setOutput(transposedX(row, col));
}`,
  };
}
