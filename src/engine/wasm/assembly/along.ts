import { lossOf } from "./loss";
import { blocksOf, layerOf, Network, unitBytes } from "./network";
import { product } from "./product";
import { forwardFrom } from "./sweeps";

/*
 * The mean loss at θ + α·d for several α. The first layer's z is linear in α and takes two products for all α. A network for
 * sweeps has no moment estimates: m keeps θ, and a buffer of the first layer keeps z₁.
 */

/** Keeps θ and z₁, and computes ż₁. */
export function startAlong(network: Network): void {
  const first = layerOf(network, 0);
  const depth = first.inputs + 1;
  const blocks = blocksOf(network);
  memory.copy(network.m, network.theta, (<usize>network.size) << 3);
  product(first.aDotW, first.W, first.outputs, first.a, depth, depth, blocks, network.panel);
  product(first.zDot, first.D, first.outputs, first.a, depth, depth, blocks, network.panel);
}

/** The loss at θ + α·d, after `startAlong`. */
export function lossAlong(network: Network, alpha: f64): f64 {
  const first = layerOf(network, 0);
  const factor = f64x2.splat(alpha);
  for (let at: usize = 0, end = <usize>blocksOf(network) * first.outputs * unitBytes; at < end; at += 16) {
    const moved = f64x2.add(v128.load(first.aDotW + at), f64x2.mul(factor, v128.load(first.zDot + at)));
    v128.store(first.z + at, moved);
  }
  const size = (<usize>network.size) << 3;
  for (let at = <usize>(first.inputs + 1) * first.outputs * 8; at < size; at += 8) {
    const moved = load<f64>(network.m + at) + alpha * load<f64>(network.direction + at);
    store<f64>(network.theta + at, moved);
  }
  forwardFrom(network);
  return lossOf(network);
}

/** Sets θ back. */
export function endAlong(network: Network): void {
  memory.copy(network.theta, network.m, (<usize>network.size) << 3);
}
