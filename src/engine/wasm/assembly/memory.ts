import { Layer, lastLayer, layerOf, Network, unitBytes } from "./network";

/** The first byte that is not in use. */
let top: usize = (__heap_base + 15) & ~15;

/** `bytes` of memory, filled with zeros, that are never freed. Traps where the memory cannot grow. */
export function allocate(bytes: f64): usize {
  if (<f64>top + bytes + 16 > 4294901760) unreachable();
  const start = top;
  top = (top + <usize>bytes + 15) & ~15;
  const missing = <i32>((top + 0xffff) >>> 16) - memory.size();
  if (missing > 0 && memory.grow(missing) < 0) unreachable();
  return start;
}

function numbers(count: f64): usize {
  return allocate(8 * count);
}

/** Rows × columns in blocks, with a unit in reserve that a kernel may read. */
function blocks(network: Network, columns: i32): usize {
  return allocate((<f64>(network.capacity >> 2) * columns + 4) * unitBytes);
}

/**
 * A network for batches of up to `capacity` rows.
 *
 * @param sizes the units per layer, `count` numbers of 32 bits
 * @param second whether the network also serves Hessian products
 */
export function createNetwork(
  sizes: usize,
  count: i32,
  activation: i32,
  loss: i32,
  capacity: i32,
  x: usize,
  y: usize,
  keepsMax: bool,
  second: bool,
): Network {
  const network = changetype<Network>(allocate(offsetof<Network>()));
  network.activation = activation;
  network.loss = loss;
  network.layerCount = count - 1;
  network.layers = allocate((<f64>count - 1) * offsetof<Layer>());
  network.capacity = (capacity + 3) & ~3;
  network.x = x;
  network.y = y;
  let size: f64 = 0;
  let widest = max(network.capacity, load<i32>(sizes + ((<usize>(count - 1)) << 2)));
  for (let l = 0; l < count - 1; l++) {
    const layer = layerOf(network, l);
    layer.inputs = load<i32>(sizes + ((<usize>l) << 2));
    layer.outputs = load<i32>(sizes + ((<usize>l) << 2), 4);
    size += <f64>(layer.inputs + 1) * layer.outputs;
    widest = max(widest, layer.inputs + 1);
  }
  network.size = <i32>size;
  network.theta = numbers(size);
  network.direction = numbers(size);
  network.gradient = numbers(size);
  network.m = numbers(size);
  network.v = numbers(size);
  if (keepsMax) network.vMax = numbers(size);
  if (second) network.Hv = numbers(size);
  network.panel = allocate(<f64>widest * unitBytes);
  let offset: usize = 0;
  for (let l = 0; l < count - 1; l++) {
    const layer = layerOf(network, l);
    layer.W = network.theta + offset;
    layer.D = network.direction + offset;
    layer.G = network.gradient + offset;
    if (second) {
      layer.deltaDot = blocks(network, layer.outputs);
      layer.deltaV = blocks(network, layer.inputs);
      layer.aDotDelta = numbers(<f64>layer.inputs * layer.outputs);
      layer.Hv = network.Hv + offset;
    }
    offset += <usize>(layer.inputs + 1) * layer.outputs * 8;
  }
  allocateFirst(network);
  allocateOthers(network);
  return network;
}

/**
 * The network for another batch at the same θ along the same d, made at the first call. Both share their vectors, and the buffers
 * that a step on one network no longer needs when the sweeps of the other begin: all but rows, z₁ and ż₁ (`forwardAfterStep`).
 */
export function partnerOf(network: Network): Network {
  if (!network.partner) {
    const partner = changetype<Network>(allocate(offsetof<Network>()));
    const layerBytes = <usize>network.layerCount * offsetof<Layer>();
    memory.copy(changetype<usize>(partner), changetype<usize>(network), offsetof<Network>());
    partner.layers = allocate(<f64>layerBytes);
    memory.copy(partner.layers, network.layers, layerBytes);
    allocateFirst(partner);
    partner.partner = changetype<usize>(network);
    network.partner = changetype<usize>(partner);
  }
  return changetype<Network>(network.partner);
}

/** Allocates the rows of a batch, z₁ and ż₁. */
function allocateFirst(network: Network): void {
  const first = layerOf(network, 0);
  network.targets = blocks(network, lastLayer(network).outputs);
  first.a = inputsWithOnes(network, first.inputs);
  first.z = blocks(network, first.outputs);
  first.zDot = blocks(network, first.outputs);
}

/** Allocates the other buffers of a batch. */
function allocateOthers(network: Network): void {
  network.rowSlopes = blocks(network, 1);
  network.rowCurvatures = blocks(network, 1);
  if (network.loss === 1) {
    const outputs = lastLayer(network).outputs;
    network.p = blocks(network, outputs);
    network.exponents = blocks(network, outputs);
    network.logSums = blocks(network, 1);
    network.maxima = blocks(network, 1);
  }
  for (let l = 0; l < network.layerCount; l++) {
    const layer = layerOf(network, l);
    layer.aDot = blocks(network, layer.inputs);
    layer.delta = blocks(network, layer.outputs);
    layer.aDotW = blocks(network, layer.outputs);
    layer.aDotD = blocks(network, layer.outputs);
    if (l === 0) continue;
    layer.a = inputsWithOnes(network, layer.inputs);
    layer.z = blocks(network, layer.outputs);
    layer.zDot = blocks(network, layer.outputs);
  }
}

/** Rows × (inputs + 1) in blocks, with a last column of ones. */
function inputsWithOnes(network: Network, inputs: i32): usize {
  const a = blocks(network, inputs + 1);
  const one = f64x2.splat(1);
  for (let block = 0; block < network.capacity >> 2; block++) {
    const ones = a + (<usize>(block + 1) * (inputs + 1) - 1) * unitBytes;
    v128.store(ones, one);
    v128.store(ones, one, 16);
  }
  return a;
}
