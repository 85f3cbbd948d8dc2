import { map } from "./functions";
import { blocksOf, layerOf, Network, unitBytes } from "./network";

/** Writes a_l = φ(z_l) into the input of the next layer. NaN gives NaN for relu too. */
export function activate(network: Network, l: i32): void {
  const layer = layerOf(network, l);
  const outputs = layer.outputs;
  const blocks = blocksOf(network);
  let z = layer.z;
  let a = layerOf(network, l + 1).a;
  if (network.activation !== 0) {
    map(network.activation - 1, z, a, outputs << 2, 4, blocks);
    return;
  }
  const zero = f64x2.splat(0);
  for (let block = 0; block < blocks; block++) {
    for (const end = z + <usize>outputs * unitBytes; z < end; z += 16) {
      const value = v128.load(z);
      v128.store(a, v128.andnot(value, f64x2.lt(value, zero)));
      a += 16;
    }
    a += unitBytes;
  }
}

/** φ′(z) of two units from a = φ(z). */
export function phiPrime(activation: i32, a: v128): v128 {
  const one = f64x2.splat(1);
  if (activation === 0) return v128.and(f64x2.gt(a, f64x2.splat(0)), one);
  if (activation === 1) return f64x2.sub(one, f64x2.mul(a, a));
  return f64x2.mul(a, f64x2.sub(one, a));
}

/** φ″(z)/φ′(z) of two units from a = φ(z). */
export function phiRatio(activation: i32, a: v128): v128 {
  if (activation === 0) return f64x2.splat(0);
  if (activation === 1) return f64x2.mul(f64x2.splat(-2), a);
  return f64x2.sub(f64x2.splat(1), f64x2.mul(f64x2.splat(2), a));
}

/** `to` ← φ′(z_l)∘`from`, both rows × outputs of layer l. */
export function multiplyByPhiPrime(network: Network, l: i32, from: usize, to: usize): void {
  const activation = network.activation;
  const blocks = blocksOf(network);
  const bytes = <usize>layerOf(network, l).outputs * unitBytes;
  let a = layerOf(network, l + 1).a;
  for (let block = 0; block < blocks; block++) {
    for (const end = from + bytes; from < end; from += 16) {
      v128.store(to, f64x2.mul(phiPrime(activation, v128.load(a)), v128.load(from)));
      to += 16;
      a += 16;
    }
    a += unitBytes;
  }
}
