import { expose } from "comlink";
import { initialState, startOf } from "../../../src/core/data/start";
import type { Recipe } from "../../../src/core/recipe/recipe";
import { createCpuEngine } from "../../../src/engine/cpu/engine";
import { createWasmEngine } from "../../../src/engine/wasm/engine";
import { startDevice } from "../../../src/engine/webgl/device";
import { createWebglEngine } from "../../../src/engine/webgl/engine";
import { noTab } from "../../../src/session/storage/tab";
import { browserTables, needsTable, tableFor } from "../../../src/session/storage/tables";
import { questionedRuns } from "../questions/runs";
import { type Contestant, trained } from "./contestant";
import { jaxAdam } from "./jaxPeer";
import { type NetworkName, networks } from "./networks";
import { nestedTape, tfjsAdam } from "./peers";

const gl = new OffscreenCanvas(1, 1).getContext("webgl2", { alpha: false, antialias: false, depth: false });
if (!gl) throw new Error("This browser has no WebGL2.");
const device = startDevice(gl);
let open: Record<string, Contestant> = {};

/** Duration of the measurement of one engine alone, in ms. */
const aloneMs = 4000;

/** A file of public/data. */
async function dataFile(name: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (await fetch(`/data/${name}`)).arrayBuffer());
}

/** Makers of all contestants for a recipe, by name. */
function contestantsOf(recipe: Recipe): Record<string, () => Contestant | Promise<Contestant>> {
  const start = startOf(recipe, null);
  const state = initialState(start);
  const webgl = async (tangent: boolean, judged = tangent) =>
    trained(createWebglEngine(await device, start.problem, state, { tangent }), start, recipe, { judged });
  const cpu = (tangent: boolean, judged = tangent) =>
    trained(createWasmEngine(start.problem, state, { tangent }), start, recipe, { judged });
  return {
    webgl: () => webgl(true),
    "tfjs-webgl-unread": () => tfjsAdam("webgl", recipe, start, false),
    cpu: () => cpu(true),
    loops: () => trained(createCpuEngine(start.problem, state), start, recipe),
    "jax-js": () => jaxAdam(recipe, start),
    "webgl-unjudged": () => webgl(true, false),
    "webgl-unmeasured": () => webgl(false),
    "tfjs-webgl-read": () => tfjsAdam("webgl", recipe, start, true),
    "cpu-unjudged": () => cpu(true, false),
    "cpu-unmeasured": () => cpu(false),
    "tfjs-cpu-unread": () => tfjsAdam("cpu", recipe, start, false),
    // tfjs has no second derivative of its softmax cross-entropy, so this peer exists for squared error only.
    ...(start.problem.loss === "mse" && { "nested-tape": () => nestedTape(recipe, start) }),
  };
}

const bench = {
  /**
   * Creates contestants for a network and returns their names.
   * @param chosen the names of the contestants; null for all
   */
  async open(name: NetworkName, chosen: readonly string[] | null): Promise<string[]> {
    const makers = Object.entries(contestantsOf(networks[name]));
    open = {};
    for (const [key, make] of makers) if (chosen?.includes(key) ?? true) open[key] = await make();
    return Object.keys(open);
  },

  /** The time of this many steps of a contestant, in ms. */
  async time(name: string, steps: number): Promise<number> {
    const contestant = open[name];
    if (!contestant) throw new Error(`contestant: found ${name}; allowed: ${Object.keys(open).join(", ")}`);
    const begin = performance.now();
    await contestant.run(steps);
    return performance.now() - begin;
  },

  /** Steps per second of the engine of one of the `questionedRuns`. */
  async alone(name: string): Promise<number> {
    const run = questionedRuns[name];
    if (!run) throw new Error(`run: found ${name}; allowed: ${Object.keys(questionedRuns).join(", ")}`);
    const { engine, recipe } = run;
    const request = { recipe, case: null, judged: true, engine };
    const { table = null } = needsTable(request) ? await tableFor(request, browserTables(noTab, dataFile)) : {};
    const start = startOf(recipe, null, table);
    const state = initialState(start);
    const trainer = trained(
      engine === "cpu" ? createWasmEngine(start.problem, state) : createWebglEngine(await device, start.problem, state),
      start,
      recipe,
    );
    const time = async (steps: number): Promise<number> => {
      const begin = performance.now();
      await trainer.run(steps);
      return performance.now() - begin;
    };
    let steps = 4;
    // The first steps compile programs and optimise loops.
    await time(steps);
    let ms = await time(steps);
    for (; ms < aloneMs / 4; ms = await time(steps)) steps *= 2;
    steps = Math.max(2, Math.round((steps * aloneMs) / ms));
    ms = await time(steps);
    trainer.dispose();
    return (1000 * steps) / ms;
  },

  close(): void {
    for (const contestant of Object.values(open)) contestant.dispose();
    open = {};
  },

  async renderer(): Promise<string> {
    await device;
    const info = gl.getExtension("WEBGL_debug_renderer_info");
    return String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  },
};

export type Bench = typeof bench;
expose(bench);
