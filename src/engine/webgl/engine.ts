import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { Problem } from "../../core/data/problem";
import type { State } from "../../core/recipe/optimisers";
import type { Batch, Engine, Measurements, StepSettings } from "../engine";
import { makeDecoder } from "./decode";
import type { Device } from "./device";
import { makeNetwork, recordSize, type Sweep } from "./network";
import { layoutOf } from "./programs/layout";
import { makeReadback } from "./readback";

/** The rounding of a sum of float32 terms, relative to the sum of their magnitudes. */
const rounding = 2 ** -20;

export interface WebglOptions {
  /** False skips the tangent sweep, so that a benchmark can measure its cost: slope and curvature are NaN, and no step is judged. */
  readonly tangent?: boolean;
}

/**
 * The WebGL engine. A step takes 3L + 2 draws for L layers and waits for nothing: each step draws a record of its
 * measurements, the record is copied to a buffer on the GPU, and `collect` reads all buffers together. The sweeps of the batch and
 * of the batch that judges the step share their draws. The loss after a step is drawn with the next step's forward sweep;
 * `collect` draws the loss after the last step separately.
 */
export function createWebglEngine(device: Device, problem: Problem, state: State, options: WebglOptions = {}): Engine {
  const { tangent: measured = true } = options;
  const layout = layoutOf(problem.sizes);
  const network = makeNetwork(device, problem, layout, state.vMax.length > 0);
  const decoder = makeDecoder(layout, network.packing);
  const readback = makeReadback(device.gl);
  const zeros = new Float64Array(layout.parameters);

  let current = network.makeState(state, zeros);
  /** The batch whose loss after the step has not been drawn yet. */
  let last: { batch: Batch; into: Measurements; row: number } | null = null;
  /** g of the last step; null before the first step and after `restore`. */
  let gradient: TensorInfo | null = null;
  let stateRead: { of: TensorInfo; texels: Promise<Float32Array> } | null = null;

  /** A reader of the loss after the last step from a record, in which the rows of that loss begin at texel `first`. */
  function lossAfterReader(first: number): (texels: Float32Array) => void {
    if (!last) return () => undefined;
    const { into, row, batch } = last;
    return (texels) => {
      into.lossAfter[row] = decoder.meanLoss(texels, first, batch.count);
    };
  }

  /** Draws the loss after the last step, without a next step. */
  function flush(): void {
    if (!last) return;
    const sweep = network.forward(current, { last: last.batch });
    const { record, texels } = network.record(sweep, null, null);
    readback.copy(...recordSize(texels), lossAfterReader(0));
    network.free([...sweep.activations, sweep.output, record]);
    last = null;
  }

  /** Computes s of a greedy rule on the GPU. Returns the state after that step, from `next`, the state after a step of lr. */
  function applyRule(
    next: TensorInfo,
    record: TensorInfo,
    first: number,
    sweep: Sweep,
    settings: StepSettings,
    into: Measurements,
    row: number,
  ): TensorInfo {
    const chosen = network.choose(record, first, sweep, settings, rounding);
    readback.copy(1, 1, (texel) => {
      into.stepTaken[row] = texel[2] as number;
    });
    const applied = network.apply(current, next, chosen);
    network.free([chosen, next]);
    return applied;
  }

  function keepGradient(g: TensorInfo | null): void {
    if (gradient) network.free([gradient]);
    gradient = g;
  }

  /** The texels of a texture of this size. */
  function read(of: TensorInfo, [width, height]: readonly [number, number]): Promise<Float32Array> {
    const texture = device.backend.getTexture(of.dataId);
    device.backend.gpgpu.setOutputPackedMatrixTexture(texture, 2 * height, 2 * width);
    return new Promise<Float32Array>((resolve, reject) => {
      readback.copy(width, height, (numbers) => resolve(numbers));
      readback.collect().catch(reject);
    });
  }

  /** The texels of the state; read once where several calls have no step between them. */
  function readState(): Promise<Float32Array> {
    if (stateRead?.of === current) return stateRead.texels;
    const texels = read(current, network.stateSize);
    stateRead = { of: current, texels };
    return texels;
  }

  return {
    kind: "webgl",
    renderer: rendererOf(device.gl),
    rounding,

    step(batch: Batch, nextBatch: Batch | null, settings: StepSettings, into: Measurements, row: number): void {
      const judge = measured ? nextBatch : null;
      const sweep = network.forward(current, { batch, next: judge, last: last?.batch ?? null });
      const { ends } = sweep;
      const back = network.backward(current, sweep);
      const g = network.gradient(sweep, back);
      let next = network.update(current, g, settings);
      const tangent = measured ? network.tangent(current, next, sweep) : null;
      const { record, first, texels } = network.record(sweep, tangent, { next, g, back });
      const readLossAfter = lossAfterReader(first + ends[1]);
      readback.copy(...recordSize(texels), (numbers) => {
        decoder.step(numbers, ends, into, row);
        if (!measured) {
          for (const column of [into.slope, into.curvature, into.gaussNewton, into.residualSquares])
            column[row] = Number.NaN;
        }
        readLossAfter(numbers);
      });
      if (settings.rule !== "lr") next = applyRule(next, record, first, sweep, settings, into, row);
      else into.stepTaken[row] = settings.lr;
      network.free([...sweep.activations, sweep.output, ...back, record, current, ...(tangent ? [tangent] : [])]);
      keepGradient(g);
      current = next;
      last = { batch: { ...batch }, into, row };
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
      network.free([current]);
      keepGradient(null);
      current = network.makeState(saved, zeros);
    },

    async direction(): Promise<Float64Array> {
      return network.plane(await readState(), "d");
    },

    async gradient(): Promise<Float64Array> {
      if (!gradient) throw new Error("There is no gradient before a step.");
      return network.gradientOf(await read(gradient, network.gradientSize));
    },

    dispose(): void {
      network.free([current]);
      keepGradient(null);
      network.dispose();
      readback.dispose();
    },
  };
}

/** The GPU's name; a generic name where the browser hides the GPU. */
function rendererOf(gl: WebGL2RenderingContext): string {
  const info = gl.getExtension("WEBGL_debug_renderer_info");
  return String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
}
