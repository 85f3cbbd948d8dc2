import { expect, it } from "vitest";
import { editText, grouped } from "../../../src/charts/edits";

it("says what an edit changed in the lecture's symbols", () => {
  expect(editText({ step: 120, lr: 0.05 })).toBe("lr 0.05");
  expect(editText({ step: 1, beta1: 0.5, eps: 1e-10, shuffle: true })).toBe("β₁ 0.5, ε 1e-10, Shuffle rows on");
  expect(editText({ step: 1, rule: "alphaStar", sigma: 2 })).toBe("step σ·α*, σ 2");
});

it("draws a dragged slider as one edit that ends where the drag ended", () => {
  const drag = [10, 12, 14, 16].map((step, i) => ({ step, lr: i + 1 }));
  expect(grouped([...drag, { step: 90, beta1: 0.5 }], 5)).toEqual([
    { step: 10, lr: 4 },
    { step: 90, beta1: 0.5 },
  ]);
  expect(grouped(drag, 1)).toEqual(drag);
});
