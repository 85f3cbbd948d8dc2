import { type Layout, planes } from "./layout";
import type { PassSource } from "./pass";

/**
 * Adam, taking in g: m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², d = −(m/c₁)/(√(v/c₂) + ε), θ ← θ + s·d; all four planes.
 *
 * Uniforms: `decay` is (β₁, 1−β₁, β₂, 1−β₂), each formed in doubles, since 1 − 0.999 is wrong by 1e-5 in float32;
 * `scale` is (1/c₁, 1/c₂, ε, s). `present` is 1 where a lane is a parameter. ε = 0 and v = 0 make d NaN, as in PyTorch.
 */
export function adamPass({ width }: Layout): PassSource {
  return {
    textures: ["state", "gradient", "present"],
    uniforms: { decay: "vec4", scale: "vec4" },
    glsl: `
#define PLANE(plane) texelFetch(state, ivec2(plane * ${width} + col, here.y), 0)
void main() {
  ivec2 here = ivec2(gl_FragCoord.xy);
  int plane = here.x / ${width};
  int col = here.x % ${width};
  bvec4 used = greaterThan(texelFetch(present, ivec2(col, here.y), 0), vec4(0));
  if (!used.x) { setOutput(vec4(0)); return; }
  vec4 g = texelFetch(gradient, ivec2(col, here.y), 0);
  vec4 m = decay.x * PLANE(${planes.m}) + decay.y * g;
  if (plane == ${planes.m}) { setOutput(m); return; }
  vec4 v = decay.z * PLANE(${planes.v}) + decay.w * g * g;
  if (plane == ${planes.v}) { setOutput(v); return; }
  vec4 size = sqrt(v * scale.y) + scale.z;
  vec4 d = mix(-(m * scale.x) / size, vec4(NAN), equal(size, vec4(0)));
  d = mix(vec4(0), d, used);
  setOutput(plane == ${planes.d} ? d : PLANE(${planes.theta}) + scale.w * d);
}`,
  };
}
