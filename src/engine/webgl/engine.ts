import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { Problem } from "../../core/data/problem";
import type { State } from "../../core/recipe/optimisers";
import type { Batch, Engine, Measurements, StepSettings } from "../engine";
import { makeDecoder } from "./decode";
import type { Device } from "./device";
import { makeNetwork, recordSize } from "./network";
import { layoutOf } from "./programs/layout";
import { makeReadback } from "./readback";

/** Sums of float32 terms are good to about this, relative to the sum of their magnitudes. */
const rounding = 2 ** -20;

export interface WebglOptions {
  /** False leaves out the tangent sweep, and with it slope and curvature (NaN), so that a benchmark can price it. */
  readonly tangent?: boolean;
}

/**
 * The WebGL engine: a step is 3L + 2 draws for L layers, and nothing waits. Each step draws a record of its
 * measurements, which is copied to a buffer on the GPU; `collect` fetches them together. The loss after a step is drawn
 * with the next step's forward sweep, so `collect` has to draw that of the last step by itself.
 */
export function createWebglEngine(device: Device, problem: Problem, state: State, options: WebglOptions = {}): Engine {
  const { tangent: measured = true } = options;
  const layout = layoutOf(problem.sizes);
  const network = makeNetwork(device, problem, layout, state.vMax.length > 0);
  const decoder = makeDecoder(layout, network.packing);
  const readback = makeReadback(device.gl);
  const zeros = new Float64Array(layout.parameters);

  let held = network.makeState(state, zeros);
  let order: Uint32Array | null = null;
  /** The batch whose loss after its step has not been drawn yet. */
  let last: { start: number; count: number; into: Measurements; row: number } | null = null;
  let stateRead: { of: TensorInfo; texels: Promise<Float32Array> } | null = null;

  const lastRows = () => ({ lastStart: last?.start ?? 0, lastCount: last?.count ?? 0 });

  /** Takes the loss after the last step from a record, whose rows for it begin at texel `first`. */
  function takeLossAfter(first: number): (texels: Float32Array) => void {
    if (!last) return () => undefined;
    const { into, row, count } = last;
    return (texels) => {
      into.lossAfter[row] = decoder.meanLoss(texels, first, count);
    };
  }

  /** Draws the loss after the last step, for which no next step has come. */
  function flush(): void {
    if (!last) return;
    const sweep = network.forward(held, { start: 0, count: 0, ...lastRows() });
    const { record, texels } = network.record(sweep, null, null, null);
    readback.copy(...recordSize(texels), takeLossAfter(0));
    network.free([...sweep.activations, sweep.output, record]);
    last = null;
  }

  function setOrder(next: Uint32Array): void {
    if (order === next) return;
    flush(); // the rows before are in the old order
    order = next;
    network.setOrder(next);
  }

  /** Decides and takes σ·α* on the GPU, given the state after a step of lr. */
  function applyRule(
    next: TensorInfo,
    record: TensorInfo,
    first: number,
    count: number,
    settings: StepSettings,
    into: Measurements,
    row: number,
  ): TensorInfo {
    const chosen = network.choose(record, first, count, settings, rounding);
    readback.copy(1, 1, (texel) => {
      into.stepTaken[row] = texel[2] as number;
    });
    const applied = network.apply(held, next, chosen);
    network.free([chosen, next]);
    return applied;
  }

  /** The state's texels; asked for twice without a step between, read once. */
  function readState(): Promise<Float32Array> {
    if (stateRead?.of === held) return stateRead.texels;
    const [width, height] = network.stateSize;
    const texture = device.backend.getTexture(held.dataId);
    device.backend.gpgpu.setOutputPackedMatrixTexture(texture, 2 * height, 2 * width);
    const texels = new Promise<Float32Array>((resolve, reject) => {
      readback.copy(width, height, (numbers) => resolve(numbers));
      readback.collect().catch(reject);
    });
    stateRead = { of: held, texels };
    return texels;
  }

  return {
    kind: "webgl",
    renderer: rendererOf(device.gl),
    rounding,

    step(batch: Batch, settings: StepSettings, into: Measurements, row: number): void {
      setOrder(batch.order);
      const { start, count } = batch;
      const sweep = network.forward(held, { start, count, ...lastRows() });
      const g = network.gradient(held, sweep);
      let next = network.update(held, g, settings);
      const tangent = measured ? network.tangent(held, next, sweep) : null;
      const { record, first, texels } = network.record(sweep, tangent, next, g);
      const takeLast = takeLossAfter(first + count);
      readback.copy(...recordSize(texels), (numbers) => {
        decoder.step(numbers, count, into, row);
        if (!measured) into.slope[row] = into.curvature[row] = Number.NaN;
        takeLast(numbers);
      });
      if (settings.rule === "alphaStar") next = applyRule(next, record, first, count, settings, into, row);
      else into.stepTaken[row] = settings.lr;
      network.free([...sweep.activations, sweep.output, g, record, held, ...(tangent ? [tangent] : [])]);
      held = next;
      last = { start, count, into, row };
    },

    collect(): Promise<void> {
      flush();
      return readback.collect();
    },

    async save(): Promise<State> {
      const texels = await readState();
      const plane = (name: keyof State) => network.plane(texels, name);
      return { theta: plane("theta"), m: plane("m"), v: plane("v"), vMax: plane("vMax") };
    },

    restore(saved: State): void {
      flush();
      network.free([held]);
      held = network.makeState(saved, zeros);
    },

    async direction(): Promise<Float64Array> {
      return network.plane(await readState(), "d");
    },

    dispose(): void {
      network.free([held]);
      network.dispose();
      readback.dispose();
    },
  };
}

/** The GPU's name, as far as the browser tells it. */
function rendererOf(gl: WebGL2RenderingContext): string {
  const info = gl.getExtension("WEBGL_debug_renderer_info");
  return String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
}
