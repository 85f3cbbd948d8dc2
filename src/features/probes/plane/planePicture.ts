import { ticks } from "d3-array";
import { type PlaneProbe, planePoints } from "../../../engine/inspect/probes/probes";
import type { Domain } from "../../../kit/chart/domains";
import { type Point, positiveParts } from "../../../kit/plane/isolines";

/** The part of the plane below one loss, and its contour, in the coordinates of the axes. */
interface Contour {
  readonly loss: number;
  readonly lines: readonly (readonly Point[])[];
  readonly below: readonly (readonly Point[])[];
}

export interface PlanePicture {
  /** The domain of both axes. */
  readonly axis: Domain;
  readonly contours: readonly Contour[];
  /** The contour through θ. */
  readonly here: Contour;
  /** θ + α*d; null where the curvature along d is not positive. */
  readonly best: Point | null;
  /** The minimum of the quadratic model in the plane; null where it has none. */
  readonly minimum: Point | null;
}

/** Contours between the smallest and the largest loss of the grid. */
const levels = 10;

/** The contours have distances in loss that grow: on a quadratic loss the ellipses have equal distances. */
export function planePicture(plane: PlaneProbe): PlanePicture {
  const { reach, losses, loss, slopes, curvatures } = plane;
  const finite = losses.filter(Number.isFinite);
  const [least, most] = [finite.reduce((a, b) => Math.min(a, b), loss), finite.reduce((a, b) => Math.max(a, b), loss)];
  const levelAt = (k: number) => least + (most - least) * (k / levels) ** 2;
  const [g1, g2] = slopes;
  const [h11, h12, h22] = curvatures;
  const determinant = h11 * h22 - h12 * h12;
  return {
    axis: { lo: -reach, hi: reach, ticks: ticks(-reach, reach, 4) },
    contours: Array.from({ length: levels - 1 }, (_, k) => contourAt(plane, levelAt(k + 1))),
    here: contourAt(plane, loss),
    best: h11 > 0 ? [-g1 / h11, 0] : null,
    minimum:
      h11 > 0 && determinant > 0 ? [(h12 * g2 - h22 * g1) / determinant, (h12 * g1 - h11 * g2) / determinant] : null,
  };
}

function contourAt({ reach, losses }: PlaneProbe, level: number): Contour {
  const cell = (2 * reach) / (planePoints - 1);
  const inAxes = (lines: readonly (readonly Point[])[]) =>
    lines.map((line) => line.map(([x, y]): Point => [x * cell - reach, y * cell - reach]));
  const { polygons, lines } = positiveParts({
    columns: planePoints,
    rows: planePoints,
    at: (column, row) => level - losses[row * planePoints + column]!,
  });
  return { loss: level, lines: inAxes(lines), below: inAxes(polygons) };
}
