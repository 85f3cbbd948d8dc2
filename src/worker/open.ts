import type { Problem } from "../core/problem";
import { createCpuEngine } from "../engine/cpu";
import type { Engine, EngineKind, State } from "../engine/engine";
import type { EngineReport } from "./api";
import { type Choice, chooseEngine, onCpu } from "./choose";

export interface Opened {
  readonly engine: Engine;
  readonly report: EngineReport;
}
/** Makes an engine for a problem; the engine that is asked for, where it can be had. */
export type OpenEngine = (forced: EngineKind | null, problem: Problem, state: State) => Promise<Opened>;

/** Opens engines in this worker. A WebGL device is started once and shared by the runs that follow each other. */
export function createOpenEngine(newCanvas: (() => OffscreenCanvas) | null): OpenEngine {
  let chosen: { readonly forced: EngineKind | null; readonly choice: Choice } | null = null;
  let webgl: Promise<typeof import("./webgl")> | null = null;

  return async (forced, problem, state) => {
    if (chosen === null || chosen.forced !== forced) chosen = { forced, choice: chooseEngine(forced, newCanvas) };
    const { choice } = chosen;
    if (choice.gl) {
      try {
        // Loaded only here, so that the page of a browser without a GPU never fetches tfjs.
        webgl ??= import("./webgl");
        const engine = await (await webgl).openWebgl(choice.gl, problem, state);
        return { engine, report: choice.report };
      } catch (error) {
        const { message } = error as Error;
        chosen = { forced, choice: onCpu(`WebGL failed to start (${message}), so training runs on the CPU.`) };
      }
    }
    return { engine: createCpuEngine(problem, state), report: chosen.choice.report };
  };
}
