import { Network } from "./network";

/** The numbers of a `ElementwiseUpdate` that an update uses; `sign` is 1 or 0. */
@unmanaged
export class Update {
  mKeep: f64;
  mTake: f64;
  vKeep: f64;
  vTake: f64;
  mWeight: f64;
  gWeight: f64;
  vWeight: f64;
  floor: f64;
  decay: f64;
  sign: f64;
}

/** sign(x); NaN for NaN, and the zero itself for a zero, as Math.sign. */
function signs(x: v128): v128 {
  const negative = v128.bitselect(f64x2.splat(-1), x, f64x2.lt(x, f64x2.splat(0)));
  return v128.bitselect(f64x2.splat(1), negative, f64x2.gt(x, f64x2.splat(0)));
}

/** Updates the moment estimates with the gradient, and writes the optimiser's d. θ is not changed. */
export function updateMoments(network: Network, update: Update): void {
  const theta = network.theta;
  const direction = network.direction;
  const gradient = network.gradient;
  const m = network.m;
  const v = network.v;
  const vMax = network.vMax;
  const mKeep = update.mKeep;
  const mTake = update.mTake;
  const vKeep = update.vKeep;
  const vTake = update.vTake;
  const mWeight = update.mWeight;
  const gWeight = update.gWeight;
  const vWeight = update.vWeight;
  const floor = update.floor;
  const decay = update.decay;
  const sign = update.sign !== 0;
  const bytes = (<usize>network.size) << 3;
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) {
    const g = v128.load(gradient + at);
    const before = v128.load(m + at);
    const mk = f64x2.add(f64x2.mul(f64x2.splat(mKeep), before), f64x2.mul(f64x2.splat(mTake), g));
    v128.store(m + at, mk);
    // Where d is not divided by √v, an overflow of g² must not reach d.
    let vk = f64x2.splat(0);
    if (vWeight > 0) {
      const square = f64x2.mul(f64x2.mul(f64x2.splat(vTake), g), g);
      vk = f64x2.add(f64x2.mul(f64x2.splat(vKeep), v128.load(v + at)), square);
    }
    v128.store(v + at, vk);
    if (vMax) {
      vk = f64x2.max(v128.load(vMax + at), vk);
      v128.store(vMax + at, vk);
    }
    const used = sign ? before : mk;
    const sum = f64x2.add(f64x2.mul(f64x2.splat(mWeight), used), f64x2.mul(f64x2.splat(gWeight), g));
    let d: v128;
    if (sign) d = f64x2.neg(signs(sum));
    else {
      const root = f64x2.add(f64x2.sqrt(f64x2.mul(f64x2.splat(vWeight), vk)), f64x2.splat(floor));
      d = f64x2.div(f64x2.neg(sum), root);
    }
    if (decay !== 0) d = f64x2.sub(d, f64x2.mul(f64x2.splat(decay), v128.load(theta + at)));
    v128.store(direction + at, d);
  }
  if (at < bytes) {
    const g = load<f64>(gradient + at);
    const before = load<f64>(m + at);
    const mk = mKeep * before + mTake * g;
    store<f64>(m + at, mk);
    let vk = vWeight > 0 ? vKeep * load<f64>(v + at) + vTake * g * g : 0;
    store<f64>(v + at, vk);
    if (vMax) {
      vk = max(load<f64>(vMax + at), vk);
      store<f64>(vMax + at, vk);
    }
    const sum = mWeight * (sign ? before : mk) + gWeight * g;
    const d = sign ? -f64x2.extract_lane(signs(f64x2.splat(sum)), 0) : -sum / (sqrt(vWeight * vk) + floor);
    store<f64>(direction + at, decay === 0 ? d : d - decay * load<f64>(theta + at));
  }
}

/** θ ← θ + s·d */
export function applyStep(network: Network, s: f64): void {
  const theta = network.theta;
  const direction = network.direction;
  const step = f64x2.splat(s);
  const bytes = (<usize>network.size) << 3;
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) {
    v128.store(theta + at, f64x2.add(v128.load(theta + at), f64x2.mul(step, v128.load(direction + at))));
  }
  if (at < bytes) store<f64>(theta + at, load<f64>(theta + at) + s * load<f64>(direction + at));
}
