import { expect, it } from "vitest";
import { ratioPicture } from "../../../../src/features/timecharts/ratioPicture";
import { ratioText } from "../../../../src/features/timecharts/ratioText";
import { history } from "../../support/history";

const run = history(1000, {
  verdict: (step) => (step === 1000 ? 2 : 0),
  alphaStar: () => 1,
  lr: (step) => (step > 950 ? 3 : step > 900 ? 0.9 : 0.01),
});

it("ratioPicture counts shares of all steps and, separately, of the last 10%", () => {
  const { rows, x, recent } = ratioPicture(run, null);
  expect(recent).toEqual({ steps: 100, beyond: 0.49, without: 0.01 });
  expect(rows.reduce((sum, { all }) => sum + all, 0)).toBeCloseTo(99.9, 9);
  expect(rows.reduce((sum, row) => sum + row.recent, 0)).toBeCloseTo(99, 9);
  // 0.01 is between the edges 2^−7 and 2^−6.5.
  expect(rows.find(({ ratio }) => ratio === 2 ** -7)).toMatchObject({ all: 90, recent: 0 });
  for (const place of [0.01, 1, 2, 3]) expect(x.lo < place && place < x.hi).toBe(true);
});

it("ratioPicture counts the shares with α* of the next minibatch over the judged steps of the last 10%", () => {
  const judged = history(1000, {
    alphaStar: () => 1,
    nextAlphaStar: () => 0.1,
    nextVerdict: (step) => (step > 980 ? Number.NaN : step > 960 ? 1 : 0),
    lr: () => 0.01,
  });
  const picture = ratioPicture(judged, null);
  expect(picture.judged).toBe(true);
  // 60 of 80 judged steps have a minimum; 0.1 is between the edges 2^−3.5 and 2^−3.
  expect(picture.rows.find(({ ratio }) => ratio === 2 ** -3.5)).toMatchObject({ recent: 0, next: 75 });
  const unjudged = ratioPicture(history(20, { nextVerdict: () => Number.NaN }), null);
  expect(unjudged.judged).toBe(false);
  expect(unjudged.rows.every(({ next }) => next === 0)).toBe(true);
});

it("ratioText names the share above break-even, and rounds a small share to “under 1%”", () => {
  expect(ratioText({ steps: 12000, beyond: 0.004, without: 0 })).toBe(
    "Last 12\u202f000 steps: under 1% above 2 (loss rises), 0% without a minimum.",
  );
  expect(ratioText({ steps: 10, beyond: 1, without: 0.999 })).toContain("100% above 2");
});

it("ratioPicture has axes and empty bins before the first step", () => {
  const { rows, x, y } = ratioPicture(history(0, {}), null);
  expect(x.lo < 1 && x.hi > 2 && y.hi > 0).toBe(true);
  expect(rows.every(({ all, recent }) => all === 0 && recent === 0)).toBe(true);
});
