import { expect, it } from "vitest";
import { batchSharpness, sharpnessWindow } from "../../../../src/core/history/batchSharpness";
import { history } from "../../support/history";

it("batchSharpness is the mean of 1/α* over the last steps, negative curvatures included", () => {
  const run = history(300, {
    slope: (step) => (step === 300 ? 0 : -2),
    curvature: (step) => (step <= 150 ? 1e6 : step % 2 === 0 ? 10 : -4),
  });
  // 50 steps with 5 and 50 steps with −2.
  expect(batchSharpness(run, 299 - 1)).toBeCloseTo(1.5, 12);
  // The last step has no finite value.
  expect(batchSharpness(run, 300)).toBeCloseTo((49 * 5 - 50 * 2) / 99, 12);
  expect(batchSharpness(run, 3)).toBeCloseTo(5e5, 6);
  expect(batchSharpness(history(2, {}), 2)).toBeNull();
  expect(sharpnessWindow).toBe(100);
});
