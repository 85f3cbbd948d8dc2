import { messageOf } from "../core/errors";
import type { EngineKind } from "../engine/engine";
import type { EngineReport } from "./api";

/** The part of a canvas that `chooseEngine` uses. */
export interface Canvas {
  getContext(kind: "webgl" | "webgl2", attributes?: WebGLContextAttributes): RenderingContext | null;
}
type RenderingContext = WebGLRenderingContext | WebGL2RenderingContext | object;

export type Choice = { readonly report: EngineReport; readonly gl: WebGL2RenderingContext | null };

/** The attributes of tfjs's own contexts: all drawing goes into textures. */
const attributes: WebGLContextAttributes = {
  alpha: false,
  antialias: false,
  depth: false,
  stencil: false,
  premultipliedAlpha: false,
  preserveDrawingBuffer: false,
  powerPreference: "high-performance",
};
/** Renderers that run on the CPU. Some browsers do not report them as a major performance caveat. */
const softwareNames = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/**
 * WebGL where the GPU can train in float32, else the CPU with the reason as a sentence. A software GPU is used only with
 * `?engine=webgl`, because the cpu engine is much faster.
 *
 * @param forced the engine that the address names, or null
 * @param newCanvas makes a canvas for each context, because a canvas has contexts of one kind only; null where workers have
 *   no canvas
 */
export function chooseEngine(forced: EngineKind | null, newCanvas: (() => Canvas) | null): Choice {
  try {
    return choose(forced, newCanvas);
  } catch (error) {
    // A policy or an extension can make every call of WebGL throw.
    return insteadOf(forced, "no WebGL", `this browser refuses WebGL (${messageOf(error)})`);
  }
}

function choose(forced: EngineKind | null, newCanvas: (() => Canvas) | null): Choice {
  if (forced === "cpu") return onCpu("selected", "The address selects the CPU (?engine=cpu).");
  if (!newCanvas) return insteadOf(forced, "no WebGL", "this browser offers no WebGL in workers (OffscreenCanvas)");

  const context = (caveat: boolean) =>
    newCanvas().getContext("webgl2", {
      ...attributes,
      failIfMajorPerformanceCaveat: !caveat,
    }) as WebGL2RenderingContext | null;
  const hardware = context(false);
  const gl = hardware ?? context(true);
  if (!gl) {
    const missing = newCanvas().getContext("webgl") ? "WebGL2" : "WebGL";
    return insteadOf(forced, `no ${missing}`, `this browser offers no ${missing} in workers`);
  }
  const renderer = rendererOf(gl);
  if (!gl.getExtension("EXT_color_buffer_float")) {
    return insteadOf(forced, "half floats", `the GPU (${renderer}) cannot draw into float32 textures`, gl);
  }
  const software = !hardware || softwareNames.test(renderer);
  if (forced !== "webgl" && software) {
    const cause = `the GPU is emulated in software (${renderer}), which is slower than the cpu engine`;
    return insteadOf(forced, "software GPU", cause, gl);
  }
  return { report: { kind: "webgl", renderer, reason: null, why: null, software }, gl };
}

/**
 * The CPU, because WebGL cannot be used. An unused WebGL context is released, because browsers limit their number.
 *
 * @param forced the engine that the address names, which the sentence repeats
 * @param reason the reason in two or three words
 * @param cause the reason as the beginning of a sentence
 */
export function insteadOf(
  forced: EngineKind | null,
  reason: string,
  cause: string,
  unwanted: WebGL2RenderingContext | null = null,
): Choice {
  unwanted?.getExtension("WEBGL_lose_context")?.loseContext();
  const beginning =
    forced === "webgl"
      ? `The address selects WebGL (?engine=webgl), but ${cause}`
      : cause.charAt(0).toUpperCase() + cause.slice(1);
  return onCpu(reason, `${beginning}, so training runs on the CPU.`);
}

function onCpu(reason: string, why: string): Choice {
  return { report: { kind: "cpu", renderer: "CPU", reason, why, software: false }, gl: null };
}

/** The GPU's name; a generic name where the browser hides the GPU. */
function rendererOf(gl: WebGL2RenderingContext): string {
  const info = gl.getExtension("WEBGL_debug_renderer_info");
  return String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
}
