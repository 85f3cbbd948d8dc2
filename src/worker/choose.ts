import type { EngineKind } from "../engine/engine";
import type { EngineReport } from "./api";

/** What `chooseEngine` needs of a canvas: a WebGL context, or null where there is none. */
export interface Canvas {
  getContext(kind: "webgl" | "webgl2", attributes?: WebGLContextAttributes): RenderingContext | null;
}
type RenderingContext = WebGLRenderingContext | WebGL2RenderingContext | object;

export type Choice = { readonly report: EngineReport; readonly gl: WebGL2RenderingContext | null };

/** As tfjs makes its own contexts: nothing but textures is drawn into. */
const attributes: WebGLContextAttributes = {
  alpha: false,
  antialias: false,
  depth: false,
  stencil: false,
  premultipliedAlpha: false,
  preserveDrawingBuffer: false,
  powerPreference: "high-performance",
};
/** Renderers that some browsers do not count as a major performance caveat although they run on the CPU. */
const softwareNames = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/**
 * WebGL where a GPU can train in float32, the CPU elsewhere, with the reason in one sentence. A software GPU counts as
 * none, since plain loops are far faster, unless `?engine=webgl` asks for it.
 *
 * @param forced the engine the address asks for, or null
 * @param newCanvas a new canvas to ask for a context, since a canvas gives one kind only; null where workers have none
 */
export function chooseEngine(forced: EngineKind | null, newCanvas: (() => Canvas) | null): Choice {
  if (forced === "cpu") return onCpu("The address asks for the CPU (?engine=cpu).");
  if (!newCanvas)
    return onCpu("This browser offers no WebGL in workers (OffscreenCanvas), so training runs on the CPU.");

  const context = (caveat: boolean) =>
    newCanvas().getContext("webgl2", {
      ...attributes,
      failIfMajorPerformanceCaveat: !caveat,
    }) as WebGL2RenderingContext | null;
  const hardware = context(false);
  const gl = hardware ?? context(true);
  if (!gl) {
    const missing = newCanvas().getContext("webgl") ? "WebGL2" : "WebGL";
    return onCpu(`This browser offers no ${missing} in workers, so training runs on the CPU.`);
  }
  const renderer = rendererOf(gl);
  if (!gl.getExtension("EXT_color_buffer_float")) {
    return onCpu(`The GPU (${renderer}) cannot draw into float32 textures, so training runs on the CPU.`, gl);
  }
  const software = !hardware || softwareNames.test(renderer);
  if (forced !== "webgl" && software) {
    return onCpu(
      `The GPU is emulated in software (${renderer}), which is slower than plain JavaScript, so training runs on the CPU.`,
      gl,
    );
  }
  return { report: { kind: "webgl", renderer, why: null, software }, gl };
}

/** The CPU, and the reason; a context that is not wanted is given back to the browser, which has few. */
export function onCpu(why: string, unwanted: WebGL2RenderingContext | null = null): Choice {
  unwanted?.getExtension("WEBGL_lose_context")?.loseContext();
  return { report: { kind: "cpu", renderer: "JavaScript", why, software: false }, gl: null };
}

/** The GPU's name, as far as the browser tells it. */
function rendererOf(gl: WebGL2RenderingContext): string {
  const info = gl.getExtension("WEBGL_debug_renderer_info");
  return String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
}
