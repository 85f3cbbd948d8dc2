import { maxDirectionSize } from "../../../core/history/metrics";
import type { Batch } from "../../engine";
import { extremeEigenvectors } from "../../linalg/lanczos";
import { dot, norm, normalised, subtractMultiple } from "../../linalg/vectors";
import { maxLanczosProducts } from "../hessianCache";
import type { ReplayedStep } from "../inspector";
import { lossAlong } from "../lossAlong";
import { inverseRootOfPreconditioner, preconditioned } from "../preconditioner";
import { evenlySpacedRows } from "../rowParts";
import { maxPlaneSize, type PlaneProbe, type ProbeRows, planePoints } from "./probes";
import type { ProbeTools } from "./probeTools";

/** Products of a weight and an activation that the grid may cost; above, a part of the rows is used. */
const maxGridProducts = 2 ** 30;
/** Below this share of its length, the part of a vector that is orthogonal to d is rounding. */
const parallel = 1e-8;
/** The grid ends at this multiple of the distance that it must show, and at least at this many steps. */
const margin = 1.25;
const minSteps = 3;
/** The minimum of the quadratic model is left out of the grid where it is beyond this many of the other distances. */
const farthest = 4;

/** The loss on a grid in the plane of d and the direction of the largest preconditioned curvature. */
export async function probePlane(tools: ProbeTools, replayed: ReplayedStep, on: ProbeRows): Promise<PlaneProbe | null> {
  const { start, loss, exactLoss, slices } = tools;
  const { step, theta, direction, stepTaken } = replayed.inspection;
  const length = norm(direction);
  if (length === 0 || theta.length > maxPlaneSize || theta.length < 2) return null;
  const rows = rowsOfPlane(tools, replayed, on);
  const u1 = normalised(direction);
  const u2 = await steepestBeside(tools, replayed, on, u1);
  const along1 = await loss.gradientAndProduct(theta, u1, rows);
  if (dot(u2, along1.gradient) > 0) for (let k = 0; k < u2.length; k++) u2[k]! *= -1;
  const along2 = await loss.gradientAndProduct(theta, u2, rows);
  const slopes = [dot(u1, along1.gradient), dot(u2, along1.gradient)] as const;
  const curvatures = [dot(u1, along1.product), dot(u1, along2.product), dot(u2, along2.product)] as const;

  const reach = reachOf(slopes, curvatures, Math.abs(stepTaken) * length);
  const half = (planePoints - 1) / 2;
  const at = Float64Array.from({ length: planePoints }, (_, k) => (reach * (k - half)) / half);
  const losses = new Float64Array(planePoints ** 2);
  for (const [row, y] of at.entries()) {
    const from = theta.map((value, k) => value + y * u2[k]!);
    const line = { theta: from, direction: u1 };
    losses.set((await lossAlong(exactLoss(), start.problem.sizes, line, rows, at, slices)).losses, row * planePoints);
  }
  return {
    ...{ step, on, rows: rows.count, norm: length, stepTaken, reach, losses, slopes, curvatures },
    loss: losses[half * planePoints + half]!,
    axes: theta.length <= maxDirectionSize ? [u1, u2] : null,
  };
}

/** The rows of the Hessian, or as many of them as the cost of the grid allows. */
function rowsOfPlane({ start, hessians }: ProbeTools, replayed: ReplayedStep, on: ProbeRows): Batch {
  const { rows } = hessians.at(replayed, on);
  const most = Math.floor(maxGridProducts / (planePoints ** 2 * replayed.inspection.theta.length));
  const count = Math.min(rows.count, most);
  return on === "batch" ? { ...rows, count } : evenlySpacedRows(start.problem.rows, count);
}

/** u₂ up to its sign: see `PlaneProbe`. */
async function steepestBeside(
  { hessians, slices }: ProbeTools,
  replayed: ReplayedStep,
  on: ProbeRows,
  u1: Float64Array,
): Promise<Float64Array> {
  const { inspection } = replayed;
  const { hessian, rows } = hessians.at(replayed, on);
  const { largest, smallest } = await extremeEigenvectors(preconditioned(hessian, inspection), {
    maxProducts: Math.min(maxLanczosProducts, hessian.size),
    betweenProducts: () => slices.nextIfDue(hessian.size * rows.count),
  });
  const root = inverseRootOfPreconditioner(inspection);
  const besideD = (q: Float64Array) => {
    const u = normalised(q.map((value, k) => value * root[k]!));
    for (const _ of [0, 1]) subtractMultiple(u, u1, dot(u, u1));
    return u;
  };
  const u = besideD(largest);
  return normalised(norm(u) > parallel ? u : besideD(smallest));
}

/** The grid shows the step, θ + α*d, and the minimum of the quadratic model in the plane where it is not far beyond them. */
function reachOf([g1, g2]: PlaneProbe["slopes"], [h11, h12, h22]: PlaneProbe["curvatures"], taken: number): number {
  const best = h11 > 0 ? Math.abs(g1 / h11) : 0;
  const shown = Math.max(minSteps * taken, best);
  const determinant = h11 * h22 - h12 * h12;
  const minimum = Math.max(Math.abs(h12 * g2 - h22 * g1), Math.abs(h12 * g1 - h11 * g2)) / determinant;
  const near = h11 > 0 && determinant > 0 && minimum <= farthest * shown;
  return margin * (near ? Math.max(shown, minimum) : shown) || 1;
}
