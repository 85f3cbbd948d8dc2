import { expect, it } from "vitest";
import type { Edit } from "../../../../src/core/recipe/recipe";
import { editsNear, editText, labelsFor, mergeNearby } from "../../../../src/kit/timechart/edits";

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

const schedule = { key: "lr", shape: "cosine", lr: 0.1, end: 0, length: 500 } as const;

it("editText gives the ends, the shape and the length of a schedule", () => {
  expect(editText({ step: 3, beta1: 0.5, schedule })).toBe("β₁ 0.5, lr 0.1 to 0, cosine over 500 steps");
});

it("labelsFor labels a schedule with one word, and mergeNearby keeps the later of a schedule and a learning rate", () => {
  const label = (...edits: Edit[]) =>
    labelsFor(
      mergeNearby(edits, 5).map((edit) => ({ at: 10, edit })),
      400,
      6,
    );
  expect(label({ step: 3, schedule }).map(({ text }) => text)).toEqual(["schedule"]);
  expect(label({ step: 3, lr: 1 }, { step: 4, schedule }).map(({ text }) => text)).toEqual(["schedule"]);
  expect(label({ step: 3, schedule }, { step: 4, lr: 1 }).map(({ text }) => text)).toEqual(["lr 1"]);
});
