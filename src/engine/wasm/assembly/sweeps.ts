import { activate, multiplyByPhiPrime, phiRatio } from "./activation";
import { lossCurvature, lossGradient } from "./loss";
import { blocksOf, layerOf, Network, unitBytes } from "./network";
import { sumOverRows } from "./overRows";
import { product, productTransposed } from "./product";

/** The forward sweep: z_l and a_l of every layer for the loaded rows. */
export function forward(network: Network): void {
  multiplyByW(network, 0);
  forwardFrom(network);
}

function multiplyByW(network: Network, l: i32): void {
  const layer = layerOf(network, l);
  const z = layer.z;
  const W = layer.W;
  const outputs = layer.outputs;
  const a = layer.a;
  const inputs = layer.inputs;
  product(z, W, outputs, a, inputs + 1, inputs + 1, blocksOf(network), network.panel);
}

/** The forward sweep above the first layer. */
export function forwardFrom(network: Network): void {
  for (let l = 1; l < network.layerCount; l++) {
    activate(network, l - 1);
    multiplyByW(network, l);
  }
}

/** The forward sweep at θ + s·d, where θ has been updated already: z₁ ← z₁ + s·ż₁. */
export function forwardAfterStep(network: Network, s: f64): void {
  const layer = layerOf(network, 0);
  const z = layer.z;
  const zDot = layer.zDot;
  const outputs = layer.outputs;
  const step = f64x2.splat(s);
  for (let at: usize = 0, end = <usize>blocksOf(network) * outputs * unitBytes; at < end; at += 16) {
    v128.store(z + at, f64x2.add(v128.load(z + at), f64x2.mul(step, v128.load(zDot + at))));
  }
  forwardFrom(network);
}

/** The backward sweep, after `forward` and the loss: δ_l and G_l of every layer. */
export function backward(network: Network): void {
  backwardToDeltas(network, 0);
  for (let l = 0; l < network.layerCount; l++) {
    const layer = layerOf(network, l);
    const G = layer.G;
    const a = layer.a;
    const delta = layer.delta;
    const inputs = layer.inputs;
    const outputs = layer.outputs;
    // The buffer of ȧW is free until the tangent sweep.
    sumOverRows(G, a, inputs + 1, inputs + 1, delta, outputs, network.rows, network.panel, layer.aDotW);
  }
}

/** The δ_l that slope and curvature need: relu's φ″ is 0, so that no term of its curvature contains the first layer's δ. */
export function backwardForTangent(network: Network): void {
  backwardToDeltas(network, network.activation === 0 ? 1 : 0);
}

/** The backward sweep without G_l, down to δ of layer `lowest`, counted from 0. */
function backwardToDeltas(network: Network, lowest: i32): void {
  lossGradient(network);
  for (let l = network.layerCount - 1; l > lowest; l--) {
    const layer = layerOf(network, l);
    const W = layer.W;
    const delta = layer.delta;
    const inputs = layer.inputs;
    const outputs = layer.outputs;
    const below = layerOf(network, l - 1).delta;
    productTransposed(below, inputs, W, delta, outputs, blocksOf(network), network.panel);
    multiplyByPhiPrime(network, l - 1, below, below);
  }
}

/** The tangent sweep along d, after `backward`: the four sums of the network, and the parts of each row. */
export function tangent(network: Network): void {
  const last = network.layerCount - 1;
  const blocks = blocksOf(network);
  network.slope = 0;
  network.curvature = 0;
  network.curvatureTerms = 0;
  memory.fill(network.rowCurvatures, 0, <usize>blocks * unitBytes);
  for (let l = 0; l <= last; l++) {
    const layer = layerOf(network, l);
    const zDot = layer.zDot;
    const D = layer.D;
    const outputs = layer.outputs;
    const a = layer.a;
    const inputs = layer.inputs;
    product(zDot, D, outputs, a, inputs + 1, inputs + 1, blocks, network.panel);
    if (l > 0) addLowerLayer(network, l);
    if (l === last) break;
    multiplyByPhiPrime(network, l, zDot, layerOf(network, l + 1).aDot);
    if (network.activation !== 0) addActivationCurvature(network, l);
  }
  lossCurvature(network);
}

/** Adds ȧ_{l−1}W_l to ż_l, and ⟨δ_l, 2ȧ_{l−1}D_l⟩ to the curvature. */
function addLowerLayer(network: Network, l: i32): void {
  const layer = layerOf(network, l);
  const aDot = layer.aDot;
  const aDotW = layer.aDotW;
  const aDotD = layer.aDotD;
  const W = layer.W;
  const D = layer.D;
  const zDot = layer.zDot;
  const delta = layer.delta;
  const inputs = layer.inputs;
  const outputs = layer.outputs;
  const blocks = blocksOf(network);
  product(aDotW, W, outputs, aDot, inputs, inputs, blocks, network.panel);
  product(aDotD, D, outputs, aDot, inputs, inputs, blocks, network.panel);
  const two = f64x2.splat(2);
  for (let at: usize = 0, end = <usize>blocks * outputs * unitBytes; at < end; at += 16) {
    v128.store(zDot + at, f64x2.add(v128.load(zDot + at), v128.load(aDotW + at)));
    v128.store(aDotD + at, f64x2.mul(f64x2.mul(two, v128.load(delta + at)), v128.load(aDotD + at)));
  }
  addTerms(network, aDotD, outputs);
}

/** Adds ⟨δ_l, (φ″/φ′)(z_l)∘ż_l²⟩ to the curvature. */
function addActivationCurvature(network: Network, l: i32): void {
  const layer = layerOf(network, l);
  const zDot = layer.zDot;
  const delta = layer.delta;
  const aDotW = layer.aDotW;
  const outputs = layer.outputs;
  const blocks = blocksOf(network);
  const bytes = <usize>outputs * unitBytes;
  let a = layerOf(network, l + 1).a;
  let at: usize = 0;
  for (let block = 0; block < blocks; block++) {
    for (const end = at + bytes; at < end; at += 16) {
      const tangents = v128.load(zDot + at);
      const factor = f64x2.mul(v128.load(delta + at), phiRatio(network.activation, v128.load(a)));
      // ȧW of this layer has been added to ż: its buffer is free.
      v128.store(aDotW + at, f64x2.mul(f64x2.mul(factor, tangents), tangents));
      a += 16;
    }
    a += unitBytes;
  }
  addTerms(network, aDotW, outputs);
}

/**
 * Adds the sum of the terms, and the sum of their magnitudes, to the curvature, and the terms of each row to its part. The rows
 * are summed one after another.
 */
function addTerms(network: Network, terms: usize, outputs: i32): void {
  const bytes = <usize>outputs * unitBytes;
  let curvature: f64 = 0;
  let magnitudes: f64 = 0;
  let part = network.rowCurvatures;
  for (let n = 0; n < network.rows; n++) {
    let ofRow = load<f64>(part);
    for (let at = terms, end = terms + bytes; at < end; at += unitBytes) {
      const term = load<f64>(at);
      curvature += term;
      ofRow += term;
      magnitudes += abs(term);
    }
    store<f64>(part, ofRow);
    part += 8;
    terms += (n & 3) === 3 ? bytes - 24 : 8;
  }
  network.curvature += curvature;
  network.curvatureTerms += magnitudes;
}
