import { expect, it } from "vitest";
import { defaultRecipe } from "../../../../src/core/recipe/controls";
import type { Optimiser } from "../../../../src/core/recipe/recipe";
import { divergedSentence, textOf, verdictReason, verdictSentence } from "../../../../src/features/verdict/verdictText";

it.each([
  ["minimum", 0.3347, 0.001, "Adam stepped 0.001. The best step was 0.33, 335 × as far."],
  ["minimum", 4.4e-4, 0.001, "Adam stepped 0.001. The best step was 0.00044, 0.44 × as far."],
  ["minimum", 123.4, 5e-5, "Adam stepped 5e-5. The best step was 120, 2.5e6 × as far."],
  ["minimum", 0.25, 0.123456789, "Adam stepped 0.123. The best step was 0.25, 2.0 × as far."],
  ["behind", -3, 0.001, "d points uphill on this batch: its best step is behind (α* ≤ 0)."],
  ["concave", -3, 0.001, "Negative curvature: along d the parabola has no minimum."],
  ["flat", Number.NaN, 0.001, "Straight along d: no finite best step."],
] as const)("%s, α* = %d after a step of %d", (verdict, alphaStar, taken, text) => {
  const step = { verdict, alphaStar, taken, greedy: false };
  expect(textOf(verdictSentence(step, "adam"))).toBe(text);
  expect(verdictReason(step, "adam")).not.toMatch(/NaN|undefined/);
});

it("speaks of the optimiser chosen", () => {
  const of = (verdict: "minimum" | "behind", optimiser: Optimiser) => {
    const step = { verdict, alphaStar: 0.25, taken: 0.1, greedy: false };
    return `${textOf(verdictSentence(step, optimiser))} ${verdictReason(step, optimiser)}`;
  };
  expect(of("minimum", "sgd")).toBe("SGD stepped 0.1. The best step was 0.25, 2.5 × as far. along SGD’s direction d.");
  expect(of("behind", "momentum")).toContain("momentum dominates this gradient.");
  expect(of("behind", "adamw")).toContain("momentum or weight decay dominates this gradient.");
  expect(of("behind", "rmsprop")).toContain("this gradient is zero.");
});

it("gives the learning rate its colour only where it was the step", () => {
  const lrOf = (greedy: boolean) =>
    verdictSentence({ verdict: "minimum", alphaStar: 0.3, taken: 0.3, greedy }, "adam")
      .flat()
      .some(({ role }) => role === "lr");
  expect([lrOf(false), lrOf(true)]).toEqual([true, false]);
});

it("says at which step it diverged and what to turn down", () => {
  const say = (settings: object) => textOf(divergedSentence(41, { ...defaultRecipe, ...settings }, "adam"));
  expect(say({ lr: 1 })).toBe("Diverged at step 41. Turn down lr (now 1).");
  expect(say({ lr: 1, eps: 0 })).toContain("or raise ε.");
  expect(textOf(divergedSentence(41, { ...defaultRecipe, lr: 1, eps: 0 }, "sgd"))).not.toContain("ε");
  expect(say({ rule: "alphaStar", sigma: 2 })).toContain("Turn down σ (now 2.0)");
  expect(say({ rule: "alphaStar", sigma: 1 })).toContain("Choose lr as the step rule");
});
