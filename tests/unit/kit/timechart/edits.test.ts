import { expect, it } from "vitest";
import { editMarks, editsNear, editText, labelsFor, mergeNearby } from "../../../../src/kit/timechart/edits";

it("editText names the changed settings by their symbols", () => {
  expect(editText({ step: 120, lr: 0.05 })).toBe("lr 0.05");
  expect(editText({ step: 1, beta1: 0.5, eps: 1e-10, shuffle: true })).toBe("β₁ 0.5, ε 1e-10, Shuffle rows on");
  expect(editText({ step: 1, rule: "alphaStar", sigma: 2 })).toBe("step σ·α*, σ 2");
});

it("mergeNearby merges the edits of a drag into one with the last value", () => {
  const drag = [10, 12, 14, 16].map((step, i) => ({ step, lr: i + 1 }));
  expect(mergeNearby([...drag, { step: 90, beta1: 0.5 }], 5)).toEqual([
    { step: 10, lr: 4 },
    { step: 90, beta1: 0.5 },
  ]);
  expect(mergeNearby(drag, 1)).toEqual(drag);
});

it("labelsFor merges overlapping labels into a count and keeps all labels inside the plot", () => {
  const ticks = (...places: number[]) => places.map((at) => ({ at, edit: { step: at, lr: 0.05 } }));
  const text = (...places: number[]) => labelsFor(ticks(...places), 400, 6).map(({ x, text }) => [x, text]);
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
    const spans = labelsFor(ticks(...places), 400, 6).map(({ x, text, before }) =>
      before ? [x - 6 * text.length, x] : [x, x + 6 * text.length],
    );
    for (const [i, [from, to]] of spans.entries()) {
      expect(from).toBeGreaterThanOrEqual(spans[i - 1]?.[1] ?? 0);
      expect(to).toBeLessThanOrEqual(400);
    }
  }
});

it("editsNear returns the edits at most `reach` steps away", () => {
  const edits = [10, 20, 30].map((step) => ({ step, lr: step / 1000 }));
  expect(editsNear(edits, 21, 2).map(({ step }) => step)).toEqual([20]);
  expect(editsNear(edits, 25, 2)).toEqual([]);
});

it("editMarks marks a schedule once and keeps the other changes made during it", () => {
  const cosine = Array.from({ length: 50 }, (_, i) => ({
    step: 10 + 2 * i,
    lr: Number((0.1 * 0.9 ** i).toPrecision(3)),
  }));
  const edits = [{ step: 4, lr: 1 }, ...cosine.map((edit, i) => (i === 20 ? { ...edit, beta1: 0.5 } : edit))];
  expect(editMarks(edits)).toEqual({
    edits: [
      { step: 4, lr: 1 },
      { step: 50, beta1: 0.5 },
    ],
    schedules: [{ step: 10, to: 108, text: "lr 0.1 to 0.000573 by step 108, in 50 changes" }],
  });
  const few = cosine.slice(0, 7);
  expect(editMarks(few)).toEqual({ edits: few, schedules: [] });
});
