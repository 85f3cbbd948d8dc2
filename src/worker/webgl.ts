import type { Problem } from "../core/data/problem";
import type { State } from "../core/recipe/optimisers";
import type { Engine } from "../engine/engine";
import { compilePrograms } from "../engine/webgl/compile";
import { type Device, startDevice } from "../engine/webgl/device";
import { createWebglDirectionalLoss, type WebglDirectionalLoss } from "../engine/webgl/directionalLoss";
import { createWebglEngine } from "../engine/webgl/engine";

let device: { readonly gl: WebGL2RenderingContext; readonly started: Promise<Device> } | null = null;

/** A WebGL engine, and a directional loss on demand, on this worker's only device. */
export async function openWebgl(
  gl: WebGL2RenderingContext,
  problem: Problem,
  state: State,
): Promise<{ readonly engine: Engine; readonly makeLoss: () => WebglDirectionalLoss }> {
  if (device?.gl !== gl) device = { gl, started: startDevice(gl) };
  const started = await device.started;
  await compilePrograms(started, problem, state);
  return {
    engine: createWebglEngine(started, problem, state),
    makeLoss: () => createWebglDirectionalLoss(started, problem),
  };
}
