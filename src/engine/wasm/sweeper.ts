import { parameterCount } from "../../core/data/problem";
import type { NewSweeper } from "../sweeper";
import { memoryOf } from "./network";

/**
 * The sweeps in WebAssembly, with the bits of the plain loops.
 *
 * @throws Error where the browser has no WebAssembly with SIMD, or too little memory
 */
export const wasmSweeper: NewSweeper = (problem, capacity) => {
  const memory = memoryOf(problem);
  const { instance } = memory;
  const { exports } = instance;
  const size = parameterCount(problem.sizes);
  const network = memory.network(capacity, false, true);
  /** A view of a vector, valid until the memory grows. */
  const vector = (name: "theta" | "direction" | "gradient" | "Hv") => {
    const at = memory.vector(network, name);
    return instance.f64.subarray(at, at + size);
  };
  const outputs = problem.sizes.at(-1)!;
  let loaded = 0;
  return {
    capacity,
    setTheta: (values) => vector("theta").set(values),
    setDirection: (values) => vector("direction").set(values),
    load(batch) {
      exports.loadBatch(network, memory.placeRows(batch), batch.count);
      loaded = batch.count;
    },
    forward: () => exports.forward(network),
    loss: () => exports.lossOf(network),
    lossesAlong(alphas) {
      exports.startAlong(network);
      const losses = alphas.map((alpha) => exports.lossAlong(network, alpha));
      exports.endAlong(network);
      return losses;
    },
    correctRows: () => exports.correctRows(network),
    outputs(into, at) {
      const first = exports.outputsOf(network) / 8;
      for (let row = 0; row < loaded; row++) {
        const from = first + (row >> 2) * outputs * 4 + (row & 3);
        for (let k = 0; k < outputs; k++) into[at + row * outputs + k] = instance.f64[from + 4 * k]!;
      }
    },
    backward() {
      exports.backward(network);
      return vector("gradient");
    },
    tangent(sums) {
      exports.tangent(network);
      Object.assign(sums, memory.tangentSums(network));
    },
    backwardTangent() {
      exports.backwardTangent(network);
      return vector("Hv");
    },
  };
};
