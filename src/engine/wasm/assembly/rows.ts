import { layerOf, Network, unitBytes } from "./network";

/*
 * Sums over the rows of a batch of b rows. The gradient g_i and the Hessian H_i of row i's own loss are b times the row's part
 * of g and H.
 */

/** Σ‖g_i‖², after `backward`: ‖g_i‖² = b²·Σ_l ‖a_{l−1,i}‖²‖δ_{l,i}‖². Each a_{l−1} ends with a 1, for the bias. */
export function rowGradSquares(network: Network): f64 {
  const rows = network.rows;
  let total: f64 = 0;
  for (let n = 0, block: usize = 0; n < rows; n += 4, block++) {
    let sum0 = f64x2.splat(0);
    let sum1 = sum0;
    for (let l = 0; l < network.layerCount; l++) {
      const layer = layerOf(network, l);
      let a0 = f64x2.splat(0);
      let a1 = a0;
      let bytes = <usize>(layer.inputs + 1) * unitBytes;
      for (let at = layer.a + block * bytes, end = at + bytes; at < end; at += unitBytes) {
        a0 = f64x2.add(a0, square(v128.load(at)));
        a1 = f64x2.add(a1, square(v128.load(at, 16)));
      }
      let d0 = f64x2.splat(0);
      let d1 = d0;
      bytes = <usize>layer.outputs * unitBytes;
      for (let at = layer.delta + block * bytes, end = at + bytes; at < end; at += unitBytes) {
        d0 = f64x2.add(d0, square(v128.load(at)));
        d1 = f64x2.add(d1, square(v128.load(at, 16)));
      }
      sum0 = f64x2.add(sum0, f64x2.mul(a0, d0));
      sum1 = f64x2.add(sum1, f64x2.mul(a1, d1));
    }
    total += f64x2.extract_lane(sum0, 0);
    if (n + 1 < rows) total += f64x2.extract_lane(sum0, 1);
    if (n + 2 < rows) total += f64x2.extract_lane(sum1, 0);
    if (n + 3 < rows) total += f64x2.extract_lane(sum1, 1);
  }
  return <f64>rows * <f64>rows * total;
}

/** x² of each lane. */
function square(x: v128): v128 {
  return f64x2.mul(x, x);
}

/** Σr_i², after `tangent`: r_i = dᵀg_i + alpha·dᵀH_id. */
export function residualSquares(network: Network, alpha: f64): f64 {
  const rows = <f64>network.rows;
  const slopes = network.rowSlopes;
  const curvatures = network.rowCurvatures;
  let total: f64 = 0;
  for (let at: usize = 0, end = (<usize>network.rows) << 3; at < end; at += 8) {
    const residual = rows * (load<f64>(slopes + at) + alpha * load<f64>(curvatures + at));
    total += residual * residual;
  }
  return total;
}
