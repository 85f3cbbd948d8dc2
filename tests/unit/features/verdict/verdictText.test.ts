import { expect, it } from "vitest";
import { defaultRecipe } from "../../../../src/core/recipe/controls";
import type { Optimiser } from "../../../../src/core/recipe/recipe";
import { divergedSentence, textOf, verdictReason, verdictSentence } from "../../../../src/features/verdict/verdictText";

it.each([
  ["minimum", 0.3347, 0.001, "Adam stepped 0.001. The best step was 0.33, 335 times longer."],
  ["minimum", 4.4e-4, 0.001, "Adam stepped 0.001. The best step was 0.00044, 2.3 times shorter."],
  ["minimum", 123.4, 5e-5, "Adam stepped 5e-5. The best step was 120, 2.5e6 times longer."],
  ["minimum", 0.25, 0.123456789, "Adam stepped 0.123. The best step was 0.25, 2.0 times longer."],
  ["minimum", 0.001, 0.001, "Adam stepped 0.001. The best step was 0.0010, the same length."],
  ["minimum", 0.25, 0, "Adam stepped 0. The best step was 0.25."],
  ["behind", -3, 0.001, "d points uphill on this batch: the model’s minimum is at α* ≤ 0."],
  ["concave", -3, 0.001, "Negative curvature: the quadratic model has no minimum."],
  ["flat", Number.NaN, 0.001, "Zero curvature along d: there is no best step."],
] as const)(
  "verdictSentence describes the verdict %s, α* = %d, after a step of %d",
  (verdict, alphaStar, taken, text) => {
    const step = { verdict, alphaStar, taken, greedy: false };
    expect(textOf(verdictSentence(step, "adam"))).toBe(text);
    expect(verdictReason(step, "adam")).not.toMatch(/NaN|undefined/);
  },
);

it("verdictSentence and verdictReason name the optimiser", () => {
  const of = (verdict: "minimum" | "behind", optimiser: Optimiser) => {
    const step = { verdict, alphaStar: 0.25, taken: 0.1, greedy: false };
    return `${textOf(verdictSentence(step, optimiser))} ${verdictReason(step, optimiser)}`;
  };
  expect(of("minimum", "sgd")).toBe(
    "SGD stepped 0.1. The best step was 0.25, 2.5 times longer. measured along SGD’s direction d.",
  );
  expect(of("behind", "momentum")).toContain("momentum dominates this gradient.");
  expect(of("behind", "adamw")).toContain("momentum or weight decay dominates this gradient.");
  expect(of("behind", "rmsprop")).toContain("this gradient is zero.");
});

it("verdictSentence colours the step as lr only when the step was lr", () => {
  const lrOf = (greedy: boolean) =>
    verdictSentence({ verdict: "minimum", alphaStar: 0.3, taken: 0.3, greedy }, "adam")
      .flat()
      .some(({ role }) => role === "lr");
  expect([lrOf(false), lrOf(true)]).toEqual([true, false]);
});

it("divergedSentence names the step and the setting to change", () => {
  const sentence = (settings: object) => textOf(divergedSentence(41, { ...defaultRecipe, ...settings }, "adam"));
  expect(sentence({ lr: 1 })).toBe("Training diverged at step 41. Lower lr (now 1).");
  expect(sentence({ lr: 1, eps: 0 })).toContain("or raise ε.");
  expect(textOf(divergedSentence(41, { ...defaultRecipe, lr: 1, eps: 0 }, "sgd"))).not.toContain("ε");
  expect(sentence({ rule: "alphaStar", sigma: 2 })).toContain("Lower σ (now 2.0)");
  expect(sentence({ rule: "alphaStar", sigma: 1 })).toContain("Choose lr as the step rule");
});
