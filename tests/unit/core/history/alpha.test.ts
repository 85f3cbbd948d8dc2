import { describe, expect, it } from "vitest";
import { greedyStep } from "../../../../src/core/history/alpha";

describe("greedyStep", () => {
  it("greedyStep is σ·α* for the rule alphaStar where the verdict is minimum, else null", () => {
    const settings = { rule: "alphaStar", sigma: 0.5 } as const;
    expect(greedyStep(settings, "minimum", -2, 4, 5)).toBe(0.25);
    for (const verdict of ["behind", "concave", "flat", "diverged"] as const)
      expect(greedyStep(settings, verdict, -2, 4, 5)).toBeNull();
  });

  it("greedyStep is −σ·dᵀg/dᵀGd for the rule alphaStarGN where d descends, also where the curvature is negative", () => {
    const settings = { rule: "alphaStarGN", sigma: 0.5 } as const;
    for (const verdict of ["minimum", "concave", "flat"] as const)
      expect(greedyStep(settings, verdict, -2, -4, 5)).toBe(0.2);
    expect(greedyStep(settings, "concave", 2, -4, 5)).toBeNull();
    expect(greedyStep(settings, "flat", 0, 0, 5)).toBeNull();
    expect(greedyStep(settings, "flat", -2, 0, 0)).toBeNull();
    expect(greedyStep(settings, "diverged", -2, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY)).toBeNull();
    expect(greedyStep(settings, "flat", -2, 0, Number.NaN)).toBeNull();
  });

  it("greedyStep is null for the rule lr", () => {
    expect(greedyStep({ rule: "lr", sigma: 0.5 }, "minimum", -2, 4, 5)).toBeNull();
  });
});
