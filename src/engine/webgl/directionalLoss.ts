import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { Problem } from "../../core/data/problem";
import type { DirectionalDerivatives, DirectionalLoss } from "../directionalLoss";
import { makeDecoder } from "./decode";
import type { Device } from "./device";
import { makeNetwork, type Network, recordSize } from "./network";
import { layoutOf } from "./programs/layout";
import { makeReadback } from "./readback";

/** A directional loss that holds textures until `dispose`. */
export interface WebglDirectionalLoss extends DirectionalLoss {
  dispose(): void;
}

/** The directional loss by the engine's own programs, on textures of its own. */
export function createWebglDirectionalLoss(device: Device, problem: Problem): WebglDirectionalLoss {
  const layout = layoutOf(problem.sizes);
  const network: Network = makeNetwork(device, problem, layout);
  const decoder = makeDecoder(layout, network.packing);
  const readback = makeReadback(device.gl);
  const zeros = new Float64Array(layout.parameters);
  const stateAt = (theta: Float64Array, d: Float64Array = zeros) =>
    network.makeState({ theta, m: zeros, v: zeros, vMax: new Float64Array(0) }, d);

  return {
    async derivatives(theta, directions, batch): Promise<DirectionalDerivatives[]> {
      const { count } = batch;
      const state = stateAt(theta);
      const sweep = network.forward(state, { batch });
      const used: TensorInfo[] = [state, sweep.output, ...sweep.activations];
      const found: DirectionalDerivatives[] = [];
      for (const [k, d] of directions.entries()) {
        const next = stateAt(zeros, d);
        const tangent = network.tangent(state, next, sweep);
        const { record, texels } = network.record(sweep, tangent, null);
        readback.copy(...recordSize(texels), (numbers) => {
          const [loss, slope, curvature, curvatureTerms] = decoder.sums(numbers, 0, count);
          found[k] = { loss: loss / count, slope, curvature, curvatureTerms };
        });
        used.push(next, tangent, record);
      }
      network.free(used);
      await readback.collect();
      return found;
    },

    async values(theta, d, batch, alphas): Promise<Float64Array> {
      const { count } = batch;
      const losses = new Float64Array(alphas.length);
      for (const [k, alpha] of alphas.entries()) {
        const at = theta.map((value, p) => value + alpha * (d[p] as number));
        const state = stateAt(at);
        const sweep = network.forward(state, { last: batch });
        const { record, texels } = network.record(sweep, null, null);
        readback.copy(...recordSize(texels), (numbers) => {
          losses[k] = decoder.meanLoss(numbers, 0, count);
        });
        network.free([state, sweep.output, ...sweep.activations, record]);
      }
      await readback.collect();
      return losses;
    },

    dispose(): void {
      network.dispose();
      readback.dispose();
    },
  };
}
