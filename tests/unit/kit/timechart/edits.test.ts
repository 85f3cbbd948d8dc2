import { expect, it } from "vitest";
import { editsNear, editText, grouped, labelled, marksOf } from "../../../../src/kit/timechart/edits";

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

it("labels that would run into one another become a count, and none leaves the plot", () => {
  const ticks = (...places: number[]) => places.map((at) => ({ at, edit: { step: at, lr: 0.05 } }));
  const text = (...places: number[]) => labelled(ticks(...places), 400, 6).map(({ x, text }) => [x, text]);
  expect(text(10, 200)).toEqual([
    [10, "lr 0.05"],
    [200, "lr 0.05"],
  ]);
  expect(text(10, 30, 60, 300)).toEqual([
    [10, "3 changes"],
    [300, "lr 0.05"],
  ]);
  expect(text(330, 390)).toHaveLength(1);
  for (const places of [[10], [390], [10, 20, 380, 395], [5, 60, 115, 170, 225, 280, 335, 390]]) {
    const spans = labelled(ticks(...places), 400, 6).map(({ x, text, before }) =>
      before ? [x - 6 * text.length, x] : [x, x + 6 * text.length],
    );
    for (const [i, [from, to]] of spans.entries()) {
      expect(from).toBeGreaterThanOrEqual(spans[i - 1]?.[1] ?? 0);
      expect(to).toBeLessThanOrEqual(400);
    }
  }
});

it("finds the edits within reach of a step", () => {
  const edits = [10, 20, 30].map((step) => ({ step, lr: step / 1000 }));
  expect(editsNear(edits, 21, 2).map(({ step }) => step)).toEqual([20]);
  expect(editsNear(edits, 25, 2)).toEqual([]);
});

it("marks a schedule once, and whatever else was changed meanwhile", () => {
  const cosine = Array.from({ length: 50 }, (_, i) => ({
    step: 10 + 2 * i,
    lr: Number((0.1 * 0.9 ** i).toPrecision(3)),
  }));
  const edits = [{ step: 4, lr: 1 }, ...cosine.map((edit, i) => (i === 20 ? { ...edit, beta1: 0.5 } : edit))];
  expect(marksOf(edits)).toEqual({
    edits: [
      { step: 4, lr: 1 },
      { step: 50, beta1: 0.5 },
    ],
    sweeps: [{ step: 10, to: 108, text: "lr 0.1 to 0.000573 by step 108, in 50 changes" }],
  });
  const few = cosine.slice(0, 7);
  expect(marksOf(few)).toEqual({ edits: few, sweeps: [] });
});
