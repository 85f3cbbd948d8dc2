import { expect, it } from "vitest";
import { inWords } from "../../../../src/features/timecharts/RatioChart";
import { ratioShares } from "../../../../src/features/timecharts/ratioShares";
import { history } from "../../support/history";

const run = history(1000, {
  verdict: (step) => (step === 1000 ? 2 : 0),
  alphaStar: () => 1,
  lr: (step) => (step > 950 ? 3 : step > 900 ? 0.9 : 0.01),
});

it("shares are of all steps, and of the last tenth apart", () => {
  const { rows, x, recent } = ratioShares(run, null);
  expect(recent).toEqual({ steps: 100, beyond: 0.49, without: 0.01 });
  expect(rows.reduce((sum, { all }) => sum + all, 0)).toBeCloseTo(99.9, 9);
  expect(rows.reduce((sum, row) => sum + row.recent, 0)).toBeCloseTo(99, 9);
  // 0.01 lies between the edges 2^−7 and 2^−6.5.
  expect(rows.find(({ ratio }) => ratio === 2 ** -7)).toMatchObject({ all: 90, recent: 0 });
  for (const place of [0.01, 1, 2, 3]) expect(x.lo < place && place < x.hi).toBe(true);
});

it("says the share beyond break-even, and never 0% of something", () => {
  expect(inWords({ steps: 12000, beyond: 0.004, without: 0 })).toBe(
    "Last 12\u202f000 steps: under 1% past 2 (loss rises), 0% without a minimum.",
  );
  expect(inWords({ steps: 10, beyond: 1, without: 0.999 })).toContain("100% past 2");
});

it("has its axes before the first step", () => {
  const { rows, x, y } = ratioShares(history(0, {}), null);
  expect(x.lo < 1 && x.hi > 2 && y.hi > 0).toBe(true);
  expect(rows.every(({ all, recent }) => all === 0 && recent === 0)).toBe(true);
});
