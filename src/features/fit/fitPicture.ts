import { extent, ticks } from "d3-array";
import type { PredictedRows } from "../../engine/inspect/predictor";
import { type Domain, linearDomain, niceCeil } from "../../kit/chart/domains";
import { type Field, type Point, positiveParts } from "../../kit/plane/isolines";
import type { Fit, FitPoint } from "../../session/observe/fit";

/** A row of the data on the chart. */
export interface Spot {
  readonly x: number;
  readonly y: number;
  /** The class; 0 for data without classes. */
  readonly label: number;
  /** The height after the step that is drawn, on the chart of predictions. */
  readonly moved?: number;
}

/** The rows of the data by group; the rows of a minibatch are also among the training rows. */
export interface Spots {
  readonly batch: readonly Spot[];
  readonly next: readonly Spot[];
  readonly train: readonly Spot[];
  readonly held: readonly Spot[];
}

/** The function of one input at each point. */
interface Curve {
  readonly point: FitPoint;
  readonly rows: readonly { readonly x: number; readonly y: number }[];
}

/** The lines between two classes at each point, in the units of the axes. */
interface Border {
  readonly point: FitPoint;
  readonly lines: readonly (readonly Point[])[];
}

interface Axes {
  readonly x: Domain;
  readonly y: Domain;
  readonly spots: Spots;
}

/** The counts of rows by class (down) and predicted class (across). */
export interface Confusion {
  readonly counts: readonly (readonly number[])[];
  readonly rows: number;
  readonly correct: number;
}

export type FitDrawing =
  | (Axes & { readonly kind: "curve"; readonly curves: readonly Curve[] })
  | (Axes & {
      readonly kind: "plane";
      /** For each class the polygons in which it is predicted at the first point. */
      readonly regions: readonly (readonly (readonly Point[])[])[];
      readonly borders: readonly Border[];
    })
  | (Axes & { readonly kind: "predictions"; readonly moved: FitPoint })
  | { readonly kind: "classes"; readonly train: Confusion; readonly held: Confusion | null; readonly at: FitPoint };

export interface FitPicture {
  readonly fit: Fit;
  readonly drawing: FitDrawing;
  /** The largest trial α. */
  readonly farthest: number;
}

export function fitPicture(fit: Fit, before: FitPicture | null): FitPicture {
  return { fit, drawing: drawingOf(fit, before?.drawing ?? null), farthest: farthestOf(fit, before) };
}

/** Twice the largest step size of the step or more; kept while it is at most eight times that step size. */
function farthestOf({ points, alphas }: Fit, before: FitPicture | null): number {
  const own = points.flatMap((point, k) => (point === "trial" ? [] : [Math.abs(alphas[k]!)]));
  const largest = Math.max(...own) || 1;
  const kept = before !== null && before.farthest >= 2 * largest && before.farthest <= 8 * largest;
  return kept ? before.farthest : niceCeil(2.5 * largest);
}

function drawingOf(fit: Fit, before: FitDrawing | null): FitDrawing {
  const { grid, train } = fit;
  if (grid && grid.x2.length === 0) return curveDrawing(fit, grid, before);
  if (grid) return planeDrawing(fit, grid);
  return fit.loss === "mse" ? predictionDrawing(fit, before) : classDrawing(fit, train.y.length / train.rows);
}

type Grid = NonNullable<Fit["grid"]>;

function curveDrawing(fit: Fit, { x1, outputs }: Grid, before: FitDrawing | null): FitDrawing {
  const curves = fit.points.map((point, k) => ({
    point,
    rows: Array.from(x1, (x, i) => ({ x, y: outputs[k]![i]! })),
  }));
  const spots = spotsOf(fit, ({ x, y }, row) => ({ x: x[row]!, y: y[row]!, label: 0 }));
  // Distant step sizes have curves far beyond the rows: they are cut off at the axis.
  const near = curves.slice(0, 2).flatMap(({ rows }) => rows.map(({ y }) => y));
  const heights = [...spots.train, ...spots.held, ...spots.batch].map(({ y }) => y);
  const [low = 0, high = 1] = extent([...heights, ...near.filter(Number.isFinite)]);
  const y = linearDomain(low, high, before?.kind === "curve" ? before.y : null);
  return { kind: "curve", x: rangeOf(x1), y, spots, curves };
}

function planeDrawing(fit: Fit, { x1, x2, outputs }: Grid): FitDrawing {
  const classes = outputs[0]!.length / (x1.length * x2.length);
  const toAxes = ([column, row]: Point): Point => [between(x1, column), between(x2, row)];
  const partsOf = (k: number, label: number) =>
    positiveParts(marginField(outputs[k]!, x1.length, x2.length, classes, label));
  const regions = Array.from({ length: classes }, (_, label) =>
    partsOf(0, label).polygons.map((polygon) => polygon.map(toAxes)),
  );
  const borders = fit.points.map((point, k) => ({
    point,
    // The border of the last class is drawn as that of the others.
    lines: Array.from({ length: classes - 1 }, (_, label) => partsOf(k, label).lines)
      .flat()
      .map((line) => line.map(toAxes)),
  }));
  const spots = spotsOf(fit, ({ x, y }, row) => ({
    x: x[2 * row]!,
    y: x[2 * row + 1]!,
    label: labelOf(y, row, classes),
  }));
  return { kind: "plane", x: rangeOf(x1), y: rangeOf(x2), spots, regions, borders };
}

/** z of a class minus the largest z of the other classes. */
function marginField(z: Float32Array, columns: number, rows: number, classes: number, label: number): Field {
  return {
    columns,
    rows,
    at(column, row) {
      const first = (row * columns + column) * classes;
      let other = Number.NEGATIVE_INFINITY;
      for (let k = 0; k < classes; k++) if (k !== label) other = Math.max(other, z[first + k]!);
      return z[first + label]! - other;
    },
  };
}

function predictionDrawing(fit: Fit, before: FitDrawing | null): FitDrawing {
  const at = ["trial", "best", "taken"].map((point) => fit.points.indexOf(point as FitPoint)).find((k) => k >= 0)!;
  const spots = spotsOf(
    fit,
    ({ y, outputs }, i) => ({ x: y[i]!, y: outputs[0]![i]!, moved: outputs[at]![i]!, label: 0 }),
    fit.train.y.length / fit.train.rows,
  );
  const all = [...spots.train, ...spots.held, ...spots.batch];
  const previous = before?.kind === "predictions" ? before : null;
  const domain = (values: readonly number[], was: Domain | undefined) => {
    const [low = 0, high = 1] = extent(values.filter(Number.isFinite));
    return linearDomain(low, high, was ?? null);
  };
  return {
    kind: "predictions",
    x: domain(
      all.map(({ x }) => x),
      previous?.x,
    ),
    y: domain(
      all.map(({ y }) => y),
      previous?.y,
    ),
    spots,
    moved: fit.points[at]!,
  };
}

function classDrawing(fit: Fit, classes: number): FitDrawing {
  const trial = fit.points.indexOf("trial");
  const at = trial < 0 ? 0 : trial;
  const confusion = ({ rows, y, outputs }: PredictedRows): Confusion => {
    const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
    let correct = 0;
    for (let row = 0; row < rows; row++) {
      const [label, predicted] = [labelOf(y, row, classes), labelOf(outputs[at]!, row, classes)];
      counts[label]![predicted]!++;
      if (label === predicted) correct++;
    }
    return { counts, rows, correct };
  };
  return { kind: "classes", train: confusion(fit.train), held: fit.held && confusion(fit.held), at: fit.points[at]! };
}

/** The index of the largest value of a row. */
export function labelOf(values: Float32Array, row: number, classes: number): number {
  let best = 0;
  for (let k = 1; k < classes; k++) if (values[row * classes + k]! > values[row * classes + best]!) best = k;
  return best;
}

/** @param perRow the number of spots of a row */
function spotsOf(fit: Fit, spotAt: (rows: PredictedRows, i: number) => Spot, perRow = 1): Spots {
  const of = (rows: PredictedRows | null) =>
    rows ? Array.from({ length: rows.rows * perRow }, (_, i) => spotAt(rows, i)) : [];
  return { batch: of(fit.batch), next: of(fit.next), train: of(fit.train), held: of(fit.held) };
}

function rangeOf(points: Float64Array): Domain {
  const [lo, hi] = [points[0]!, points.at(-1)!];
  return { lo, hi, ticks: ticks(lo, hi, 4) };
}

/** The coordinate at a position in cells. */
const between = (points: Float64Array, position: number): number => points[0]! + position * (points[1]! - points[0]!);
