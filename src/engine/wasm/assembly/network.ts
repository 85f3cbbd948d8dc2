/**
 * The memory of a network. All numbers are f64 except the data (f32) and the row order (u32).
 *
 * A matrix with one row per row of the batch is stored in blocks of four rows: entry (n, k) of a matrix of K columns is at
 * (n / 4)·K·32 + k·32 + (n % 4)·8 bytes. Four rows of one unit therefore fill two vectors, and a block is contiguous. The
 * rows above the loaded ones hold arbitrary numbers, which no sum takes in.
 *
 * W_l, D_l and G_l are row-major parts of θ, d and g, with the bias as the last row.
 */

/** The bytes of one unit in a block. */
export const unitBytes: usize = 32;

@unmanaged
export class Layer {
  inputs: i32;
  outputs: i32;
  /** W_l in θ, D_l in d, G_l in g: (inputs + 1) × outputs. */
  W: usize;
  D: usize;
  G: usize;
  /** a_{l−1} with a last column of ones, rows × (inputs + 1); ȧ_{l−1}, rows × inputs. */
  a: usize;
  aDot: usize;
  /** z_l, δ_l, ż_l, ȧ_{l−1}W_l, ȧ_{l−1}D_l: rows × outputs. */
  z: usize;
  delta: usize;
  zDot: usize;
  aDotW: usize;
  aDotD: usize;
  /** δ̇_l, rows × outputs; δ_l V_lᵀ, rows × inputs; ȧ_{l−1}ᵀδ_l, inputs × outputs; (Hv)_l. 0 in a network for training. */
  deltaDot: usize;
  deltaV: usize;
  aDotDelta: usize;
  Hv: usize;
}

@unmanaged
export class Network {
  /** The vectors, P numbers each; vMax is 0 for other optimisers than AMSGrad, Hv is 0 in a network for training. */
  theta: usize;
  direction: usize;
  gradient: usize;
  m: usize;
  v: usize;
  vMax: usize;
  Hv: usize;
  /** The layers, one after another. */
  layers: usize;
  /** The results of the tangent sweep. */
  slope: f64;
  curvature: f64;
  curvatureTerms: f64;
  gaussNewton: f64;
  /** P, the number of parameters. */
  size: i32;
  /** 0 relu, 1 tanh, 2 sigmoid. */
  activation: i32;
  /** 0 squared error, 1 cross-entropy. */
  loss: i32;
  layerCount: i32;
  /** The most rows that fit, a multiple of 4. */
  capacity: i32;
  /** The number of loaded rows. */
  rows: i32;
  /** The data, f32, row-major. */
  x: usize;
  y: usize;
  /** The targets of the loaded rows, rows × outputs. */
  targets: usize;
  /** A part of a matrix, contiguous for the product. */
  panel: usize;
  /** For cross-entropy: softmax(z) and a buffer, rows × outputs; log Σ exp(z), one per row, and a buffer. */
  p: usize;
  exponents: usize;
  logSums: usize;
  maxima: usize;
  /** The network for another batch (`partnerOf`); 0 at first. */
  partner: usize;
  /** The parts of the slope and of the curvature that belong to each row, one per row. */
  rowSlopes: usize;
  rowCurvatures: usize;
}

/** The number of blocks that the loaded rows occupy; the last one may be filled in part. */
export function blocksOf(network: Network): i32 {
  return (network.rows + 3) >> 2;
}

/** Layer `l`, counted from 0. */
export function layerOf(network: Network, l: i32): Layer {
  return changetype<Layer>(network.layers + <usize>l * offsetof<Layer>());
}

export function lastLayer(network: Network): Layer {
  return layerOf(network, network.layerCount - 1);
}
