import { describe, expect, it, test } from "vitest";
import { defaultRecipe, settingKeys } from "../../../../src/core/recipe/controls";
import { type Normalisers, optimiserNames, optimisers } from "../../../../src/core/recipe/optimisers";
import type { LiveSettings, Optimiser } from "../../../../src/core/recipe/recipe";
import { updateMoments } from "../../../../src/engine/cpu/update";

const first: Normalisers = { c1: 0, c2: 0 };

/**
 * |θ| after many steps on the loss ½hθ², or as soon as |θ| exceeds 1e9, with a constant preconditioner: the limit in which
 * v is constant and the normalisers are 1.
 */
function distanceAfter(name: Optimiser, settings: LiveSettings, h: number, steps: number, at: number): number {
  let [theta, m] = [1, 0];
  for (let k = 0; k < steps && Math.abs(theta) < 1e9; k++) {
    const { mKeep, mTake, mWeight, gWeight, decay } = optimisers[name].update(settings, at, { c1: 1, c2: 1 });
    const g = h * theta;
    m = mKeep * m + mTake * g;
    theta += settings.lr * (-(mWeight * m + gWeight * g) - decay * theta);
  }
  return Math.abs(theta);
}

test.each(optimiserNames.filter((name) => name !== "lion"))(
  "%s is stable 1% below its threshold and unstable 1% above",
  (name) => {
    for (const [beta1, lr, at] of [
      [0.9, 0.01, 1e6],
      [0.5, 0.3, 40],
      [0, 1, 3],
    ] as const) {
      const settings = { ...defaultRecipe, beta1, lr, weightDecay: 0.2 };
      const edge = optimisers[name].threshold?.(settings, at) ?? Number.NaN;
      expect(distanceAfter(name, settings, 0.99 * edge, 5000, at), `β₁ ${beta1}, below`).toBeLessThan(1e-3);
      expect(distanceAfter(name, settings, 1.01 * edge, 5000, at), `β₁ ${beta1}, above`).toBeGreaterThan(1e3);
    }
  },
);

it("the threshold of AdamW is negative when weight decay alone makes the step unstable", () => {
  const settings = { ...defaultRecipe, lr: 10, weightDecay: 1 };
  expect(optimisers.adamw.threshold?.(settings, 1)).toBeCloseTo(-15.2, 9);
  expect(distanceAfter("adamw", settings, 1e-9, 5000, 1)).toBeGreaterThan(1e3);
});

it("Lion gives d = −sign(β₁m + (1 − β₁)g) − λθ with the m before the step, and then m with β₂", () => {
  const state = optimisers.lion.init(Float64Array.of(0.5, -2, 3, 1));
  state.m.set([1, 1, 0, 0]);
  const settings = { ...defaultRecipe, beta1: 0.75, beta2: 0.5, weightDecay: 0.1 };
  const direction = new Float64Array(4);
  updateMoments(state, Float64Array.of(-2, -4, 5, 0), optimisers.lion.update(settings, 1, first), direction);
  expect([...direction]).toEqual([-1 - 0.05, 1 + 0.2, -1 - 0.3, -0.1].map((d) => expect.closeTo(d, 15)));
  expect([...state.m]).toEqual([-0.5, -1.5, 2.5, 0]);
  expect(optimisers.lion.threshold).toBeNull();
});

describe("normalisers", () => {
  it("the normalisers equal 1 − βᵗ for constant β, and follow the weights of the mean after a change of β", () => {
    let now: Normalisers = first;
    for (let step = 1; step <= 50; step++) now = optimisers.adam.update(defaultRecipe, step, now);
    expect(now.c1).toBeCloseTo(1 - 0.9 ** 50, 12);
    expect(now.c2).toBeCloseTo(1 - 0.999 ** 50, 12);
    const other = optimisers.adam.update({ ...defaultRecipe, beta1: 0.5 }, 51, now);
    expect(other.c1).toBeCloseTo(0.5 * now.c1 + 0.5, 12);
  });

  it("Adam, AMSGrad and AdamW give d = −g/|g| at every step when the gradient g is constant", () => {
    for (const name of ["adam", "amsgrad", "adamw"] as const) {
      let [m, v, now] = [0, 0, first];
      for (let step = 1; step <= 30; step++) {
        const update = optimisers[name].update({ ...defaultRecipe, eps: 0 }, step, now);
        now = update;
        m = update.mKeep * m + update.mTake * -3;
        v = update.vKeep * v + update.vTake * 9;
        const d = -(update.mWeight * m + update.gWeight * -3) / Math.sqrt(update.vWeight * v);
        expect(d, `${name}, step ${step}`).toBeCloseTo(1, 9);
      }
    }
  });
});

it("an optimiser depends on exactly the settings that `reads` lists", () => {
  const changed = { beta1: 0.3, beta2: 0.4, eps: 0.5, weightDecay: 0.6 } as const;
  for (const name of optimiserNames) {
    const { update, reads, momentum, adaptive } = optimisers[name];
    const base = update(defaultRecipe, 7, { c1: 0.5, c2: 0.01 });
    for (const [key, value] of Object.entries(changed)) {
      const moved = update({ ...defaultRecipe, [key]: value }, 7, { c1: 0.5, c2: 0.01 });
      const isRead = (reads as readonly string[]).includes(key);
      if (isRead) expect(moved, `${name} ${key}`).not.toEqual(base);
      else expect(moved, `${name} ${key}`).toEqual(base);
    }
    expect(base.mKeep > 0, name).toBe(momentum);
    expect(base.vWeight > 0, name).toBe(adaptive);
    expect(settingKeys).toEqual(expect.arrayContaining([...reads]));
  }
});
