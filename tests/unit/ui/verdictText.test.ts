import { expect, it } from "vitest";
import { defaultRecipe } from "../../../src/core/controls";
import { divergedSentence, textOf, verdictSentence } from "../../../src/ui/verdictText";

it.each([
  ["minimum", 0.1423, "Best step on this batch: α* = 0.14, 142 × the learning rate."],
  ["minimum", 4.4e-4, "Best step on this batch: α* = 0.00044, 0.44 × the learning rate."],
  ["minimum", 123.4, "Best step on this batch: α* = 120, 120000 × the learning rate."],
  ["behind", -3, "d points uphill on this batch: momentum outvotes this gradient (α* ≤ 0)."],
  ["concave", -3, "Negative curvature: along d the parabola has no minimum."],
  ["flat", Number.NaN, "Straight along d: no finite best step."],
] as const)("%s, α* = %d", (verdict, alphaStar, text) => {
  expect(textOf(verdictSentence({ verdict, alphaStar, lr: 0.001 }))).toBe(text);
});

it("says at which step it diverged and what to turn down", () => {
  const say = (settings: object) => textOf(divergedSentence(41, { ...defaultRecipe, ...settings }));
  expect(say({ lr: 1 })).toBe("Training has diverged at step 41. Turn down the learning rate (now 1.0).");
  expect(say({ lr: 1, eps: 0 })).toContain("or raise ε above 0");
  expect(say({ rule: "alphaStar", sigma: 2 })).toContain("Turn down σ (now 2.0)");
  expect(say({ rule: "alphaStar", sigma: 1 })).toContain("Choose the learning rate as the step rule");
});
