import type { Activation } from "../../../core/recipe/recipe";
import type { PassSource } from "../pass";
import { activationGlsl, dataRowGlsl, locateGlsl, matrixGlsl } from "./glsl";
import { type Layer, type Layout, planes } from "./layout";

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
  for (int k = 0; k < 4; k++) if (first + k < batch.y) rows[k] = ${texel}[unit];
  return rows;
}`;

const transposedXGlsl = (width: number) =>
  `${dataRowGlsl}${transposedGlsl("transposedX", `texelFetch(x, at(dataRow(first + k), col, ${width}), 0)`)}`;

/** The columns of a hidden layer's backward texture: δ_l, then a_l transposed; for the first layer then x transposed. */
export function backwardColumns(layout: Layout, l: number): { transposed: number; transposedX: number; width: number } {
  const { width, inputWidth } = layout.layers[l] as Layer;
  return { transposed: width, transposedX: 2 * width, width: 2 * width + (l === 0 ? inputWidth : 0) };
}

/** Texels of a row of the texture that holds δ_l: a backward texture, or the output, which has one more column for the loss. */
export const deltaWidth = (layout: Layout, l: number) =>
  l === layout.layers.length - 1 ? (layout.layers[l] as Layer).width + 1 : backwardColumns(layout, l).width;

/** The backward sweep of hidden layer l: δ_l = (δ_{l+1}W_{l+1}ᵀ)∘φ′(z_l), rows × units, and the transposed inputs of layer l + 1. */
export function backwardPass(layout: Layout, l: number, activation: Activation): PassSource {
  const above = layout.layers[l + 1] as Layer;
  const { width, inputWidth } = layout.layers[l] as Layer;
  const columns = backwardColumns(layout, l);
  const row = (k: number) => `dot(delta, texture(state, vec2(wx, (line + ${k}.0) * unit.y)))`;
  return {
    textures: ["state", "activation", "above", ...(l === 0 ? ["x", "order"] : [])],
    uniforms: { batch: "ivec4" },
    glsl: `${matrixGlsl}${activationGlsl(activation)}
${transposedGlsl("transposed", `texelFetch(activation, at(first + k, col, ${width}), 0)`)}
${l === 0 ? transposedXGlsl(inputWidth) : ""}
vec4 backward(int row, int col) {
  vec2 unit = unitOf(textureSize(state, 0));
  vec2 aboveUnit = unitOf(textureSize(above, 0));
  vec2 corner = vec2(at(row, 0, ${deltaWidth(layout, l + 1)})) + 0.5;
  float line = ${above.base}.5 + 4.0 * float(col);
  vec4 beta = vec4(0);
  for (int k = 0; k < ${above.width}; k++) {
    vec4 delta = texture(above, vec2(corner.x + float(k), corner.y) * aboveUnit);
    float wx = (float(k) + ${planes.theta * layout.width}.5) * unit.x;
    beta += vec4(${[0, 1, 2, 3].map(row).join(", ")});
  }
  return beta * phi1(texelFetch(activation, at(row, col, ${width}), 0));
}
void main() {${locateGlsl(columns.width)}
  if (col < ${width}) setOutput(row < batch.y ? backward(row, col) : vec4(0));
  else ${l === 0 ? `if (col < ${columns.transposedX}) ` : ""}setOutput(transposed(row, col - ${width}));
  ${l === 0 ? `else setOutput(transposedX(row, col - ${columns.transposedX}));` : ""}
}`,
  };
}

/** x transposed, for a network without hidden layers, which has no backward sweep. */
export function transposePass(layout: Layout): PassSource {
  const { inputWidth } = layout.layers[0] as Layer;
  return {
    textures: ["x", "order"],
    uniforms: { batch: "ivec4" },
    glsl: `${matrixGlsl}${transposedXGlsl(inputWidth)}
void main() {${locateGlsl(inputWidth)}
  setOutput(transposedX(row, col));
}`,
  };
}
