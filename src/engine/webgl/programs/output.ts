import type { Loss } from "../../../core/data/problem";
import type { PassSource } from "../pass";
import { affineGlsl } from "./forward";
import {
  batchSizeGlsl,
  dataRowGlsl,
  inputGlsl,
  inputTextures,
  locateGlsl,
  matrixGlsl,
  presentGlsl,
  rowUniforms,
} from "./glsl";
import type { Layer, Layout } from "./layout";

const residualGlsl = {
  // δ = 2(z − y)/(B·K). The loss of a row is Σ(z − y)²/K.
  mse: ({ width, units }: Layer) => `
vec4 residual(int from, int data, int col) {
  return mix(vec4(0), affine(from, col) - target(data, col), present(col));
}
vec4 delta(int from, int data, int col, float rows) {
  return residual(from, data, col) * (2.0 / (${units}.0 * rows));
}
float rowLoss(int from, int data) {
  float sum = 0.0;
  for (int c = 0; c < ${width}; c++) { vec4 e = residual(from, data, c); sum += dot(e, e); }
  return sum / ${units}.0;
}`,
  // δ = (softmax(z) − y)/B. The loss of a row is log Σexp z − z·y. One pass over the units computes the largest z, the sum of
  // exp relative to it and z·y, and returns the z of one column.
  "cross-entropy": ({ width }: Layer) => `
vec3 sweep(int from, int data, int own, out vec4 ownZ) {
  vec3 found = vec3(-3e38, 0, 0);
  for (int c = 0; c < ${width}; c++) {
    vec4 z = affine(from, c);
    if (c == own) ownZ = z;
    found.z += dot(mix(vec4(0), z * target(data, c), present(c)), vec4(1));
    z = mix(vec4(-3e38), z, present(c));
    float top = max(max(z.x, z.y), max(z.z, z.w));
    if (!(top <= found.x)) { found.y *= exp(found.x - top); found.x = top; }
    found.y += dot(exp(z - found.x), vec4(1));
  }
  return found;
}
vec4 delta(int from, int data, int col, float rows) {
  vec4 z;
  vec3 found = sweep(from, data, col, z);
  return mix(vec4(0), exp(z - found.x) / found.y - target(data, col), present(col)) / rows;
}
float rowLoss(int from, int data) {
  vec4 z;
  vec3 found = sweep(from, data, 0, z);
  return log(found.y) + found.x - found.z;
}`,
};

/**
 * The forward sweep of the last layer, and the loss: δ_L = ∂L/∂z_L, rows × units, and in one further column the loss of each
 * row. B is the number of rows of the batch or of the next batch. Rows of the last batch have their loss only.
 */
export function outputPass(layout: Layout, loss: Loss): PassSource {
  const l = layout.layers.length - 1;
  const layer = layout.layers[l] as Layer;
  const first = l === 0;
  return {
    textures: ["state", "y", ...(first ? [] : ["order"]), ...inputTextures(first)],
    uniforms: rowUniforms,
    glsl: `${matrixGlsl}${first ? "" : dataRowGlsl}${inputGlsl(first)}${batchSizeGlsl}${presentGlsl(layer.units)}
vec4 affine(int from, int col) {${affineGlsl(layout, layer, 1, () => "from")}
  return z0;
}
vec4 target(int data, int col) { return texelFetch(y, at(data, col, ${layer.width}), 0); }
${residualGlsl[loss](layer)}
void main() {${locateGlsl(layer.width + 1)}
  int data = dataRow(row);
  int from = ROW(row);
  if (col == ${layer.width}) setOutput(vec4(rowLoss(from, data), 0, 0, 0));
  else if (row < end.y) setOutput(delta(from, data, col, batchSize(row)));
  else setOutput(vec4(0));
}`,
  };
}
