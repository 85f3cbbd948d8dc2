import { expect, it } from "vitest";
import { compareDirections, lateDirection } from "../../../../src/core/lesson/lateDirection";
import { defaultRecipe } from "../../../../src/core/recipe/controls";

const one = (x: number) => Float64Array.of(x);

it("lateDirection is 0 at the first step for every ε", () => {
  for (const eps of [1e-8, 0]) {
    const d = lateDirection({ m: one(0), v: one(0) }, 1, { ...defaultRecipe, eps });
    expect(d).toEqual(one(0));
  }
});

it("lateDirection corrects the previous moment estimates by a counter advanced twice per step", () => {
  // At step 3 the counter has been advanced at steps 1 and 2 twice, and once more: 5.
  const d = lateDirection({ m: one(0.2), v: one(0.04) }, 3, { beta1: 0.5, beta2: 0.75, eps: 0.1 });
  const [mHat, vHat] = [0.2 / (1 - 0.5 ** 5), 0.04 / (1 - 0.75 ** 5)];
  expect(d[0]).toBeCloseTo(-mHat / (Math.sqrt(vHat) + 0.1), 14);
});

it("compareDirections returns the norms per tensor, the ratio of norms and the cosine", () => {
  const tensors = [
    { name: "a", shape: [2], offset: 0, size: 2 },
    { name: "b", shape: [1], offset: 2, size: 1 },
  ];
  const seen = compareDirections(tensors, Float64Array.of(3, 4, 0), Float64Array.of(0, 8, 6));
  expect(seen.norms).toEqual([
    { name: "a", late: 5, own: 8 },
    { name: "b", late: 0, own: 6 },
  ]);
  expect(seen.lengths).toBeCloseTo(0.5, 14);
  expect(seen.cosine).toBeCloseTo(32 / 50, 14);
  expect(compareDirections(tensors, new Float64Array(3), Float64Array.of(0, 8, 6)).cosine).toBeNaN();
});
