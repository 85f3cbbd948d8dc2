import { expect, it } from "vitest";
import { ratesOf } from "../../../../src/core/experiment/range";
import { defaultRecipe } from "../../../../src/core/recipe/controls";
import { medianLength, rangePicture } from "../../../../src/features/experiments/range/rangePicture";
import { rangeText, readingText } from "../../../../src/features/experiments/range/rangeText";
import type { RangeResult } from "../../../../src/session/experiment/rangeTest";

/** A test whose loss falls from 1 to 0.2 at lr 0.1, and explodes at the last steps. */
function result(over: Partial<RangeResult> = {}, losses?: readonly number[]): RangeResult {
  const rates = ratesOf({ from: 1e-4, factor: 1.1 }).slice(0, 90);
  const loss = losses ?? rates.map((lr, k) => (k < 80 ? 0.2 + 0.8 * Math.abs(1 - Math.log10(lr / 1e-4) / 3) : 50));
  const lr = rates.slice(0, loss.length);
  const none = lr.map(() => Number.NaN);
  return {
    test: { taken: 12, lr, loss, alphaStar: lr.map(() => 0.3), nextAlphaStar: none, end: "exploded" },
    recipe: { ...defaultRecipe, edits: [{ step: 10, lr: 0.02 }] },
    own: { low: 0.1, median: 0.2, high: 0.4 },
    next: null,
    edge: 0.5,
    ...over,
  };
}

it("rangePicture finds the least median loss and the learning rate of the run, and shows the losses before the explosion", () => {
  const { least, current, x, y, dots, line } = rangePicture(result());
  expect(least.lr).toBeCloseTo(0.1, 1);
  expect(least.loss).toBeLessThan(0.3);
  expect(current).toBe(0.02);
  expect([x.lo, x.hi]).toEqual([1e-4, 1]);
  expect(y.hi).toBeGreaterThanOrEqual(1);
  expect(y.hi).toBeLessThan(3);
  expect(y.lo).toBeLessThan(0);
  expect(dots).toHaveLength(80);
  // The median of a window follows the explosion at its step.
  expect(line.findIndex(({ loss }) => loss > 10)).toBe(80);
});

it("rangePicture shows a test of one diverged step and an edge far beyond its learning rates", () => {
  const short = result({ own: null, edge: 1e7 }, [1, Number.NaN]);
  const { least, x, dots } = rangePicture(short);
  expect(dots).toHaveLength(1);
  expect(x.hi).toBeLessThan(1);
  expect(rangeText({ ...short, test: { ...short.test, end: "diverged" } }, least)).toBe(
    "Training diverges at lr 0.00011, after 2 steps: the loss is not finite. The edge of stability is at lr 1.0e7.",
  );
});

it("rangeText names the least loss, the end, α* and the edge", () => {
  const shown = result();
  expect(rangeText(shown, { lr: 0.1, loss: 0.25 })).toBe(
    `The loss is least at lr 0.10: median 0.250 of ${medianLength} steps. ` +
      "The loss explodes at lr 0.48, after 90 steps: its running mean is above 4 times the least mean. " +
      "The median α* of the last steps is 0.20. The edge of stability is at lr 0.50.",
  );
  const next = { low: 0, median: 0.1, high: 1 };
  expect(rangeText({ ...shown, next, edge: null }, { lr: 0.1, loss: 0.25 })).toContain(
    "The median α* of the last steps is 0.20, of the next minibatch 0.10.",
  );
  expect(rangeText({ ...shown, test: { ...shown.test, end: "complete" } }, { lr: 0.1, loss: 1 })).toContain(
    "The loss does not explode up to lr 0.48, in 90 steps.",
  );
});

it("readingText names the numbers of a step, with a dash where there is no best step", () => {
  expect(readingText(result(), 1)).toBe("step 14: lr 0.000110, loss 0.989, α* 0.30, next α* –");
});
