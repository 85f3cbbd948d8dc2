import type { PassSource } from "../pass";
import { backwardColumns, deltaWidth } from "./backward";
import { matrixGlsl, rowUniforms } from "./glsl";
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

/**
 * `batchProduct`: a product with the last line of the batch instead of lines after it, whose factors are 0. A product 0·δ with δ
 * of another batch would be NaN where that δ is not finite.
 */
const batchProductGlsl = `
vec4 batchProduct(vec4 a, sampler2D lines, vec2 unit, float x, float y, float last) {
  vec4 ys = min(y + vec4(0, 1, 2, 3), last) * unit.y;
  return a.x * texture(lines, vec2(x, ys.x)) + a.y * texture(lines, vec2(x, ys.y))
       + a.z * texture(lines, vec2(x, ys.z)) + a.w * texture(lines, vec2(x, ys.w));
}`;

/** The sums over rows of one layer, for a line of weights or the line of biases. */
function layerGlsl(layout: Layout, l: number): string {
  const { base, biasLine, width } = layout.layers[l] as Layer;
  const isLast = l === layout.layers.length - 1;
  const delta = isLast ? "output_" : `back${l}`;
  // The rows of `output_` after the batch belong to other batches.
  const sum = isLast
    ? "batchProduct(%, output_, unit, x, y, float(rows) - 0.5)"
    : `times(%, linesAt(${delta}, unit, x, y))`;
  const stride = deltaWidth(layout, l);
  const inputs = transposedInputs(layout, l);
  // One fold of rows at a time; within a fold four rows at a time.
  const overRows = (body: string) => `
    vec2 unit = unitOf(textureSize(${delta}, 0));
    for (int top = 0; top < end.x; top += ${foldRows}) {
      float x = (float((top >> ${foldShift}) * ${stride} + here.x) + 0.5) * unit.x;
      int rows = min(end.x - top, ${foldRows});
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
        g += ${sum.replace("%", "a")};`)}
  } else if (here.y == ${biasLine}) {${overRows(`
        g += ${sum.replace("%", "vec4(lessThan(row + ivec4(0, 1, 2, 3), ivec4(rows)))")};`)}
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
    uniforms: rowUniforms,
    glsl: `${matrixGlsl}${batchProductGlsl}
void main() {
  ivec2 here = ivec2(gl_FragCoord.xy);
  vec4 g = vec4(0);${layout.layers.map((_, l) => layerGlsl(layout, l)).join(" else")}
  setOutput(g);
}`,
  };
}
