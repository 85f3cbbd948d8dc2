import { expect, it } from "vitest";
import type { Axes } from "../../../../src/engine/linalg/axes";
import { ritzText, sharesText } from "../../../../src/features/probes/probeText";
import { sharesPicture } from "../../../../src/features/probes/sharesPicture";

const axes: Axes = {
  values: Float64Array.of(-1, 2, 10),
  errors: Float64Array.of(0.5, 0.001, 0.01),
  squares: Float64Array.of(5, 4, 1),
  slopes: Float64Array.of(-1, -2, -1),
  curvatures: Float64Array.of(-5, 8, 10),
};

it("sharesPicture adds the shares from the largest eigenvalue on, one stair for each rank, up to 100%", () => {
  const { x, y, slope, curvature, square } = sharesPicture(axes, null);
  expect([x.lo, x.hi]).toEqual([0.5, 3.5]);
  expect(square.map(({ rank }) => rank)).toEqual([0.5, 0.5, 1.5, 2.5, 3.5]);
  expect(square.map(({ share }) => share)).toEqual([0, 0.1, 0.5, 1, 1]);
  expect(slope.map(({ share }) => share)).toEqual([0, 0.25, 0.75, 1, 1]);
  expect(curvature.map(({ share }) => share)).toEqual([0, 10 / 13, 18 / 13, 1, 1]);
  // The axis covers the share above 100%.
  expect(y.lo).toBeLessThanOrEqual(0);
  expect(y.hi).toBeGreaterThanOrEqual(18 / 13);
});

it("sharesPicture leaves out the staircase of a sum that is a small difference of large parts", () => {
  const { slope, curvature, square } = sharesPicture({ ...axes, curvatures: Float64Array.of(-10, 1, 9.5) }, null);
  expect(curvature).toEqual([]);
  expect(slope).toHaveLength(5);
  expect(square).toHaveLength(5);
});

it("sharesText gives the shares of the top eigenvector, and 1/α* where the step has a minimum", () => {
  expect(sharesText(axes, true, "‖d‖²")).toBe(
    "The eigenvector of λmax = 10.0 holds 77% of dᵀHd, 25% of dᵀg and 10% of ‖d‖². 1/α* = 3.25 sums over all eigenvectors.",
  );
  expect(sharesText({ ...axes, slopes: axes.slopes.map((s) => -s) }, false, "dᵀPd")).toBe(
    "The Ritz vector of λmax = 10.0 holds 77% of dᵀHd, 25% of dᵀg and 10% of dᵀPd.",
  );
});

it("ritzText states how many Ritz values are eigenvalues within 1%, and the share of their vectors", () => {
  expect(ritzText(axes, 4481, "‖d‖²")).toBe(
    "3 Ritz vectors for 4481 parameters hold all of d. 2 Ritz values are eigenvalues within 1%: their vectors hold 50% of ‖d‖².",
  );
});
