import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { piecewise } from "../../../../src/core/schedule/piecewise";
import { interpolate } from "../../../../src/core/schedule/polyline";
import { type Schedule, type ShapeName, shapeNames, shapes } from "../../../../src/core/schedule/schedule";

/** The largest number of pieces of an approximation. */
const maxPieces = 100;

const schedule = (shape: ShapeName, more: Partial<Schedule> = {}): Schedule => ({
  shape,
  length: 1000,
  lr: 0.1,
  low: 0.001,
  end: 1e-4,
  warmUp: 100,
  factor: 0.5,
  every: 300,
  corners: [
    { at: 0.1, value: 0.01 },
    { at: 0.5, value: 1 },
    { at: 1, value: 1e-4 },
  ],
  ...more,
});
const rate = (made: Schedule, t: number) => shapes[made.shape].rate(made, t);

/** The learning rate in force at t. */
const inForce = (made: Schedule, t: number) => piecewise(made).pieces.findLast((piece) => piece.t <= t)?.lr ?? 0;

describe("shapes", () => {
  it("the shape warmUp equals the recursion of PyTorch's LinearLR", () => {
    const made = schedule("warmUp");
    const [start, total] = [made.low / made.lr, made.length];
    let lr = made.lr * start;
    for (let t = 0; t <= total + 5; t++) {
      // torch.optim.lr_scheduler.LinearLR.get_lr, chained.
      if (t > 0 && t <= total) lr *= 1 + (1 - start) / (total * start + (t - 1) * (1 - start));
      expect(rate(made, t)).toBeCloseTo(lr, 10);
    }
  });

  it("the shape cosine equals the recursion of PyTorch's CosineAnnealingLR", () => {
    const made = schedule("cosine");
    let { lr } = made;
    for (let t = 0; t <= made.length; t++) {
      if (t > 0) {
        const cos = (at: number) => 1 + Math.cos((Math.PI * at) / made.length);
        lr = (cos(t) / cos(t - 1)) * (lr - made.end) + made.end;
      }
      expect(rate(made, t)).toBeCloseTo(lr, 10);
    }
  });

  it("the shape steps equals the recursion of PyTorch's StepLR", () => {
    const made = schedule("steps");
    let { lr } = made;
    for (let t = 0; t <= made.length; t++) {
      if (t > 0 && t % made.every === 0) lr *= made.factor;
      expect(rate(made, t)).toBeCloseTo(lr, 12);
    }
  });

  it("the shape warmUpCosine equals optax's warmup_cosine_decay_schedule", () => {
    const made = schedule("warmUpCosine");
    expect([0, 50, 100, 550, 1000].map((t) => rate(made, t))).toEqual(
      [0.001, 0.0505, 0.1, 0.05005, 1e-4].map((lr) => expect.closeTo(lr, 12)),
    );
    expect(rate(schedule("warmUpCosine", { warmUp: 1000 }), 1000)).toBeCloseTo(0.1, 12);
  });

  it("the shape drawn is linear in log lr between corners and constant outside them", () => {
    const made = schedule("drawn");
    expect([0, 100, 300, 500, 750, 1000].map((t) => rate(made, t))).toEqual(
      [0.01, 0.01, 0.1, 1, 0.01, 1e-4].map((lr) => expect.closeTo(lr, 12)),
    );
    expect(interpolate([{ at: 0.5, value: 3 }], 0.9)).toBe(3);
  });
});

describe("piecewise", () => {
  it("piecewise is exact at every step when the schedule is short or constant between few steps", () => {
    for (const made of [
      schedule("cosine", { length: 90, end: 1e-3 }),
      schedule("steps", { factor: 0.9, every: 7, length: 600 }),
    ]) {
      for (let t = 0; t <= made.length; t++) expect(inForce(made, t)).toBe(Number(rate(made, t).toPrecision(4)));
    }
    expect(piecewise(schedule("steps")).pieces).toEqual([
      { t: 0, lr: 0.1 },
      { t: 300, lr: 0.05 },
      { t: 600, lr: 0.025 },
      { t: 900, lr: 0.0125 },
    ]);
    expect(piecewise(schedule("constant")).pieces).toEqual([{ t: 0, lr: 0.1 }]);
  });

  it("piecewise approximates a cosine over a thousand steps and three decades within 3.6%", () => {
    const { pieces, error } = piecewise(schedule("cosine"));
    expect(pieces.length).toBeLessThanOrEqual(maxPieces);
    expect(error).toBeLessThan(0.036);
    expect(pieces[0]).toEqual({ t: 0, lr: 0.1 });
    expect(pieces.at(-1)).toEqual({ t: 1000, lr: 1e-4 });
  });

  const rates = fc.double({ min: 1e-8, max: 100, noNaN: true });
  const schedules: fc.Arbitrary<Schedule> = fc
    .record({
      shape: fc.constantFrom(...shapeNames),
      length: fc.integer({ min: 1, max: 3000 }),
      lr: rates,
      low: rates,
      end: rates,
      warmUp: fc.integer({ min: 1, max: 3000 }),
      factor: fc.double({ min: 0.01, max: 10, noNaN: true }),
      every: fc.integer({ min: 1, max: 1000 }),
      corners: fc.array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), value: rates }), {
        minLength: 1,
        maxLength: 8,
      }),
    })
    .map((made) => ({ ...made, corners: [...made.corners].sort((a, b) => a.at - b.at) }));

  it("piecewise returns at most 100 different valid learning rates, within the stated error and its bound", () => {
    fc.assert(
      fc.property(schedules, (made) => {
        const { pieces, error } = piecewise(made);
        const curve = Array.from({ length: made.length + 1 }, (_, t) => Math.min(Math.max(rate(made, t), 1e-8), 100));
        expect(pieces.length).toBeGreaterThan(0);
        expect(pieces.length).toBeLessThanOrEqual(maxPieces);
        expect(pieces[0]?.t).toBe(0);
        let [worst, variation, piece] = [0, 0, 0];
        for (const [t, lr] of curve.entries()) {
          if (pieces[piece + 1]?.t === t) piece++;
          worst = Math.max(worst, Math.abs((pieces[piece]?.lr ?? 0) / lr - 1));
          if (t > 0) variation += Math.abs(Math.log(lr / (curve[t - 1] ?? lr)));
        }
        expect(piece).toBe(pieces.length - 1);
        expect(error).toBeCloseTo(worst, 8);
        expect(worst).toBeLessThanOrEqual(Math.expm1(variation / (2 * (maxPieces - 3))) * 1.001 + 6e-4);
        for (const [i, { lr }] of pieces.entries()) {
          expect(lr).not.toBe(pieces[i - 1]?.lr);
          expect(lr).toBe(Number(lr.toPrecision(4)));
          expect(lr).toBeGreaterThanOrEqual(1e-8);
          expect(lr).toBeLessThanOrEqual(100);
        }
      }),
    );
  });

  it("piecewise takes less than five seconds for a million steps", () => {
    const begun = performance.now();
    expect(piecewise(schedule("cosine", { length: 1_000_000 })).pieces.length).toBeGreaterThan(90);
    expect(performance.now() - begun).toBeLessThan(2000);
  });
});
