import type { PassSource } from "../pass";
import { backwardColumns, deltaWidth } from "./backward";
import { matrixGlsl } from "./glsl";
import { foldRows, foldShift, type Layer, type Layout } from "./layout";

/** The transposed inputs of layer l: the name of a backward texture, the first column, and the width of the texture. */
function transposedInputs(layout: Layout, l: number): { name: string; column: number; width: number } {
  if (layout.layers.length === 1) return { name: "back0", column: 0, width: layout.layers[0]?.inputWidth ?? 0 };
  const columns = backwardColumns(layout, Math.max(0, l - 1));
  return {
    name: `back${Math.max(0, l - 1)}`,
    column: l === 0 ? columns.transposedX : columns.transposed,
    width: columns.width,
  };
}

/** The sums over rows of one layer, for a line of weights or the line of biases. */
function layerGlsl(layout: Layout, l: number): string {
  const { base, biasLine, width } = layout.layers[l] as Layer;
  const delta = l === layout.layers.length - 1 ? "output_" : `back${l}`;
  const stride = deltaWidth(layout, l);
  const inputs = transposedInputs(layout, l);
  // One fold of rows at a time; within a fold four rows at a time.
  const overRows = (body: string) => `
    vec2 unit = unitOf(textureSize(${delta}, 0));
    for (int top = 0; top < batch.y; top += ${foldRows}) {
      float x = (float((top >> ${foldShift}) * ${stride} + here.x) + 0.5) * unit.x;
      int rows = min(batch.y - top, ${foldRows});
      for (int row = 0; row < rows; row += 4) {
        float y = float(row) + 0.5;${body}
      }
    }`;
  return `
  if (here.y < ${biasLine + 1} && here.x >= ${width}) {
  } else if (here.y < ${biasLine}) {
    int line = here.y - ${base};
    vec2 inputUnit = unitOf(textureSize(${inputs.name}, 0));
    float offset = float(line >> 2) + ${inputs.column}.5;
    float lane = float(line & 3);${overRows(`
        float ax = offset + float((top >> ${foldShift}) * ${inputs.width});
        vec4 a = texture(${inputs.name}, vec2(ax, y + lane) * inputUnit);
        g += product(a, ${delta}, unit, x, y);`)}
  } else if (here.y == ${biasLine}) {${overRows(`
        g += product(vec4(lessThan(row + ivec4(0, 1, 2, 3), ivec4(rows))), ${delta}, unit, x, y);`)}
  }`;
}

/**
 * g = ∇L of all layers in one draw, as a parameter vector: g_W[i, j] = Σ_rows a[row, i]·δ[row, j], and g_b[j] = Σ_rows δ[row, j].
 * The inputs are transposed (`backward.ts`), so that five texture reads give sixteen products.
 */
export function gradientPass(layout: Layout): PassSource {
  const hidden = Math.max(1, layout.layers.length - 1);
  return {
    textures: ["output_", ...Array.from({ length: hidden }, (_, l) => `back${l}`)],
    uniforms: { batch: "ivec4" },
    glsl: `${matrixGlsl}
void main() {
  ivec2 here = ivec2(gl_FragCoord.xy);
  vec4 g = vec4(0);${layout.layers.map((_, l) => layerGlsl(layout, l)).join(" else")}
  setOutput(g);
}`,
  };
}
