import type { PassSource } from "../pass";
import { type Layout, planes } from "./layout";
import { recordWidth } from "./record";

/**
 * The step size of the rules `alphaStar` and `alphaStarGN`, computed on the GPU without a read: one texel (slope, curvature, s,
 * 0) from the sums of a record, with s = σ·α* where the verdict is `minimum`, or s = −σ·dᵀg/dᵀGd where d descends, else s = lr.
 * The uniform `parts` is (first texel of part 3, first texel of part 5, rows of the batch) of the record, and `rule` is (lr, σ,
 * rounding, 1 for `alphaStarGN`).
 */
export const choosePass: PassSource = {
  textures: ["record"],
  uniforms: { parts: "ivec3", rule: "vec4" },
  glsl: `
vec4 sumFrom(int first) {
  vec4 sum = vec4(0);
  for (int k = first; k < first + parts.z; k++)
    sum += texelFetch(record, ivec2(k % ${recordWidth}, k / ${recordWidth}), 0);
  return sum;
}
void main() {
  vec4 sum = sumFrom(parts.x);
  float slope = sum.y;
  float curvature = sum.z;
  bool minimum = slope < 0.0 && curvature > rule.z * sum.w;
  float s = minimum ? -rule.y * slope / curvature : rule.x;
  if (rule.w > 0.0) {
    float gaussNewton = sumFrom(parts.y).x;
    s = slope < 0.0 && gaussNewton > 0.0 ? -rule.y * slope / gaussNewton : rule.x;
  }
  setOutput(vec4(slope, curvature, s, 0));
}`,
};

/** The state after a step of the s of `choosePass`: θ ← θ + s·d from the state before; all other planes are those of `next`. */
export function applyPass({ width }: Layout): PassSource {
  return {
    textures: ["state", "next", "chosen"],
    uniforms: {},
    glsl: `
void main() {
  ivec2 here = ivec2(gl_FragCoord.xy);
  if (here.x >= ${width}) { setOutput(texelFetch(next, here, 0)); return; }
  vec4 d = texelFetch(next, here + ivec2(${planes.d * width}, 0), 0);
  setOutput(texelFetch(state, here, 0) + texelFetch(chosen, ivec2(0), 0).z * d);
}`,
  };
}
