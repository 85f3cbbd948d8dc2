import type { EngineReport } from "../../worker/api";

export const engineNames: Readonly<Record<EngineReport["kind"], string>> = { cpu: "CPU", webgl: "WebGL" };

/** The engine with its renderer, and for the CPU the reason. */
export function detailsOf({ kind, renderer, why }: EngineReport): string {
  const engine = kind === "webgl" ? `TensorFlow.js on WebGL: ${renderer}.` : `${renderer}, in float64.`;
  return why ? `${engine} ${why}` : engine;
}
