import { map } from "./functions";
import { blocksOf, lastLayer, Network, unitBytes } from "./network";

/** The mean loss over the loaded rows, from the last layer's z. Cross-entropy also writes `logSums`. */
export function lossOf(network: Network): f64 {
  const outputs = <usize>lastLayer(network).outputs;
  const rows = network.rows;
  const squared = network.loss === 0;
  if (!squared) writeLogSums(network);
  let z = lastLayer(network).z;
  let y = network.targets;
  let total: f64 = 0;
  for (let n = 0; n < rows; n++) {
    const logSum = squared ? 0 : load<f64>(network.logSums + ((<usize>n) << 3));
    for (let at: usize = 0, end = outputs * unitBytes; at < end; at += unitBytes) {
      if (squared) {
        const error = load<f64>(z + at) - load<f64>(y + at);
        total += error * error;
      } else total += load<f64>(y + at) * (logSum - load<f64>(z + at));
    }
    const next = (n & 3) === 3 ? outputs * unitBytes - 24 : 8;
    z += next;
    y += next;
  }
  return squared ? total / (<f64>rows * <f64>outputs) : total / rows;
}

/** The number of loaded rows whose largest output is the output of their class. */
export function correctRows(network: Network): i32 {
  const last = lastLayer(network);
  const bytes = <usize>last.outputs * unitBytes;
  let z = last.z;
  let y = network.targets;
  let correct = 0;
  for (let n = 0; n < network.rows; n++) {
    let best: usize = 0;
    let label: usize = 0;
    for (let at = unitBytes; at < bytes; at += unitBytes) {
      if (load<f64>(z + at) > load<f64>(z + best)) best = at;
      if (load<f64>(y + at) === 1) label = at;
    }
    // Where training has diverged, the largest output is not a number.
    if (best === label && isFinite(load<f64>(z + best))) correct++;
    const next = (n & 3) === 3 ? bytes - 24 : 8;
    z += next;
    y += next;
  }
  return correct;
}

/** The address of the last layer's z, in blocks of four rows: the four numbers of a unit, then those of the next unit. */
export function outputsOf(network: Network): usize {
  return lastLayer(network).z;
}

/** Writes δ_L = ∂L/∂z_L into the last layer's delta. Cross-entropy needs `logSums` and also writes p = softmax(z). */
export function lossGradient(network: Network): void {
  const last = lastLayer(network);
  const rows = network.rows;
  const bytes = <usize>blocksOf(network) * last.outputs * unitBytes;
  const squared = network.loss === 0;
  if (!squared) writeProbabilities(network);
  const left = squared ? last.z : network.p;
  const divisor = f64x2.splat(squared ? <f64>rows * last.outputs : <f64>rows);
  const factor = f64x2.splat(squared ? 2 : 1);
  for (let at: usize = 0; at < bytes; at += 16) {
    const error = f64x2.sub(v128.load(left + at), v128.load(network.targets + at));
    v128.store(last.delta + at, f64x2.div(f64x2.mul(factor, error), divisor));
  }
}

/**
 * Writes ⟨δ_L, ż_L⟩ as the slope and ż_Lᵀ(∇²ℓ)ż_L as gaussNewton, adds the latter to the curvature, and both to the parts of the
 * rows. Cross-entropy needs p.
 */
export function lossCurvature(network: Network): void {
  const last = lastLayer(network);
  const outputs = <usize>last.outputs;
  const end = outputs * unitBytes;
  const rows = <f64>network.rows;
  const squared = network.loss === 0;
  const factor = 2 / (rows * <f64>outputs);
  let delta = last.delta;
  let zDot = last.zDot;
  let p = network.p;
  let slope: f64 = 0;
  let curvature: f64 = 0;
  let terms: f64 = 0;
  for (let n = 0; n < network.rows; n++) {
    const mean = squared ? 0 : meanOf(p, zDot, end);
    let rowSlope: f64 = 0;
    let rowCurvature: f64 = 0;
    for (let at: usize = 0; at < end; at += unitBytes) {
      const tangent = load<f64>(zDot + at);
      const rise = load<f64>(delta + at) * tangent;
      slope += rise;
      rowSlope += rise;
      if (squared) {
        const term = tangent * tangent;
        curvature += term;
        rowCurvature += term;
      } else {
        const probability = load<f64>(p + at);
        const deviation = tangent - mean;
        const term = probability * deviation * deviation;
        curvature += term;
        rowCurvature += term;
        terms += probability * abs(deviation) * (abs(tangent) + abs(mean));
      }
    }
    const part = (<usize>n) << 3;
    store<f64>(network.rowSlopes + part, rowSlope);
    rowCurvature = squared ? factor * rowCurvature : rowCurvature / rows;
    store<f64>(network.rowCurvatures + part, load<f64>(network.rowCurvatures + part) + rowCurvature);
    const next = (n & 3) === 3 ? end - 24 : 8;
    delta += next;
    zDot += next;
    p += next;
  }
  curvature = squared ? factor * curvature : curvature / rows;
  network.slope = slope;
  network.gaussNewton = curvature;
  network.curvature += curvature;
  network.curvatureTerms += squared ? curvature : terms / rows;
}

/** Writes δ̇_L = (∇²ℓ)ż_L into the last layer's deltaDot. Cross-entropy needs p. */
export function lossGradientTangent(network: Network): void {
  const last = lastLayer(network);
  const outputs = <usize>last.outputs;
  const end = outputs * unitBytes;
  let zDot = last.zDot;
  let to = last.deltaDot;
  let p = network.p;
  for (let n = 0; n < network.rows; n++) {
    const mean = network.loss === 0 ? 0 : meanOf(p, zDot, end);
    for (let at: usize = 0; at < end; at += unitBytes) {
      const tangent = load<f64>(zDot + at);
      if (network.loss === 0) store<f64>(to + at, (2 * tangent) / (<f64>network.rows * <f64>outputs));
      else store<f64>(to + at, (load<f64>(p + at) * (tangent - mean)) / network.rows);
    }
    const next = (n & 3) === 3 ? end - 24 : 8;
    zDot += next;
    to += next;
    p += next;
  }
}

/** Σpż of one row. */
function meanOf(p: usize, zDot: usize, end: usize): f64 {
  let mean: f64 = 0;
  for (let at: usize = 0; at < end; at += unitBytes) mean += load<f64>(p + at) * load<f64>(zDot + at);
  return mean;
}

/** log Σ exp(z) of each row, relative to the maximum of the row so that nothing overflows. */
export function writeLogSums(network: Network): void {
  const last = lastLayer(network);
  const blocks = blocksOf(network);
  const bytes = <usize>last.outputs * unitBytes;
  const exponents = network.exponents;
  const maxima = network.maxima;
  const logSums = network.logSums;
  for (let block = 0; block < blocks; block++) {
    for (let half: usize = 0; half < 32; half += 16) {
      const z = last.z + <usize>block * bytes + half;
      const to = exponents + <usize>block * bytes + half;
      let largest = f64x2.splat(-Infinity);
      for (let at: usize = 0; at < bytes; at += unitBytes) largest = f64x2.max(largest, v128.load(z + at));
      for (let at: usize = 0; at < bytes; at += unitBytes) v128.store(to + at, f64x2.sub(v128.load(z + at), largest));
      v128.store(maxima + <usize>block * unitBytes + half, largest);
    }
  }
  map(2, exponents, exponents, blocks * last.outputs * 4, 0, 1);
  for (let block = 0; block < blocks; block++) {
    for (let half: usize = 0; half < 32; half += 16) {
      const from = exponents + <usize>block * bytes + half;
      let sum = f64x2.splat(0);
      for (let at: usize = 0; at < bytes; at += unitBytes) sum = f64x2.add(sum, v128.load(from + at));
      v128.store(logSums + <usize>block * unitBytes + half, sum);
    }
  }
  map(3, logSums, logSums, blocks * 4, 0, 1);
  for (let at: usize = 0; at < <usize>blocks * unitBytes; at += 16) {
    v128.store(logSums + at, f64x2.add(v128.load(maxima + at), v128.load(logSums + at)));
  }
}

/** p = softmax(z), from `logSums`. */
function writeProbabilities(network: Network): void {
  const last = lastLayer(network);
  const blocks = blocksOf(network);
  const bytes = <usize>last.outputs * unitBytes;
  for (let block = 0; block < blocks; block++) {
    for (let half: usize = 0; half < 32; half += 16) {
      const logSum = v128.load(network.logSums + <usize>block * unitBytes + half);
      const z = last.z + <usize>block * bytes + half;
      const to = network.p + <usize>block * bytes + half;
      for (let at: usize = 0; at < bytes; at += unitBytes) v128.store(to + at, f64x2.sub(v128.load(z + at), logSum));
    }
  }
  map(2, network.p, network.p, blocks * last.outputs * 4, 0, 1);
}
