import type { PassSource } from "../pass";
import { type Layout, planes } from "./layout";
import { recordWidth } from "./record";

/**
 * The step size of the rule `alphaStar`, computed on the GPU without a read: one texel (slope, curvature, s, 0) from the sums
 * of a record, with s = σ·α* where the verdict is `minimum`, else s = lr. The uniform `parts` is (texels of parts 1 and 2,
 * rows of part 3) of the record, and `rule` is (lr, σ, rounding).
 */
export const choosePass: PassSource = {
  textures: ["record"],
  uniforms: { parts: "ivec2", rule: "vec3" },
  glsl: `
void main() {
  vec4 sum = vec4(0);
  for (int k = parts.x; k < parts.x + parts.y; k++)
    sum += texelFetch(record, ivec2(k % ${recordWidth}, k / ${recordWidth}), 0);
  float slope = sum.y;
  float curvature = sum.z;
  bool minimum = slope < 0.0 && curvature > rule.z * sum.w;
  setOutput(vec4(slope, curvature, minimum ? -rule.y * slope / curvature : rule.x, 0));
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
