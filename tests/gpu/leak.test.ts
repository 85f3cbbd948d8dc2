import { type MemoryInfo, memory } from "@tensorflow/tfjs-core";
import { expect, onTestFinished, test } from "vitest";
import { type Problem, parameterCount, tensorsOf } from "../../src/core/data/problem";
import { optimisers } from "../../src/core/recipe/optimisers";
import type { Batch, Engine, Measurements } from "../../src/engine/engine";
import { startDevice } from "../../src/engine/webgl/device";
import { createWebglEngine } from "../../src/engine/webgl/engine";
import { lateAdamStep } from "../unit/support/adamSteps";
import { makeMeasurements } from "../unit/support/measurements";

const kinds = ["Texture", "Buffer", "Framebuffer", "Program", "Shader", "VertexArray", "Query"] as const;

/** Counts the live objects of every kind on a context from this call. */
function countObjects(gl: WebGL2RenderingContext): Record<string, number> {
  const live: Record<string, number> = {};
  const methods = gl as unknown as Record<string, (...args: unknown[]) => unknown>;
  const count = (kind: string, make: string, drop: string) => {
    live[kind] = 0;
    for (const [name, change] of [
      [make, 1],
      [drop, -1],
    ] as const) {
      const method = methods[name]?.bind(gl);
      methods[name] = (...args) => {
        live[kind] = (live[kind] ?? 0) + change;
        return method?.(...args);
      };
    }
  };
  for (const kind of kinds) count(kind, `create${kind}`, `delete${kind}`);
  count("Sync", "fenceSync", "deleteSync");
  return live;
}

/** The objects on the GPU, counted by WebGL calls and by tfjs. */
function heldBy(live: Record<string, number>): Record<string, unknown> {
  const { numTensors, numBytesInGPU } = memory() as MemoryInfo & { numBytesInGPU?: number };
  return { ...live, numTensors, numBytesInGPU };
}

/** 1000 rows of a fixed pattern; the values have no effect on the test. */
const problemOf = (sizes: readonly number[]): Problem => ({
  ...{ sizes, activation: "relu", loss: "mse", rows: 1000 },
  x: Float32Array.from({ length: 10_000 }, (_, i) => Math.sin(i * i)),
  y: Float32Array.from({ length: 1000 }, (_, i) => Math.cos(i * i)),
});
const order = Uint32Array.from({ length: 1000 }, (_, row) => row);
const chunk = 250;
const settings = lateAdamStep;

/** Takes and reads back one chunk of steps, as the trainer does. */
async function advance(engine: Engine, into: Measurements, rule: "lr" | "alphaStar"): Promise<void> {
  for (let row = 0; row < chunk; row++) {
    const [batch, next] = [row % 32, (row + 1) % 32].map((k) => ({ order, start: k * 31, count: 1 + k }));
    engine.step(batch as Batch, row % 5 ? (next as Batch) : null, { ...settings, rule }, into, row);
  }
  await engine.collect();
  await engine.direction();
  engine.restore(await engine.save());
}

const gl = new OffscreenCanvas(1, 1).getContext("webgl2") as WebGL2RenderingContext;
const live = countObjects(gl);
const device = startDevice(gl);

test.each([
  { sizes: [10, 5, 1], steps: 20_000 },
  { sizes: [10, 32, 32, 1], steps: 1_000 },
])(
  "the webgl engine holds no more GPU objects after $steps steps of a network of widths $sizes",
  { timeout: 240_000 },
  async ({ sizes, steps: all }) => {
    const parameters = parameterCount(sizes);
    const theta = Float64Array.from({ length: parameters }, (_, i) => 0.3 * Math.sin(7 * i));
    const engine = createWebglEngine(await device, problemOf(sizes), optimisers.adam.init(theta));
    onTestFinished(() => engine.dispose());
    const into = makeMeasurements(chunk, tensorsOf(sizes).length, parameters);

    await advance(engine, into, "lr");
    await advance(engine, into, "alphaStar");
    const held = heldBy(live);
    expect(live.Texture).toBeGreaterThan(0);
    for (let steps = 2 * chunk; steps < all; steps += chunk)
      await advance(engine, into, steps % 1000 ? "lr" : "alphaStar");
    expect(heldBy(live)).toEqual(held);
    expect(into.loss.every(Number.isFinite)).toBe(true);
  },
);
