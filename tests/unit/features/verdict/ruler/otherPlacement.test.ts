import { expect, it } from "vitest";
import type { AlongProbe, QuadraticModel, SpectrumProbe } from "../../../../../src/engine/inspect/probes/probes";
import {
  bestStepMarks,
  type PlacedMark,
  placeMarks,
  resampleDots,
} from "../../../../../src/features/verdict/ruler/otherPlacement";
import { widthOf } from "../../../../../src/features/verdict/ruler/rulerLayout";

const axis = { lo: -4, hi: 1 };
const ahead = (alphaStar: number): QuadraticModel => ({
  slope: -alphaStar,
  curvature: 1,
  alphaStar,
  verdict: "minimum",
});
const concave: QuadraticModel = { slope: -1, curvature: -1, alphaStar: -1, verdict: "concave" };
const along: AlongProbe = {
  step: 5,
  on: "batch",
  rows: 32,
  batch: ahead(0.1),
  full: ahead(0.2),
  norm: 1,
  layers: [],
  others: [
    { name: "gradient", norm: 1, cosine: 1, ...ahead(3) },
    { name: "momentum", norm: 1, cosine: 1, ...concave },
  ],
};
const one = Float64Array.of(1);
const oneAxis = { values: one, errors: one, squares: one, slopes: one, curvatures: one };
const spectrum: SpectrumProbe = {
  step: 5,
  on: "batch",
  rows: 32,
  complete: true,
  hessian: oneAxis,
  preconditioned: oneAxis,
  threshold: 38,
  newton: { name: "newton", norm: 2, cosine: 1, ...ahead(1) },
};

it("bestStepMarks marks each minimum, and Newton’s only when it was measured on the same rows", () => {
  const keys = (answers: Parameters<typeof bestStepMarks>[0]) => bestStepMarks(answers).map(({ key }) => key);
  const state = { along, spectrum, resampled: null, on: "batch" } as const;
  expect(keys(state)).toEqual(["full", "gradient", "newton"]);
  expect(keys({ ...state, spectrum: { ...spectrum, step: 4 } })).toEqual(["full", "gradient", "newton"]);
  expect(keys({ ...state, spectrum: { ...spectrum, on: "full" } })).toEqual(["full", "gradient"]);
  expect(keys({ ...state, along: null })).toEqual([]);
});

it("resampleDots draws a dot for each minimum on the axis", () => {
  const resampled = { step: 5, batchSize: 32, found: [ahead(1e-4), ahead(10), ahead(0.01), ahead(1e5), concave] };
  const dots = resampleDots({ along, spectrum, resampled, on: "batch" }, axis, 500);
  expect(dots.map(Math.round)).toEqual([0, 500, 200]);
});

it("placeMarks overlaps no labels, stems or taken extents, and keeps labels inside the drawing", () => {
  const taken = [
    [430, 500],
    [300, 300],
  ] as const;
  for (let seed = 1; seed < 200; seed++) {
    const marks = Array.from({ length: 6 }, (_, k) => ({
      key: String(k),
      text: ["all data", "−g", "−m̂", "−sign g", "−H⁻¹g", "d"][k] as string,
      // Mostly close together.
      alphaStar: 10 ** (-1.5 + Math.sin(seed * 7 + k * k) * (k % 2 ? 0.4 : 3)),
    }));
    const found = placeMarks(marks, axis, 500, 2, taken);
    expect(found.every(({ x }) => x >= 0 && x <= 500)).toBe(true);
    const labels = found.filter((mark) => mark.level !== null);
    const extent = ({ left, text }: PlacedMark) => [left, left + widthOf(text, 12, "bold")] as const;
    const apart = (a: readonly [number, number], b: readonly [number, number]) => a[1] < b[0] || b[1] < a[0];
    for (const label of labels) {
      expect(extent(label)[0]).toBeGreaterThanOrEqual(-26);
      expect(extent(label)[1]).toBeLessThanOrEqual(526);
      for (const other of taken) expect(apart(extent(label), other)).toBe(true);
      for (const other of labels) {
        if (other === label) continue;
        if (other.level === label.level) expect(apart(extent(label), extent(other))).toBe(true);
        if ((other.level ?? 0) > (label.level ?? 0)) expect(apart(extent(label), [other.x, other.x])).toBe(true);
      }
    }
  }
});

it("placeMarks gives two close marks a label each, when the first has space", () => {
  const [first, second] = placeMarks(
    [
      { key: "a", text: "all data", alphaStar: 0.1 },
      { key: "b", text: "−sign g", alphaStar: 0.11 },
    ],
    axis,
    500,
    2,
  );
  expect(first?.level).toBe(0);
  expect(second?.level).not.toBeNull();
});
