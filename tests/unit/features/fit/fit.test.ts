import { describe, expect, test } from "vitest";
import type { PredictedRows } from "../../../../src/engine/inspect/predictor";
import { fitPicture } from "../../../../src/features/fit/fitPicture";
import { changeSentence, drawingName } from "../../../../src/features/fit/fitText";
import type { Fit } from "../../../../src/session/observe/fit";

const rowsOf = (x: number[], y: number[], rows: number, outputs: number[][] = []): PredictedRows => ({
  rows,
  x: Float32Array.from(x),
  y: Float32Array.from(y),
  outputs: outputs.map((one) => Float32Array.from(one)),
});

const along = { step: 1200, alphas: Float64Array.of(0, 0.01, 0.1), ms: 1, batchRows: 2 } as const;
const points = ["start", "taken", "best"] as const;

const x1 = Float64Array.of(-1, 0, 1);
const curve: Fit = {
  ...along,
  points,
  loss: "mse",
  grid: {
    x1,
    x2: new Float64Array(0),
    outputs: [
      [0, 0, 0],
      [0.3, 0.3, 0.3],
      [3, 4, 0],
    ].map((z) => Float32Array.from(z)),
  },
  batch: rowsOf([0.5, -0.5], [1, -1], 2),
  next: rowsOf([0.2], [0.4], 1),
  train: rowsOf([0.5, -0.5, 0.2], [1, -1, 0.4], 3),
  held: null,
};

/** Class 1 right of x1 = 0.5, and after the step everywhere. */
const plane: Fit = {
  ...curve,
  loss: "cross-entropy",
  grid: {
    x1: Float64Array.of(-1, 0, 1),
    x2: Float64Array.of(0, 2),
    outputs: [
      [0, -1.5, 0, -0.5, 0, 0.5, 0, -1.5, 0, -0.5, 0, 0.5],
      [0, -1.5, 0, -0.5, 0, 0.5, 0, -1.5, 0, -0.5, 0, 0.5],
      [0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1],
    ].map((z) => Float32Array.from(z)),
  },
  batch: rowsOf([0.9, 1], [0, 1], 1),
  next: null,
  train: rowsOf([0.9, 1, -0.5, 0.5], [0, 1, 1, 0], 2),
};

const outputs = [
  [1, 2, 3, 5],
  [1, 2, 3, 5.2],
  [1, 2, 3, 7],
];
const predictions: Fit = {
  ...curve,
  grid: null,
  batch: rowsOf([], [1, 2], 2, [
    [1, 2],
    [1.1, 2],
    [1.5, 2.5],
  ]),
  next: null,
  train: rowsOf([], [1, 2, 3, 4], 4, outputs),
  held: rowsOf([], [2], 1, [[2.5], [2.5], [2.5]]),
};

const classes: Fit = {
  ...predictions,
  loss: "cross-entropy",
  train: rowsOf([], [1, 0, 0, 1, 0, 1], 3, [
    [2, 1, 2, 1, 0, 1],
    [2, 1, 0, 1, 0, 1],
    [0, 1, 0, 1, 0, 1],
  ]),
  held: rowsOf([], [1, 0], 1, [
    [0, 1],
    [0, 1],
    [0, 1],
  ]),
};

describe("fitPicture", () => {
  test("fitPicture draws a curve for each point along d over the range of the grid, and the rows of each group", () => {
    const { drawing, farthest } = fitPicture(curve, null);
    if (drawing.kind !== "curve") throw new Error(drawing.kind);
    expect([drawing.x.lo, drawing.x.hi]).toEqual([-1, 1]);
    expect(drawing.curves.map(({ point }) => point)).toEqual(["start", "taken", "best"]);
    expect(drawing.curves[2]!.rows[1]).toEqual({ x: 0, y: 4 });
    expect(drawing.spots.batch).toEqual([
      { x: 0.5, y: 1, label: 0 },
      { x: -0.5, y: -1, label: 0 },
    ]);
    expect([drawing.spots.next.length, drawing.spots.train.length, drawing.spots.held.length]).toEqual([1, 3, 0]);
    // The axis covers the rows and the curves of θ and of the step taken, not the curve at α*.
    expect(drawing.y.hi).toBeLessThan(3);
    expect(farthest).toBeGreaterThanOrEqual(0.2);
    const next = fitPicture({ ...curve, alphas: Float64Array.of(0, 0.01, 0.08) }, fitPicture(curve, null));
    expect(next.farthest).toBe(farthest);
  });

  test("fitPicture draws the regions of the classes at θ, and their borders at every point", () => {
    const { drawing } = fitPicture(plane, null);
    if (drawing.kind !== "plane") throw new Error(drawing.kind);
    expect(drawing.regions).toHaveLength(2);
    const xs = drawing.regions[1]!.flat().map(([x]) => x);
    expect([Math.min(...xs), Math.max(...xs)]).toEqual([0.5, 1]);
    expect(drawing.borders.map(({ lines }) => lines.length)).toEqual([1, 1, 0]);
    for (const [x] of drawing.borders[0]!.lines[0]!) expect(x).toBeCloseTo(0.5, 12);
    expect(drawing.spots.train.map(({ label }) => label)).toEqual([1, 0]);
  });

  test("fitPicture draws predictions against targets, and for the batch also those at α*", () => {
    const { drawing } = fitPicture(predictions, null);
    if (drawing.kind !== "predictions") throw new Error(drawing.kind);
    expect(drawing.moved).toBe("best");
    expect(drawing.spots.batch).toEqual([
      { x: 1, y: 1, moved: 1.5, label: 0 },
      { x: 2, y: 2, moved: 2.5, label: 0 },
    ]);
    expect(drawing.spots.held).toMatchObject([{ x: 2, y: 2.5 }]);
    const trial = { ...predictions, points: ["start", "trial", "best"] as const };
    expect(fitPicture(trial, null).drawing).toMatchObject({ moved: "trial" });
  });

  test("fitPicture counts rows by class and predicted class at θ, or at the trial α", () => {
    const { drawing } = fitPicture(classes, null);
    expect(drawing).toMatchObject({ kind: "classes", at: "start" });
    if (drawing.kind !== "classes") throw new Error(drawing.kind);
    expect(drawing.train).toEqual({
      counts: [
        [1, 0],
        [1, 1],
      ],
      rows: 3,
      correct: 2,
    });
    expect(drawing.held).toEqual({
      counts: [
        [0, 1],
        [0, 0],
      ],
      rows: 1,
      correct: 0,
    });
    const trial = fitPicture({ ...classes, points: ["start", "taken", "trial"] }, null).drawing;
    expect(trial).toMatchObject({
      at: "trial",
      train: {
        counts: [
          [0, 1],
          [0, 2],
        ],
      },
    });
  });
});

describe("the words of the fit", () => {
  test("changeSentence gives the root mean square of the change, or the share of points or rows with another class", () => {
    expect(changeSentence(curve)).toBe(`Change (RMS): step 0.30, α* ${Math.sqrt(25 / 3).toFixed(1)}`);
    expect(changeSentence(plane)).toBe("Plane of changed class: step 0%, α* 67%");
    expect(changeSentence(classes)).toMatch(/^Rows of changed class: step 33%, .* 67%$/);
  });

  test("changeSentence and drawingName state the change and the points in words", () => {
    expect(changeSentence(curve)).toBe("Change (RMS): step 0.30, α* 2.9");
    expect(changeSentence(plane)).toBe("Plane of changed class: step 0%, α* 67%");
    expect(drawingName(curve, fitPicture(curve, null).drawing)).toBe(
      "Function of the network and rows of the data at step 1200: θ, step taken 0.01, α* 0.1",
    );
    expect(drawingName(predictions, fitPicture(predictions, null).drawing)).toBe(
      "Predictions against targets at step 1200, for this batch also at α*",
    );
  });
});
