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
  rowUniforms,
} from "./glsl";
import { type Layer, type Layout, planes } from "./layout";

/** Texels of a row of tangents: ż, followed by z̈ except for the first layer, where z̈ = 0. */
export const tangentWidth = (layout: Layout, l: number) => (layout.layers[l] as Layer).width * (l === 0 ? 1 : 2);

/** The first layer: ż = xD + e. */
const firstGlsl = (layer: Layer) => `
  vec4 sum = texture(next, vec2(dx, ${layer.biasLine}.5 * unit.y));${overInputsGlsl(
    layer,
    `
    sum += product(a, next, unit, dx, line);`,
  )}`;

/** A later layer: ż = aD + e + ȧW in the left half, z̈ = 2ȧD + äW in the right half, with ȧ = φ′ż and ä = φ″ż² + φ′z̈. */
function laterGlsl(layout: Layout, l: number, linear: boolean): string {
  const layer = layout.layers[l] as Layer;
  const { inputWidth, biasLine } = layer;
  // z̈ = 0 in the first layer, and φ″ = 0 for ReLU: after a first layer of ReLU, ä = 0.
  const secondOrder = [
    ...(linear ? [] : ["phi2(a) * dz * dz"]),
    ...(l > 1 ? [`phi1(a) * texture(tangent, vec2((tx + float(k + ${inputWidth})) * tangentUnit.x, ty))`] : []),
  ].join(" + ");
  return `
  vec2 tangentUnit = unitOf(textureSize(tangent, 0));
  ivec2 tangentCorner = at(row, 0, ${tangentWidth(layout, l - 1)});
  float tx = float(tangentCorner.x) + 0.5;
  float ty = (float(tangentCorner.y) + 0.5) * tangentUnit.y;
  vec4 sum = curved ? vec4(0) : texture(next, vec2(dx, ${biasLine}.5 * unit.y));${overInputsGlsl(
    layer,
    `
    vec4 dz = texture(tangent, vec2((tx + float(k)) * tangentUnit.x, ty));
    vec4 da = phi1(a) * dz;
    sum += product(curved ? 2.0 * da : a, next, unit, dx, line);
    ${secondOrder === "" ? "if (!curved) sum += product(da" : `sum += product(curved ? ${secondOrder} : da`}, state, unit, wx, line);`,
  )}`;
}

/**
 * The tangent sweep (forward mode), to second order: with z(α) = z + αż + ½α²z̈ + …, the second derivative of the loss is
 * h″(0) = ż_Lᵀ(∇²ℓ)ż_L + ⟨δ_L, z̈_L⟩, summed in `record.ts`. This form needs no δ of hidden layers. The cpu engine uses the form with
 * Σ⟨δ_l, 2ȧ_{l−1}D_l⟩; for two layers with ReLU both forms have the same products.
 * `state` is the state before the step, for θ; `next` is the state after the step, for d.
 */
export function tangentPass(layout: Layout, l: number, activation: Activation): PassSource {
  const layer = layout.layers[l] as Layer;
  const first = l === 0;
  return {
    textures: ["state", "next", ...inputTextures(first), ...(first ? [] : ["tangent"])],
    uniforms: rowUniforms,
    glsl: `${matrixGlsl}${inputGlsl(first)}${activationGlsl(activation)}
void main() {${locateGlsl(tangentWidth(layout, l))}
  bool curved = col >= ${layer.width};
  if (curved) col -= ${layer.width};
  int from = ROW(row);
  vec2 unit = unitOf(textureSize(next, 0));
  float dx = ${columnGlsl(layout.width, planes.d)};
  float wx = ${columnGlsl(layout.width, planes.theta)};${first ? firstGlsl(layer) : laterGlsl(layout, l, activation === "relu")}
  setOutput(sum);
}`,
  };
}
