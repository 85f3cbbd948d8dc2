import type { Problem } from "../core/data/problem";
import type { State } from "../core/recipe/optimisers";
import { createCpuEngine } from "./cpu/engine";
import { loopSweeper } from "./cpu/sweeper";
import type { Engine } from "./engine";
import type { NewSweeper } from "./sweeper";
import { createWasmEngine } from "./wasm/engine";
import { hasWasm } from "./wasm/instance";
import { wasmSweeper } from "./wasm/sweeper";

/** The cpu engine of this browser, and the reason why it is not WebAssembly as a sentence, or null. */
export interface Float64Engine {
  readonly engine: Engine;
  readonly why: string | null;
}

/**
 * WebAssembly where the browser has it with SIMD and the memory suffices, else plain loops.
 *
 * @param createWasm null where the browser has no WebAssembly with SIMD
 */
export function openFloat64(
  problem: Problem,
  state: State,
  createWasm: typeof createWasmEngine | null = hasWasm ? createWasmEngine : null,
): Float64Engine {
  const loops = (why: string) => ({ engine: createCpuEngine(problem, state), why });
  if (!createWasm) return loops("This browser runs no WebAssembly with SIMD, so plain JavaScript computes the steps.");
  try {
    return { engine: createWasm(problem, state), why: null };
  } catch (error) {
    return loops(`${(error as Error).message}, so plain JavaScript computes the steps.`);
  }
}

/** The sweeps in WebAssembly where the browser has it with SIMD and the memory suffices, else as plain loops. */
export const newSweeper: NewSweeper = (problem, capacity) => {
  if (!hasWasm) return loopSweeper(problem, capacity);
  try {
    return wasmSweeper(problem, capacity);
  } catch {
    return loopSweeper(problem, capacity);
  }
};
