import { expect, test } from "vitest";
import type { Optimiser } from "../../../../src/core/recipe/recipe";
import type { QuadraticModel } from "../../../../src/engine/inspect/probes/probes";
import {
  alphaStarText,
  bestStepOf,
  edgeText,
  eigenvalueText,
  resamplesText,
} from "../../../../src/features/probes/probeText";

const measured = (slope: number, curvature: number, verdict: QuadraticModel["verdict"]): QuadraticModel => ({
  slope,
  curvature,
  verdict,
  alphaStar: verdict === "flat" || verdict === "diverged" ? Number.NaN : -slope / curvature,
});
const ahead = measured(-0.5, 2, "minimum");

test("alphaStarText writes a number where the curvature is positive, else the verdict", () => {
  expect(alphaStarText(ahead)).toBe("0.250");
  expect(alphaStarText(measured(1, 2, "behind"))).toBe("−0.500");
  expect(alphaStarText(measured(-1, -2, "concave"))).toBe("concave");
  expect(alphaStarText(measured(-1, 0, "flat"))).toBe("flat");
});

test("bestStepOf gives the distance α*‖p‖ and the loss change −½ slope²/curvature, and dashes without a minimum", () => {
  expect(bestStepOf({ ...ahead, norm: 4 })).toEqual({ distance: "1.00", lossChange: "−0.0625" });
  expect(bestStepOf({ ...measured(1, 2, "behind"), norm: 4 })).toEqual({ distance: "–", lossChange: "–" });
});

test("resamplesText counts every minibatch by its verdict", () => {
  const found = [ahead, measured(-1, 2, "minimum"), measured(1, 1, "behind"), measured(1, -1, "concave")];
  expect(resamplesText({ step: 1, batchSize: 32, found })).toBe(
    "2 of 4 batches of 32 have a best step: median α* 0.38, middle half from 0.31 to 0.44; 1 uphill, 1 with negative curvature.",
  );
  expect(resamplesText({ step: 1, batchSize: 7, found: [measured(1, 1, "behind")] })).toBe(
    "0 of 1 batches of 7 have a best step; 1 uphill.",
  );
});

test("eigenvalueText adds the error bound where the error changes the first three digits", () => {
  expect(eigenvalueText({ value: 12.345, error: 1e-6 })).toBe("12.3");
  expect(eigenvalueText({ value: -0.0062, error: 4e-5 })).toBe("−0.0062 ± 4e−5");
  expect(eigenvalueText({ value: 0, error: 0 })).toBe("0");
});

test("edgeText gives λmax as a percentage of the threshold, or the reason why no threshold is defined", () => {
  const bounded = (value: number) => ({ value, error: 0 });
  const at = (largest: number, threshold: number | null = 3800, optimiser: Optimiser = "adam") =>
    edgeText(
      {
        step: 1,
        on: "full",
        rows: 400,
        hessian: { largest: bounded(1), smallest: bounded(0), products: 9 },
        preconditioned: { largest: bounded(largest), smallest: bounded(0), products: 9 },
        threshold,
      },
      optimiser,
    );
  expect(at(1026)).toBe("λmax of P⁻½HP⁻½ is 27.0% of the threshold 3800: below the edge of stability.");
  expect(at(3800)).toContain("is 100% of the threshold 3800: at the edge");
  expect(at(4500)).toContain("beyond the edge");
  expect(at(3, 0)).toBe("λmax of P⁻½HP⁻½ is above the threshold 0: beyond the edge of stability.");
  expect(at(3, -9.5)).toContain("is above the threshold −9.50: beyond the edge");
  expect(at(-12, -9.5)).toContain("is not above the threshold −9.50: below the edge");
  expect(at(4500, null)).toBe("No stability threshold: the step size is σ·α*, not a fixed learning rate.");
  expect(at(4500, null, "lion")).toBe("No stability threshold is known for steps along a sign.");
});
