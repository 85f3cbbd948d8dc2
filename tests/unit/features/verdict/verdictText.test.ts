import { expect, it } from "vitest";
import { verdicts } from "../../../../src/core/history/alpha";
import { defaultRecipe } from "../../../../src/core/recipe/controls";
import type { Optimiser, Rule } from "../../../../src/core/recipe/recipe";
import { divergedSentence, textOf, verdictReason, verdictSentence } from "../../../../src/features/verdict/verdictText";

/** A step with a minimum, of the size lr, that no other minibatch has judged. */
const step = {
  verdict: "minimum",
  alphaStar: 0.25,
  error: Number.NaN,
  next: null,
  taken: 0.001,
  rule: "lr",
} as const;

it.each([
  ["minimum", 0.3347, 0.001, "Adam stepped 0.001. The best step for this batch was 0.33, 335 times longer."],
  ["minimum", 4.4e-4, 0.001, "Adam stepped 0.001. The best step for this batch was 0.00044, 2.3 times shorter."],
  ["minimum", 123.4, 5e-5, "Adam stepped 5e-5. The best step for this batch was 120, 2.5e6 times longer."],
  ["minimum", 0.25, 0.123456789, "Adam stepped 0.123. The best step for this batch was 0.25, 2.0 times longer."],
  ["minimum", 0.001, 0.001, "Adam stepped 0.001. The best step for this batch was 0.0010, the same length."],
  ["minimum", 0.25, 0, "Adam stepped 0. The best step for this batch was 0.25."],
  ["behind", -3, 0.001, "d points uphill on this batch: the model’s minimum is at α* ≤ 0."],
  ["concave", -3, 0.001, "Negative curvature on this batch: the quadratic model has no minimum."],
  ["flat", Number.NaN, 0.001, "Zero curvature along d on this batch: there is no best step."],
] as const)(
  "verdictSentence describes the verdict %s, α* = %d, after a step of %d",
  (verdict, alphaStar, taken, text) => {
    const marked = { ...step, verdict, alphaStar, taken };
    expect(textOf(verdictSentence(marked, "adam"))).toBe(text);
    expect(verdictReason(marked, "adam")).not.toMatch(/NaN|undefined/);
  },
);

const own = "Adam stepped 0.001. The best step for this batch was 0.25, 250 times longer; ";

it.each([
  ["minimum", "minimum", `${own}for the next batch 0.12.`],
  ["minimum", "behind", `${own}d points uphill on the next batch.`],
  ["minimum", "concave", `${own}the next batch has negative curvature.`],
  ["minimum", "flat", `${own}the next batch has zero curvature.`],
  ["minimum", "diverged", `${own}the next batch has no finite model.`],
  [
    "behind",
    "minimum",
    "d points uphill on this batch: the model’s minimum is at α* ≤ 0. The best step for the next batch was 0.12.",
  ],
  [
    "concave",
    "behind",
    "Negative curvature on this batch: the quadratic model has no minimum. d points uphill on the next batch.",
  ],
  [
    "flat",
    "concave",
    "Zero curvature along d on this batch: there is no best step. The next batch has negative curvature.",
  ],
] as const)(
  "verdictSentence describes the verdict %s of the minibatch and %s of the next minibatch",
  (verdict, nextVerdict, text) => {
    const marked = { ...step, verdict, next: { verdict: nextVerdict, alphaStar: 0.1234 } };
    expect(textOf(verdictSentence(marked, "adam"))).toBe(text);
  },
);

it("verdictSentence names the next minibatch’s best step after a step of 0", () => {
  const marked = { ...step, taken: 0, next: { verdict: "minimum", alphaStar: 0.12 } } as const;
  expect(textOf(verdictSentence(marked, "adam"))).toBe(
    "Adam stepped 0. The best step for this batch was 0.25; for the next batch 0.12.",
  );
});

it("verdictSentence has one line for the minibatch and one for the next, short enough for their boxes", () => {
  // 125 characters fit into three lines of a card on a phone 320 px wide.
  const size = (lines: ReturnType<typeof verdictSentence>) => lines.map((line) => textOf([line]).length);
  for (const verdict of ["minimum", "behind", "concave", "flat"] as const) {
    for (const nextVerdict of verdicts) {
      const next = { verdict: nextVerdict, alphaStar: 1.2e-4 };
      const sizes = size(verdictSentence({ ...step, verdict, alphaStar: 4.4e-4, taken: 0.00123, next }, "momentum"));
      expect(sizes).toHaveLength(2);
      expect(Math.max(...sizes)).toBeLessThanOrEqual(72);
      expect((sizes[0] ?? 0) + (sizes[1] ?? 0)).toBeLessThanOrEqual(125);
    }
  }
});

it("verdictSentence and verdictReason name the optimiser", () => {
  const of = (verdict: "minimum" | "behind", optimiser: Optimiser) => {
    const marked = { ...step, verdict, taken: 0.1 };
    return `${textOf(verdictSentence(marked, optimiser))} ${verdictReason(marked, optimiser)}`;
  };
  expect(of("minimum", "sgd")).toBe(
    "SGD stepped 0.1. The best step for this batch was 0.25, 2.5 times longer. along SGD’s direction d.",
  );
  expect(of("behind", "momentum")).toContain("momentum dominates this gradient.");
  expect(of("behind", "adamw")).toContain("momentum or weight decay dominates this gradient.");
  expect(of("behind", "rmsprop")).toContain("this gradient is zero.");
});

it("verdictSentence and verdictReason give a recorded optimiser its own name, and no reason that the page cannot know", () => {
  const marked = { ...step, verdict: "minimum", taken: 0.1 } as const;
  expect(textOf(verdictSentence(marked, "adam", "Muon"))).toMatch(/^Muon stepped 0\.1\./);
  expect(verdictReason(marked, "adam", "Muon")).toBe("along Muon’s direction d.");
  expect(verdictReason({ ...marked, verdict: "behind" }, "adam", "Muon")).toBe("dᵀg is not negative.");
});

it("verdictReason gives the standard error of α* where it is defined", () => {
  expect(verdictReason({ ...step, error: 0.0517 }, "adam")).toBe("along Adam’s direction d, α* ± 0.052.");
  expect(verdictReason({ ...step, rule: "alphaStar" }, "adam")).toBe(
    "along Adam’s direction d; the step size was σ·α*.",
  );
  expect(verdictReason({ ...step, rule: "alphaStarGN" }, "adam")).toContain("the step size was σ·α* (G).");
});

it("verdictSentence colours the step as lr only when the step was lr", () => {
  const lrOf = (rule: Rule) =>
    verdictSentence({ ...step, taken: 0.25, rule }, "adam")
      .flat()
      .some(({ role }) => role === "lr");
  expect([lrOf("lr"), lrOf("alphaStar")]).toEqual([true, false]);
});

it("divergedSentence names the step and the setting to change", () => {
  const sentence = (settings: object) => textOf(divergedSentence(41, { ...defaultRecipe, ...settings }, "adam"));
  expect(sentence({ lr: 1 })).toBe("Training diverged at step 41. Lower lr (now 1).");
  expect(sentence({ lr: 1, eps: 0 })).toContain("or raise ε.");
  expect(textOf(divergedSentence(41, { ...defaultRecipe, lr: 1, eps: 0 }, "sgd"))).not.toContain("ε");
  expect(sentence({ rule: "alphaStar", sigma: 2 })).toContain("Lower σ (now 2.0)");
  expect(sentence({ rule: "alphaStar", sigma: 1 })).toContain("Choose lr as the step rule");
});
