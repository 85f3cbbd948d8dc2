import type { PassSource } from "../pass";
import { type Layout, planes } from "./layout";

/**
 * All planes of the next state: the moment estimates updated with g, d, and θ ← θ + s·d.
 *
 * Uniforms: `take` is (mKeep, mTake, vKeep, vTake), computed in float64, because 1 − 0.999 has an error of 1e-5 in float32;
 * `make` is (mWeight, gWeight, vWeight, floor), `go` is (decay, s, sign). The texture `present` is 1 where a lane is a parameter.
 * Where ε = 0 and v = 0, d is NaN, as in PyTorch.
 *
 * @param hasVMax whether the state has a plane for vMax
 */
export function updatePass({ width }: Layout, hasVMax: boolean): PassSource {
  const vMax = hasVMax
    ? `
  v = max(PLANE(${planes.vMax}), v);
  if (plane == ${planes.vMax}) { setOutput(v); return; }`
    : "";
  return {
    textures: ["state", "gradient", "present"],
    uniforms: { take: "vec4", make: "vec4", go: "vec3" },
    glsl: `
#define PLANE(plane) texelFetch(state, ivec2(plane * ${width} + col, here.y), 0)
void main() {
  ivec2 here = ivec2(gl_FragCoord.xy);
  int plane = here.x / ${width};
  int col = here.x % ${width};
  bvec4 used = greaterThan(texelFetch(present, ivec2(col, here.y), 0), vec4(0));
  if (!used.x) { setOutput(vec4(0)); return; }
  vec4 g = texelFetch(gradient, ivec2(col, here.y), 0);
  vec4 m = take.x * PLANE(${planes.m}) + take.y * g;
  if (plane == ${planes.m}) { setOutput(m); return; }
  // Where d is not divided by √v, an overflow of g² must not reach d.
  vec4 v = make.z > 0.0 ? take.z * PLANE(${planes.v}) + take.w * g * g : vec4(0);
  if (plane == ${planes.v}) { setOutput(v); return; }${vMax}
  vec4 size = sqrt(v * make.z) + make.w;
  vec4 d = go.z > 0.0
    ? -sign(PLANE(${planes.m}) * make.x + g * make.y)
    : mix(-(m * make.x + g * make.y) / size, vec4(NAN), equal(size, vec4(0)));
  if (go.x > 0.0) d -= go.x * PLANE(${planes.theta});
  d = mix(vec4(0), d, used);
  setOutput(plane == ${planes.d} ? d : PLANE(${planes.theta}) + go.y * d);
}`,
  };
}
