import { env } from "@tensorflow/tfjs-core";
import type { Problem } from "../../core/data/problem";
import { gradientDescent, type State } from "../../core/recipe/optimisers";
import type { Device } from "./device";
import { makeNetwork } from "./network";
import { layoutOf } from "./programs/layout";

/**
 * Compiles all programs of a step together, on other threads where the browser offers KHR_parallel_shader_compile. Without
 * this the first step compiles the programs one after another. tfjs caches compiled programs by their source.
 */
export async function compilePrograms(device: Device, problem: Problem, from: State): Promise<void> {
  const { backend } = device;
  // The programs depend on the network and the optimiser only: one row of data is enough.
  const [inputs, outputs] = [problem.sizes[0] as number, problem.sizes.at(-1) as number];
  const oneRow = { ...problem, rows: 1, x: new Float32Array(inputs), y: new Float32Array(outputs) };
  const network = makeNetwork(device, oneRow, layoutOf(problem.sizes), from.vMax.length > 0);
  env().set("ENGINE_COMPILE_ONLY", true);
  const state = network.makeState(from, from.theta);
  env().set("ENGINE_COMPILE_ONLY", true);
  const sweep = network.forward(state, { batch: { order: Uint32Array.of(0), start: 0, count: 1 } });
  const back = network.backward(state, sweep);
  const g = network.gradient(sweep, back);
  const next = network.update(state, g, { update: gradientDescent, lr: 0, rule: "lr", sigma: 1 });
  const tangent = network.tangent(state, next, sweep);
  const { record } = network.record(sweep, tangent, { next, g, back });
  env().set("ENGINE_COMPILE_ONLY", false);
  network.free([state, ...sweep.activations, sweep.output, ...back, g, next, tangent, record]);
  await backend.checkCompileCompletionAsync();
  backend.getUniformLocations();
  network.dispose();
}
