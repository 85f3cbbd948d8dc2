import type { Activation } from "../../../core/recipe/recipe";
import type { PassSource } from "../pass";
import {
  activationGlsl,
  columnGlsl,
  inputGlsl,
  inputTextures,
  locateGlsl,
  matrixGlsl,
  overInputsGlsl,
  presentGlsl,
  rowUniforms,
} from "./glsl";
import { type Layer, type Layout, planes } from "./layout";

/** GLSL `affine(from, col)`: z = aW + b of four units, for the input row `from` (see `ROW`). */
export const affineGlsl = ({ width }: Layout, layer: Layer) => `
vec4 affine(int from, int col) {
  vec2 unit = unitOf(textureSize(state, 0));
  float px = ${columnGlsl(width, planes.theta)};
  vec4 z = texture(state, vec2(px, ${layer.biasLine}.5 * unit.y));${overInputsGlsl(
    layer,
    `
    z += product(a, state, unit, px, line);`,
  )}
  return z;
}`;

/**
 * The forward sweep of a hidden layer: a = φ(a₋W + b), rows × units. The rows are those of the batch, of the next batch
 * that judges the step, and of the last batch, so that neither the judgement nor h(s), the loss after the last step, needs
 * further draws.
 */
export function forwardPass(layout: Layout, l: number, activation: Activation): PassSource {
  const layer = layout.layers[l] as Layer;
  return {
    textures: ["state", ...inputTextures(l === 0)],
    uniforms: rowUniforms,
    glsl: `${matrixGlsl}${inputGlsl(l === 0)}${activationGlsl(activation)}${presentGlsl(layer.units)}
${affineGlsl(layout, layer)}
void main() {${locateGlsl(layer.width)}
  setOutput(mix(vec4(0), phi(affine(ROW(row), col)), present(col)));
}`,
  };
}
