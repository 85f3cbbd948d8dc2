import type { GPGPUProgram } from "@tensorflow/tfjs-backend-webgl/dist/gpgpu_math";
import type { UniformType } from "@tensorflow/tfjs-backend-webgl/dist/shader_compiler";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { type Device, shapeOf } from "./device";
import { makeQuarterPass } from "./quarterPass";

/** A fused program: the names of its textures and uniforms, in the order in which values are passed, and its GLSL. */
export interface PassSource {
  readonly textures: readonly string[];
  readonly uniforms: Readonly<Record<string, UniformType>>;
  readonly glsl: string;
  /** Whether a fragment computes four texels (`quarterPass.ts`). */
  readonly quarters?: boolean;
}

/** Draws `size` texels (width, height) into a new texture and returns it. */
export type Pass = (size: readonly [number, number], textures: TensorInfo[], uniforms: number[][]) => TensorInfo;

/**
 * A program that runs through tfjs, unless its fragments compute four texels. Shapes are passed as uniforms
 * (`enableShapeUniforms`), so that a new batch size compiles nothing. Our GLSL computes texel coordinates itself and never calls the samplers that tfjs generates: their shape uniforms
 * are faulty (tfjs issues 6478, 7430).
 */
export function makePass(device: Device, source: PassSource): Pass {
  if (source.quarters) return makeQuarterPass(device, source);
  const { backend } = device;
  const program: GPGPUProgram = {
    variableNames: [...source.textures],
    outputShape: [],
    userCode: source.glsl,
    packedInputs: true,
    packedOutput: true,
    enableShapeUniforms: true,
    customUniforms: Object.entries(source.uniforms).map(([name, type]) => ({ name, type })),
  };
  return (size, textures, uniforms) => {
    program.outputShape = shapeOf(size);
    return backend.compileAndRun(program, textures, "float32", uniforms, true);
  };
}
