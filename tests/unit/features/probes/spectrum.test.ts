import { expect, it } from "vitest";
import { spectrumPicture } from "../../../../src/features/probes/spectrumPicture";

it("spectrumPicture ranks eigenvalues by value, counts zeros, and keeps the threshold on the axis", () => {
  const values = Float64Array.of(-0.5, -1e-18, 0, 2e-17, 0.01, 30);
  const picture = spectrumPicture(values, 3800, null);
  expect(picture.positive).toMatchObject([
    { rank: 1, size: 30 },
    { rank: 2, size: 0.01 },
  ]);
  expect(picture.negative).toMatchObject([{ rank: 6, size: 0.5 }]);
  expect(picture.zeros).toBe(3);
  expect(picture.x).toEqual({ lo: 0.5, hi: 6.5, ticks: [1, 6] });
  expect(picture.y.lo).toBeLessThanOrEqual(0.01);
  expect(picture.y.hi).toBeGreaterThanOrEqual(3800);
  expect(spectrumPicture(values, 3800, picture).y).toBe(picture.y);
  for (const threshold of [0, -9.5]) expect(spectrumPicture(values, threshold, null).y.lo).toBeGreaterThan(0);
  const none = spectrumPicture(new Float64Array(3), null, null);
  expect(none.zeros).toBe(3);
  expect(Number.isFinite(none.y.lo) && Number.isFinite(none.y.hi)).toBe(true);
});
