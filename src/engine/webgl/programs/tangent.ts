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
  rowOf,
  rowsGlsl,
  rowUniforms,
  setResult,
  texelAt,
} from "./glsl";
import { type Layer, type Layout, planes, rowsOf } from "./layout";

/** Texels of a row of tangents: ż, followed by z̈ except for the first layer, where z̈ = 0. */
export const tangentWidth = (layout: Layout, l: number) => (layout.layers[l] as Layer).width * (l === 0 ? 1 : 2);

/** Whether the tangents of layer l are stored as ȧ and ä: for hidden layers of ReLU, where ȧ = φ′ż and ä = φ′z̈. */
export const storesActivation = (layout: Layout, l: number, activation: Activation) =>
  activation === "relu" && l < layout.layers.length - 1;

/** The first layer: ż = xD + e. */
const firstGlsl = (layer: Layer, rows: number) =>
  `${biasGlsl(layer, rows)}${overInputsGlsl(
    layer,
    `
    mat4 d = linesAt(next, unit, dx, line);${each(
      rows,
      (q) => `
    sum${q} += times(${texelAt("inputs", q)}, d);`,
    )}`,
  )}`;

const biasGlsl = ({ biasLine }: Layer, rows: number) => `
  vec4 bias = texture(next, vec2(dx, ${biasLine}.5 * unit.y));${each(
    rows,
    (q) => `
  sum${q} = bias;`,
  )}`;

/**
 * A later layer: ż = aD + e + ȧW in the left half, z̈ = 2ȧD + äW in the right half, with ȧ = φ′ż and ä = φ″ż² + φ′z̈. Each half has
 * a loop of its own, so that it reads only its own factors.
 *
 * @param stored whether the layer below stores ȧ and ä
 */
function laterGlsl(layout: Layout, l: number, rows: number, stored: boolean): string {
  const layer = layout.layers[l] as Layer;
  const { inputWidth } = layer;
  const dz = (q: number) => texelAt("tangent", q);
  const ddz = (q: number) => texelAt("tangent", q, `k + ${inputWidth}`);
  const a = (q: number) => `vec4 a${q} = ${texelAt("inputs", q)};`;
  const da = (q: number) =>
    stored ? `vec4 da${q} = ${dz(q)};` : `vec4 dz${q} = ${dz(q)}, da${q} = phi1(a${q}) * dz${q};`;
  // z̈ = 0 in the first layer: after a first layer of ReLU, ä = 0.
  const dda = (q: number) => {
    if (stored) return l > 1 ? ddz(q) : "";
    return `phi2(a${q}) * dz${q} * dz${q}${l > 1 ? ` + phi1(a${q}) * ${ddz(q)}` : ""}`;
  };
  const d = "mat4 d = linesAt(next, unit, dx, line);";
  const w = "mat4 w = linesAt(state, unit, wx, line);";
  return `${rowsGlsl("tangent", rows, rowOf, tangentWidth(layout, l - 1))}
  if (curved) {${overInputsGlsl(
    layer,
    `
    ${d}${
      dda(0) &&
      `
    ${w}`
    }${each(
      rows,
      (q) => `
    ${stored ? "" : a(q)}
    ${da(q)}
    sum${q} += times(2.0 * da${q}, d);${
      dda(q) &&
      `
    sum${q} += times(${dda(q)}, w);`
    }`,
    )}`,
  )}
  } else {${biasGlsl(layer, rows)}${overInputsGlsl(
    layer,
    `
    ${d}
    ${w}${each(
      rows,
      (q) => `
    ${a(q)}
    ${da(q)}
    sum${q} += times(a${q}, d);
    sum${q} += times(da${q}, w);`,
    )}`,
  )}
  }`;
}

/**
 * The tangent sweep (forward mode), to second order: with z(α) = z + αż + ½α²z̈ + …, the second derivative of the loss is
 * h″(0) = ż_Lᵀ(∇²ℓ)ż_L + ⟨δ_L, z̈_L⟩, summed in `record.ts`. This form needs no δ of hidden layers. The cpu engine uses the form with
 * Σ⟨δ_l, 2ȧ_{l−1}D_l⟩; for two layers with ReLU both forms have the same products.
 * `state` is the state before the step, for θ; `next` is the state after the step, for d; `own` holds a of this layer.
 */
export function tangentPass(layout: Layout, l: number, activation: Activation): PassSource {
  const layer = layout.layers[l] as Layer;
  const first = l === 0;
  const rows = rowsOf(layer);
  const stores = storesActivation(layout, l, activation);
  const own = (q: number) => `phi1(texelFetch(own, at(${rowOf(q)}, col, ${layer.width}), 0)) * sum${q}`;
  return {
    textures: ["state", "next", ...inputTextures(first), ...(first ? [] : ["tangent"]), ...(stores ? ["own"] : [])],
    uniforms: rowUniforms,
    quarters: rows > 1,
    glsl: `${matrixGlsl}${inputGlsl(first)}${activationGlsl(activation)}
void main() {${locateGlsl(tangentWidth(layout, l))}
  bool curved = col >= ${layer.width};
  if (curved) col -= ${layer.width};
  vec2 unit = unitOf(textureSize(next, 0));
  float dx = ${columnGlsl(layout.width, planes.d)};
  float wx = ${columnGlsl(layout.width, planes.theta)};${each(
    rows,
    (q) => `
  vec4 sum${q} = vec4(0);`,
  )}${rowsGlsl("inputs", rows, (q) => `ROW(${rowOf(q)})`, layer.inputWidth)}${
    first ? firstGlsl(layer, rows) : laterGlsl(layout, l, rows, storesActivation(layout, l - 1, activation))
  }${each(
    rows,
    (q) => `
  ${setResult(rows, q, stores ? own(q) : `sum${q}`)}`,
  )}
}`,
  };
}
