import { fetchPart } from "../core/async/fetchPart";
import type { Problem } from "../core/data/problem";
import type { State } from "../core/recipe/optimisers";
import { createCpuDirectionalLoss } from "../engine/cpu/directionalLoss";
import type { DirectionalLoss } from "../engine/directionalLoss";
import type { Engine, EngineKind } from "../engine/engine";
import { newSweeper, openFloat64 } from "../engine/float64";
import { fastestOf } from "../engine/inspect/fastestOf";
import type { EngineReport } from "./api";
import { type Choice, chooseEngine, insteadOf } from "./choose";

export interface Opened {
  readonly engine: Engine;
  readonly report: EngineReport;
  /** The directional loss of the problem, made at the first call. */
  loss(): DirectionalLoss;
  /** Frees the resources of the engine and of the directional loss. */
  dispose(): void;
}
/** Makes an engine for a problem: the forced engine, where this browser has it. */
export type OpenEngine = (forced: EngineKind | null, problem: Problem, state: State) => Promise<Opened>;

/** Opens engines in this worker. The kind of engine is chosen once; consecutive runs share one WebGL device. */
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
        chosen = { forced, choice: insteadOf(forced, "WebGL failed", `WebGL failed to start (${message})`, gl) };
      }
    }
    return openOnCpu(chosen.choice.report, problem, state);
  };
}

function openOnCpu(report: EngineReport, problem: Problem, state: State): Opened {
  const { engine, why } = openFloat64(problem, state);
  const loss = lazy(() => createCpuDirectionalLoss(problem, newSweeper));
  const reasons = [report.why, why].filter((reason) => reason !== null).join(" ");
  return {
    engine,
    report: { ...report, renderer: engine.renderer, why: reasons },
    loss: loss.get,
    dispose: () => engine.dispose(),
  };
}

async function openOnGpu(
  gl: WebGL2RenderingContext,
  report: EngineReport,
  problem: Problem,
  state: State,
): Promise<Opened> {
  // Loaded only here, so that a browser without a GPU never fetches tfjs.
  const { openWebgl } = await fetchPart("The WebGL engine", () => import("./webgl"));
  const { engine, makeLoss } = await openWebgl(gl, problem, state);
  const webglLoss = lazy(makeLoss);
  // A GPU that is emulated on the CPU is slower than the cpu engine.
  const loss = lazy(() =>
    report.software
      ? createCpuDirectionalLoss(problem, newSweeper)
      : fastestOf([webglLoss.get(), createCpuDirectionalLoss(problem, newSweeper)]),
  );
  return {
    engine,
    report,
    loss: loss.get,
    dispose() {
      webglLoss.made()?.dispose();
      engine.dispose();
    },
  };
}

/** A value that is made at the first `get`; `made` is null before. */
function lazy<T>(make: () => T): { get(): T; made(): T | null } {
  let value: T | null = null;
  return { get: () => (value ??= make()), made: () => value };
}
