import { expect, it } from "vitest";
import { alphaPicture } from "../../../../src/features/timecharts/alphaPicture";
import { history } from "../../support/history";
import { reading } from "../../support/reading";

const [minimum, behind, concave, flat] = [0, 1, 2, 3];

it("alphaPicture draws α* at steps with a minimum and marks every other step by its verdict", () => {
  const verdict = (step: number) => ({ 2: behind, 3: concave, 4: flat })[step] ?? minimum;
  const alphaStar = (step: number) => (step === 4 ? Number.NaN : step === 2 || step === 3 ? -5 : step / 10);
  const run = history(6, { verdict, alphaStar, lr: () => 0.001 });
  const { best, without, y } = alphaPicture(reading(run), null, 300);
  expect(best.points).toEqual([1, 5, 6].map((step) => ({ step, value: step / 10 })));
  expect(without).toEqual({ behind: [{ step: 2 }], concave: [{ step: 3 }], flat: [{ step: 4 }] });
  // The learning rate is above the bottom edge.
  expect(y.lo).toBeLessThan(0.001);
  expect(y.hi).toBeGreaterThanOrEqual(0.6);
});

it("alphaPicture draws α* of the next minibatch at steps at which that minibatch has a minimum", () => {
  const run = history(6, {
    alphaStar: () => 0.5,
    nextVerdict: (step) => ({ 2: behind, 3: concave, 4: Number.NaN })[step] ?? minimum,
    nextAlphaStar: (step) => (step === 2 || step === 3 ? -5 : step / 1000),
    lr: () => 0.1,
  });
  const { next, y } = alphaPicture(reading(run), null, 300);
  expect(next.points).toEqual([1, 5, 6].map((step) => ({ step, value: step / 1000 })));
  expect(y.lo).toBeLessThanOrEqual(0.001);
});

it("alphaPicture keeps its axis on α* and the larger learning rates when a schedule decays to 0", () => {
  const decaying = history(100, {
    alphaStar: () => 0.5,
    verdict: () => minimum,
    lr: (step) => (step < 50 ? 0.1 ** step : 0),
  });
  const axis = ({ y }: ReturnType<typeof alphaPicture>) => [y.ticks[0], y.hi];
  expect(axis(alphaPicture(reading(decaying), null, 300))).toEqual([1e-6, 1]);
  const still = history(100, { alphaStar: () => 50, verdict: () => minimum, lr: () => 0 });
  expect(axis(alphaPicture(reading(still), null, 300))).toEqual([10, 100]);
});

it("alphaPicture has axes and no data before the first step", () => {
  const { rows, best, x, y } = alphaPicture(reading(history(0, {})), null, 300);
  expect([rows, best.points, best.columns]).toEqual([[], [], []]);
  expect([x.lo, x.hi, y.hi > y.lo]).toEqual([0, 100, true]);
});

it("alphaPicture keeps the learning rate and the band on its axis, not a spike", () => {
  const run = history(5000, {
    alphaStar: (step) => (step === 3210 ? 1e9 : 0.2 + 0.1 * Math.sin(step)),
    verdict: () => minimum,
    lr: () => 0.001,
  });
  const { best, y } = alphaPicture(reading(run), null, 300);
  expect([y.ticks[0], y.hi]).toEqual([1e-3, 10]);
  expect(best.points).toContainEqual({ step: 3210, value: 1e9 });
});
