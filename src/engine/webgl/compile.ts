import { env } from "@tensorflow/tfjs-core";
import { type Problem, parameterCount } from "../../core/problem";
import type { Device } from "./device";
import { layoutOf } from "./layout";
import { makeNetwork } from "./network";

/**
 * Compiles every program of a step together, off the thread where the browser can (KHR_parallel_shader_compile), so
 * that the first step need not compile them one after another. tfjs keeps them by their source.
 */
export async function compilePrograms(device: Device, problem: Problem): Promise<void> {
  const { backend } = device;
  // The programs depend on the network alone: one row of data is enough.
  const [inputs, outputs] = [problem.sizes[0] as number, problem.sizes.at(-1) as number];
  const small = { ...problem, rows: 1, x: new Float32Array(inputs), y: new Float32Array(outputs) };
  const network = makeNetwork(device, small, layoutOf(problem.sizes));
  env().set("ENGINE_COMPILE_ONLY", true);
  const zeros = new Float64Array(parameterCount(problem.sizes));
  const settings = { lr: 0, beta1: 0, beta2: 0, eps: 1, c1: 1, c2: 1, rule: "lr", sigma: 1 } as const;
  const state = network.makeState(zeros, zeros, zeros, zeros);
  env().set("ENGINE_COMPILE_ONLY", true);
  const sweep = network.forward(state, { start: 0, count: 1, lastStart: 0, lastCount: 0 });
  const g = network.gradient(state, sweep);
  const next = network.adam(state, g, settings);
  const tangent = network.tangent(state, next, sweep);
  const { record } = network.record(sweep, tangent, next, g);
  env().set("ENGINE_COMPILE_ONLY", false);
  network.free([state, ...sweep.activations, sweep.output, g, next, tangent, record]);
  await backend.checkCompileCompletionAsync();
  backend.getUniformLocations();
  network.dispose();
}
