import { phiPrime, phiRatio } from "./activation";
import { lossGradientTangent } from "./loss";
import { blocksOf, layerOf, Network, unitBytes } from "./network";
import { sumOverRows } from "./overRows";
import { productTransposed } from "./product";

/** The second backward sweep, after `tangent`: writes (Hv)_l of every layer. */
export function backwardTangent(network: Network): void {
  const blocks = blocksOf(network);
  const rows = network.rows;
  const panel = network.panel;
  lossGradientTangent(network);
  for (let l = network.layerCount - 1; l >= 0; l--) {
    const layer = layerOf(network, l);
    const W = layer.W;
    const D = layer.D;
    const a = layer.a;
    const aDot = layer.aDot;
    const delta = layer.delta;
    const deltaDot = layer.deltaDot;
    const deltaV = layer.deltaV;
    const aDotDelta = layer.aDotDelta;
    const Hv = layer.Hv;
    const inputs = layer.inputs;
    const outputs = layer.outputs;
    // The buffer of ȧW is free after the tangent sweep.
    sumOverRows(Hv, a, inputs + 1, inputs + 1, deltaDot, outputs, rows, panel, layer.aDotW);
    if (l === 0) return;
    sumOverRows(aDotDelta, aDot, inputs, inputs, delta, outputs, rows, panel, layer.aDotW);
    for (let at: usize = 0, end = <usize>inputs * outputs * 8; at < end; at += 8) {
      store<f64>(Hv + at, load<f64>(Hv + at) + load<f64>(aDotDelta + at));
    }
    productTransposed(layerOf(network, l - 1).deltaDot, inputs, W, deltaDot, outputs, blocks, panel);
    productTransposed(deltaV, inputs, D, delta, outputs, blocks, panel);
    addActivation(network, l, deltaV);
  }
}

/** δ̇_{l−1} ← φ′∘(δ̇_{l−1} + δ_l V_lᵀ) + (φ″/φ′)∘ż_{l−1}∘δ_{l−1} */
function addActivation(network: Network, l: i32, deltaV: usize): void {
  const below = layerOf(network, l - 1);
  const bytes = <usize>below.outputs * unitBytes;
  let a = layerOf(network, l).a;
  let at: usize = 0;
  for (let block = 0; block < blocksOf(network); block++) {
    for (const end = at + bytes; at < end; at += 16) {
      const value = v128.load(a);
      const sum = f64x2.add(v128.load(below.deltaDot + at), v128.load(deltaV + at));
      const bend = f64x2.mul(
        f64x2.mul(phiRatio(network.activation, value), v128.load(below.zDot + at)),
        v128.load(below.delta + at),
      );
      v128.store(below.deltaDot + at, f64x2.add(f64x2.mul(phiPrime(network.activation, value), sum), bend));
      a += 16;
    }
    a += unitBytes;
  }
}
