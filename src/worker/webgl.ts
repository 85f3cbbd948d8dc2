import type { Problem } from "../core/data/problem";
import type { State } from "../core/recipe/optimisers";
import type { Engine } from "../engine/engine";
import { compilePrograms } from "../engine/webgl/compile";
import { type Device, startDevice } from "../engine/webgl/device";
import { createWebglEngine } from "../engine/webgl/engine";
import { createWebglProbe, type WebglProbe } from "../engine/webgl/programs/probe";

let device: { readonly gl: WebGL2RenderingContext; readonly started: Promise<Device> } | null = null;

/** A WebGL engine, and a probe on demand, on this worker's one device. */
export async function openWebgl(
  gl: WebGL2RenderingContext,
  problem: Problem,
  state: State,
): Promise<{ readonly engine: Engine; readonly openProbe: () => WebglProbe }> {
  if (device?.gl !== gl) device = { gl, started: startDevice(gl) };
  const started = await device.started;
  await compilePrograms(started, problem, state);
  return {
    engine: createWebglEngine(started, problem, state),
    openProbe: () => createWebglProbe(started, problem),
  };
}
