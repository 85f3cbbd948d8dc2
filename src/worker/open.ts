import type { Problem } from "../core/data/problem";
import type { State } from "../core/recipe/optimisers";
import { createCpuEngine } from "../engine/cpu/engine";
import { createCpuProbe } from "../engine/cpu/probe";
import type { Engine, EngineKind, Probe } from "../engine/engine";
import { quickestOf } from "../engine/inspect/probe";
import type { EngineReport } from "./api";
import { type Choice, chooseEngine, onCpu } from "./choose";

export interface Opened {
  readonly engine: Engine;
  readonly report: EngineReport;
  /** The problem's probe, made when it is first asked for. */
  probe(): Probe;
  /** Frees what engine and probe hold. */
  dispose(): void;
}
/** Makes an engine for a problem; the engine that is asked for, where it can be had. */
export type OpenEngine = (forced: EngineKind | null, problem: Problem, state: State) => Promise<Opened>;

/** Opens engines in this worker, which chooses once; a WebGL device is shared by the runs that follow each other. */
export function createOpenEngine(newCanvas: (() => OffscreenCanvas) | null): OpenEngine {
  let chosen: { readonly forced: EngineKind | null; readonly choice: Choice } | null = null;

  return async (forced, problem, state) => {
    if (chosen === null || chosen.forced !== forced) chosen = { forced, choice: chooseEngine(forced, newCanvas) };
    const { gl, report } = chosen.choice;
    if (gl) {
      try {
        return await openOnGpu(gl, report, problem, state);
      } catch (error) {
        const { message } = error as Error;
        chosen = { forced, choice: onCpu(`WebGL failed to start (${message}), so training runs on the CPU.`, gl) };
      }
    }
    return openOnCpu(chosen.choice.report, problem, state);
  };
}

function openOnCpu(report: EngineReport, problem: Problem, state: State): Opened {
  const engine = createCpuEngine(problem, state);
  const probe = once(() => createCpuProbe(problem));
  return { engine, report, probe: probe.get, dispose: () => engine.dispose() };
}

async function openOnGpu(
  gl: WebGL2RenderingContext,
  report: EngineReport,
  problem: Problem,
  state: State,
): Promise<Opened> {
  // Loaded only here, so that a browser without a GPU never fetches tfjs.
  const { openWebgl } = await import("./webgl");
  const { engine, openProbe } = await openWebgl(gl, problem, state);
  const own = once(openProbe);
  const probe = once(() => quickestOf([own.get(), createCpuProbe(problem)]));
  return {
    engine,
    report,
    probe: probe.get,
    dispose() {
      own.made()?.dispose();
      engine.dispose();
    },
  };
}

/** Makes a value when it is first asked for. */
function once<T>(make: () => T): { get(): T; made(): T | null } {
  let value: T | null = null;
  return { get: () => (value ??= make()), made: () => value };
}
