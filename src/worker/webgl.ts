import type { Problem } from "../core/problem";
import type { Engine, State } from "../engine/engine";
import { type Device, startDevice } from "../engine/webgl/device";
import { createWebglEngine } from "../engine/webgl/engine";

let device: { readonly gl: WebGL2RenderingContext; readonly started: Promise<Device> } | null = null;

/** A WebGL engine on this worker's one device. */
export async function openWebgl(gl: WebGL2RenderingContext, problem: Problem, state: State): Promise<Engine> {
  if (device?.gl !== gl) device = { gl, started: startDevice(gl) };
  return createWebglEngine(await device.started, problem, state);
}
