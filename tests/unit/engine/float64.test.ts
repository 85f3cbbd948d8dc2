import { expect, test } from "vitest";
import { openFloat64 } from "../../../src/engine/float64";
import { Instance } from "../../../src/engine/wasm/instance";
import { build } from "../support/setups";

const { problem, state } = build({ sizes: [2, 3, 1], activation: "relu", loss: "mse", rows: 4, seed: 1 });

test("openFloat64 opens WebAssembly when the browser has it", () => {
  const { engine, why } = openFloat64(problem, state);
  expect(engine.renderer).toBe("CPU, WebAssembly");
  expect(why).toBeNull();
});

test("openFloat64 opens plain JavaScript, with the reason, when the browser has no WebAssembly with SIMD", () => {
  const { engine, why } = openFloat64(problem, state, null);
  expect(engine.renderer).toBe("CPU, plain JavaScript");
  expect(why).toMatch(/no WebAssembly with SIMD/);
});

test("openFloat64 opens plain JavaScript, with the reason, when the memory of WebAssembly cannot grow", () => {
  const { engine, why } = openFloat64(problem, state, () => {
    new Instance().allocate(2 ** 32);
    throw new Error("unreachable");
  });
  expect(engine.renderer).toBe("CPU, plain JavaScript");
  expect(why).toMatch(/WebAssembly cannot have the memory.*, so plain JavaScript computes the steps\.$/);
});
