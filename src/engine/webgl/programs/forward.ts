import type { Activation } from "../../../core/recipe/recipe";
import type { PassSource } from "../pass";
import {
  activationGlsl,
  columnGlsl,
  each,
  inputGlsl,
  inputTextures,
  locateGlsl,
  matrixGlsl,
  overInputsGlsl,
  presentGlsl,
  rowOf,
  rowsGlsl,
  rowUniforms,
  setResult,
  texelAt,
} from "./glsl";
import { type Layer, type Layout, planes, rowsOf } from "./layout";

/** z0 = aW + b, z1, … of four units in column `col`, for the rows `row(0)`, … of the input. */
export const affineGlsl = ({ width }: Layout, layer: Layer, rows: number, row: (q: number) => string) => `
  vec2 unit = unitOf(textureSize(state, 0));
  float px = ${columnGlsl(width, planes.theta)};
  vec4 z0 = texture(state, vec2(px, ${layer.biasLine}.5 * unit.y));${each(
    rows - 1,
    (q) => `
  vec4 z${q + 1} = z0;`,
  )}${rowsGlsl("inputs", rows, row, layer.inputWidth)}${overInputsGlsl(
    layer,
    `
    mat4 w = linesAt(state, unit, px, line);${each(
      rows,
      (q) => `
    z${q} += times(${texelAt("inputs", q)}, w);`,
    )}`,
  )}`;

/**
 * The forward sweep of a hidden layer: a = φ(a₋W + b), rows × units. The rows are those of the batch, of the next batch
 * that judges the step, and of the last batch, so that neither the judgement nor h(s), the loss after the last step, needs
 * further draws.
 */
export function forwardPass(layout: Layout, l: number, activation: Activation): PassSource {
  const layer = layout.layers[l] as Layer;
  const rows = rowsOf(layer);
  return {
    textures: ["state", ...inputTextures(l === 0)],
    uniforms: rowUniforms,
    quarters: rows > 1,
    glsl: `${matrixGlsl}${inputGlsl(l === 0)}${activationGlsl(activation)}${presentGlsl(layer.units)}
void main() {${locateGlsl(layer.width)}${affineGlsl(layout, layer, rows, (q) => `ROW(${rowOf(q)})`)}${each(
      rows,
      (q) => `
  ${setResult(rows, q, `mix(vec4(0), phi(z${q}), present(col))`)}`,
    )}
}`,
  };
}
