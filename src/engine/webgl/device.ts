import { type MathBackendWebGL, setWebGLContext } from "@tensorflow/tfjs-backend-webgl/dist/base";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { env, setBackend, backend as tfBackend } from "@tensorflow/tfjs-core";

/** The tfjs WebGL backend on a WebGL2 context that we created. */
export interface Device {
  readonly gl: WebGL2RenderingContext;
  readonly backend: MathBackendWebGL;
  /** The programs of quarter passes by their source, and the framebuffer that these passes draw into. */
  readonly programs: Map<string, WebGLProgram>;
  readonly frame: WebGLFramebuffer;
}

/** Bytes of unused textures that tfjs keeps for reuse; above, freed textures are deleted. */
const textureBudget = 256 * 2 ** 20;

/**
 * Starts the tfjs WebGL backend on `gl`. At most once per worker, because tfjs has one WebGL backend.
 *
 * @throws where the GPU cannot draw into float32 textures: Adam's v underflows in half floats
 */
export async function startDevice(gl: WebGL2RenderingContext): Promise<Device> {
  setWebGLContext(2, gl);
  env().set("WEBGL_DELETE_TEXTURE_THRESHOLD", textureBudget);
  await setBackend("webgl");
  if (!env().getBool("WEBGL_RENDER_FLOAT32_ENABLED")) throw new Error("This GPU cannot draw into float32 textures.");
  return { gl, backend: tfBackend() as MathBackendWebGL, programs: new Map(), frame: gl.createFramebuffer() };
}

/** The shape that tfjs needs for a packed texture of `width` × `height` texels: two rows and two columns per texel. */
export function shapeOf([width, height]: readonly [number, number]): [number, number] {
  return [2 * height, 2 * width];
}

/** A texture of `size` texels (width, height) with undefined contents. */
export function allocate({ backend }: Pick<Device, "backend">, size: readonly [number, number]): TensorInfo {
  const tensor = backend.makeTensorInfo(shapeOf(size), "float32");
  backend.texData.get(tensor.dataId).isPacked = true;
  backend.uploadToGPU(tensor.dataId);
  return tensor;
}

/** A texture of `size` texels (width, height) with the contents `texels`, four numbers per texel, row by row. */
export function upload({ backend }: Device, size: readonly [number, number], texels: Float32Array): TensorInfo {
  const tensor = allocate({ backend }, size);
  overwrite({ backend }, tensor, texels);
  return tensor;
}

/** Replaces all numbers of a texture. */
export function overwrite({ backend }: Pick<Device, "backend">, tensor: TensorInfo, texels: Float32Array): void {
  const [height, width] = tensor.shape as [number, number];
  backend.gpgpu.uploadDenseMatrixToTexture(backend.getTexture(tensor.dataId), width / 2, height / 2, texels);
}
