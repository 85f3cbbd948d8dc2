import type { Loss } from "../../../core/data/problem";
import type { PassSource } from "../pass";
import { gradSquaresGlsl } from "./backward";
import { batchSizeGlsl, dataRowGlsl, matrixGlsl, rowUniforms } from "./glsl";
import { type Layer, type Layout, planes } from "./layout";
import { tangentWidth } from "./tangent";

/** Texels in a line of a record. */
export const recordWidth = 64;

/** żᵀ(∇²ℓ)ż of a row, with ∇²ℓ = 2/(B·K)·I or (diag(p) − ppᵀ)/B; the latter as Σp(ż − pᵀż)²/B, in which nothing cancels. */
const outputCurvatureGlsl = {
  mse: ({ width, units }: Layer) => `
float outputCurvature(int row) {
  float sum = 0.0;
  for (int c = 0; c < ${width}; c++) { vec4 dz = TANGENT(row, c); sum += dot(dz, dz); }
  return sum * 2.0 / (${units}.0 * batchSize(row));
}`,
  "cross-entropy": ({ width }: Layer) => `
vec4 probability(int row, int data, int c) {
  return DELTA(row, c) * batchSize(row) + texelFetch(y, at(data, c, ${width}), 0);
}
float outputCurvature(int row) {
  int data = dataRow(row);
  float mean = 0.0;
  for (int c = 0; c < ${width}; c++) mean += dot(probability(row, data, c), TANGENT(row, c));
  float sum = 0.0;
  for (int c = 0; c < ${width}; c++) { vec4 e = TANGENT(row, c) - mean; sum += dot(probability(row, data, c), e * e); }
  return sum / batchSize(row);
}`,
};

/**
 * The data of a step that are read back, as consecutive texels:
 *
 * 1. for each line of weights or biases (Σg², Σd²);
 * 2. d, as a parameter vector, where `Layout.directions` is true;
 * 3. for each row of the batch, then for each row of the next batch (its loss, and its terms of slope, curvature and Σ|terms of
 *    curvature|): the mean loss is the sum of the losses divided by the number of rows;
 * 4. for each row of the last batch (loss);
 * 5. for each row of the batch (its term of dᵀGd, the square of its gradient).
 *
 * The uniform `parts` is (texels of parts 1 and 2, texels of parts 3 and 4, all texels); a record has all parts, or only 3 and 4.
 */
export function recordPass(layout: Layout, loss: Loss): PassSource {
  const last = layout.layers.length - 1;
  const layer = layout.layers[last] as Layer;
  const deltas = last === 0 ? "output_" : "back";
  const widths = layout.layers.map((each) => `line <= ${each.biasLine} ? ${each.width} : `).join("");
  return {
    textures: ["next", "gradient", "back", "output_", "tangent", "x", "y", "order"],
    uniforms: { ...rowUniforms, parts: "ivec3" },
    glsl: `${matrixGlsl}${dataRowGlsl}${batchSizeGlsl}
#define D(col, line) texelFetch(next, ivec2(${planes.d * layout.width} + col, line), 0)
#define DELTA(row, c) texelFetch(output_, at(row, c, ${layer.width + 1}), 0)
#define TANGENT(row, c) texelFetch(tangent, at(row, c, ${tangentWidth(layout, last)}), 0)
${outputCurvatureGlsl[loss](layer)}
${gradSquaresGlsl(layout, 0, deltas, "x", "dataRow(row)")}
vec4 squares(int line) {
  int width = ${widths}0;
  vec4 sum = vec4(0);
  for (int c = 0; c < width; c++) {
    vec4 g = texelFetch(gradient, ivec2(c, line), 0);
    vec4 d = D(c, line);
    sum.xy += vec2(dot(g, g), dot(d, d));
  }
  return sum;
}
vec4 measured(int row) {
  float first = outputCurvature(row);
  vec4 sum = vec4(DELTA(row, ${layer.width}).x, 0, first, abs(first));
  for (int c = 0; c < ${layer.width}; c++) {
    vec4 delta = DELTA(row, c);
    sum.y += dot(delta, TANGENT(row, c));${
      last === 0
        ? ""
        : `
    vec4 second = delta * TANGENT(row, c + ${layer.width});
    sum.z += dot(second, vec4(1));
    sum.w += dot(abs(second), vec4(1));`
    }
  }
  return sum;
}
void main() {
  ivec2 here = ivec2(gl_FragCoord.xy);
  int k = here.y * ${recordWidth} + here.x;
  int row = k - parts.x;
  if (k >= parts.z) setOutput(vec4(0));
  else if (k < parts.x) setOutput(k < ${layout.lines} ? squares(k) : ${layout.directions ? directionGlsl(layout) : "vec4(0)"});
  else if (row < end.y) setOutput(measured(row));
  else if (row < parts.y) setOutput(vec4(DELTA(row, ${layer.width}).x, 0, 0, 0));
  else setOutput(vec4(outputCurvature(row - parts.y), gradSquares(row - parts.y), 0, 0));
}`,
  };
}

const directionGlsl = ({ width, lines }: Layout) => `D((k - ${lines}) % ${width}, (k - ${lines}) / ${width})`;

/** Texels of parts 1 and 2 of a record. */
export const recordedParameterTexels = ({ width, lines, directions }: Layout) =>
  lines + (directions ? width * lines : 0);
