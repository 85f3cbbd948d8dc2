import { env, type TensorInfo } from "@tensorflow/tfjs-core";
import { allocate, type Device } from "./device";
import type { Pass, PassSource } from "./pass";

const quarters = [0, 1, 2, 3] as const;

/** One triangle that covers all texels. */
const vertexGlsl = `#version 300 es
void main() { gl_Position = vec4(gl_VertexID == 1 ? 3 : -1, gl_VertexID == 2 ? 3 : -1, 0, 1); }`;

const fragmentGlsl = ({ textures, uniforms, glsl }: PassSource) => `#version 300 es
precision highp float;
precision highp int;
precision highp sampler2D;
${textures.map((name) => `uniform sampler2D ${name};`).join("\n")}
${Object.entries({ ...uniforms, lines: "int" })
  .map(([name, type]) => `uniform ${type} ${name};`)
  .join("\n")}
${quarters.map((quarter) => `layout(location = ${quarter}) out vec4 quarter${quarter};`).join("\n")}
${glsl}`;

/** The program of a source, from the programs of the device where it is there. It may still be compiled on another thread. */
function programOf({ gl, programs }: Device, source: PassSource): WebGLProgram {
  const text = fragmentGlsl(source);
  const known = programs.get(text);
  if (known) return known;
  const program = gl.createProgram();
  for (const [type, glsl] of [
    [gl.VERTEX_SHADER, vertexGlsl],
    [gl.FRAGMENT_SHADER, text],
  ] as const) {
    const shader = gl.createShader(type);
    // null where the context is lost: the next read finds the loss.
    if (!shader) continue;
    gl.shaderSource(shader, glsl);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  programs.set(text, program);
  return program;
}

/**
 * A program whose fragments compute four texels each, so that four texels share what they read in common: lines of weights. The
 * lines of the result are divided into four quarters, and a fragment computes the same place of all quarters, `quarter0` to
 * `quarter3`; the uniform `lines` is the number of lines of a quarter. The program draws into four textures at once, which are
 * then copied into the result. tfjs has programs of one texture only; the textures are those of tfjs. All uniforms are ivec2 or
 * ivec3.
 *
 * @throws Error from a draw where the GPU refuses the program
 */
export function makeQuarterPass(device: Device, source: PassSource): Pass {
  const { gl, backend, frame } = device;
  const program = programOf(device, source);
  const uniformNames = Object.keys(source.uniforms);
  let places: ReadonlyMap<string, WebGLUniformLocation | null> | null = null;
  const textureOf = ({ dataId }: TensorInfo) => backend.getTexture(dataId);

  function locations(): ReadonlyMap<string, WebGLUniformLocation | null> {
    if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost())
      throw new Error(`The GPU refuses a program: ${gl.getProgramInfoLog(program)}`);
    const names = [...source.textures, ...uniformNames, "lines"];
    return new Map(names.map((name) => [name, gl.getUniformLocation(program, name)]));
  }

  function setUniforms(textures: readonly TensorInfo[], uniforms: readonly number[][], lines: number): void {
    places ??= locations();
    const place = (name = "") => places?.get(name) ?? null;
    for (const [unit, tensor] of textures.entries()) {
      gl.activeTexture(gl.TEXTURE0 + unit);
      gl.bindTexture(gl.TEXTURE_2D, textureOf(tensor));
      gl.uniform1i(place(source.textures[unit]), unit);
    }
    for (const [k, values] of uniforms.entries()) {
      if (values.length === 2) gl.uniform2iv(place(uniformNames[k]), values);
      else gl.uniform3iv(place(uniformNames[k]), values);
    }
    gl.uniform1i(place("lines"), lines);
  }

  return (size, textures, uniforms) => {
    const result = allocate(device, size);
    if (env().getBool("ENGINE_COMPILE_ONLY")) return result;
    const [width, height] = size;
    const lines = Math.ceil(height / quarters.length);
    const drawn = quarters.map(() => allocate(device, [width, lines]));
    gl.useProgram(program);
    gl.bindVertexArray(null);
    setUniforms(textures, uniforms, lines);
    gl.bindFramebuffer(gl.FRAMEBUFFER, frame);
    const attachments = quarters.map((quarter) => gl.COLOR_ATTACHMENT0 + quarter);
    for (const [quarter, tensor] of drawn.entries())
      gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0 + quarter, gl.TEXTURE_2D, textureOf(tensor), 0);
    gl.drawBuffers(attachments);
    gl.viewport(0, 0, width, lines);
    gl.scissor(0, 0, width, lines);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, textureOf(result));
    for (const [quarter, attachment] of attachments.entries()) {
      const copied = Math.min(lines, height - quarter * lines);
      if (copied <= 0) break;
      gl.readBuffer(attachment);
      gl.copyTexSubImage2D(gl.TEXTURE_2D, 0, 0, quarter * lines, 0, 0, width, copied);
    }
    for (const tensor of drawn) backend.disposeIntermediateTensorInfo(tensor);
    return result;
  };
}
