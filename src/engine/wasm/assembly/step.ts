import { lossOf, writeLogSums } from "./loss";
import { layerOf, Network } from "./network";
import { residualSquares, rowGradSquares } from "./rows";
import { backward, backwardForTangent, forward, forwardAfterStep, tangent } from "./sweeps";
import { applyStep, Update, updateMoments } from "./update";

/** The measurements of a step, followed by ‖g‖² and ‖d‖² of each tensor in turn. */
@unmanaged
class Results {
  loss: f64;
  slope: f64;
  curvature: f64;
  curvatureTerms: f64;
  stepTaken: f64;
  lossAfter: f64;
  gaussNewton: f64;
  rowGradSquares: f64;
  residualSquares: f64;
  nextSlope: f64;
  nextCurvature: f64;
  nextCurvatureTerms: f64;
}

/**
 * One measured step on the loaded rows.
 *
 * @param next the partner of the network, with the loaded rows of the next batch; 0: the step is not judged
 * @param rule 1: the step size is σ·α* where the verdict is `minimum`; 2: −σ·dᵀg/dᵀGd where d descends; 0, and else: lr
 * @param measured whether the tangent sweep is made; else the quantities that need it, and the sums over rows, are NaN
 */
export function step(
  network: Network,
  next: usize,
  update: Update,
  lr: f64,
  rule: i32,
  sigma: f64,
  rounding: f64,
  measured: bool,
  results: Results,
): void {
  forward(network);
  const loss = lossOf(network);
  backward(network);
  updateMoments(network, update);
  if (measured) tangent(network);
  else network.slope = network.curvature = network.curvatureTerms = network.gaussNewton = NaN;
  const slope = network.slope;
  const curvature = network.curvature;
  const curvatureTerms = network.curvatureTerms;
  results.gaussNewton = network.gaussNewton;
  results.rowGradSquares = measured ? rowGradSquares(network) : NaN;
  results.residualSquares = measured ? residualSquares(network, -slope / curvature) : NaN;
  if (next && measured) measureNext(changetype<Network>(next), results);
  else results.nextSlope = results.nextCurvature = results.nextCurvatureTerms = NaN;

  let s = lr;
  const finite = isFinite(loss) && isFinite(slope) && isFinite(curvature);
  const flat = abs(curvature) <= rounding * curvatureTerms;
  if (rule === 1 && finite && !flat && curvature > 0 && slope < 0) s = sigma * (-slope / curvature);
  if (rule === 2 && finite && slope < 0 && network.gaussNewton > 0) s = sigma * (-slope / network.gaussNewton);
  applyStep(network, s);
  if (measured) forwardAfterStep(network, s);
  else forward(network);

  results.loss = loss;
  results.slope = slope;
  results.curvature = curvature;
  results.curvatureTerms = curvatureTerms;
  results.stepTaken = s;
  results.lossAfter = lossOf(network);
  writeSquares(network, changetype<usize>(results) + offsetof<Results>());
}

/** Writes slope and curvature of the loaded rows of `next` along d at the present θ. */
function measureNext(next: Network, results: Results): void {
  forward(next);
  if (next.loss === 1) writeLogSums(next);
  backwardForTangent(next);
  tangent(next);
  results.nextSlope = next.slope;
  results.nextCurvature = next.curvature;
  results.nextCurvatureTerms = next.curvatureTerms;
}

/** Writes ‖g‖² and ‖d‖² of each tensor: weight and bias of the first layer, of the second, … */
function writeSquares(network: Network, to: usize): void {
  for (let l = 0; l < network.layerCount; l++) {
    const layer = layerOf(network, l);
    const G = layer.G;
    const D = layer.D;
    const inputs = layer.inputs;
    const outputs = layer.outputs;
    const bias = <usize>inputs * outputs * 8;
    v128.store(to, squares(G, D, bias));
    v128.store(to, squares(G + bias, D + bias, <usize>outputs * 8), 16);
    to += 32;
  }
}

/** ‖g‖² and ‖d‖² of one tensor, in the two lanes. */
function squares(g: usize, d: usize, bytes: usize): v128 {
  let sum = f64x2.splat(0);
  for (const end = g + bytes; g < end; g += 8) {
    const pair = v128.load64_lane(d, v128.load64_zero(g), 1);
    sum = f64x2.add(sum, f64x2.mul(pair, pair));
    d += 8;
  }
  return sum;
}
