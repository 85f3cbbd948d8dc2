import type { PlaneProbe } from "../../../engine/inspect/probes/probes";
import type { Point } from "../../../kit/plane/isolines";
import { formatCount, formatNumber } from "../../../kit/text/format";
import type { PlanePath, StepsInPlane } from "./planePath";
import type { PlanePicture } from "./planePicture";

const pointText = ([x, y]: Point): string => `(${formatNumber(x, 3)}, ${formatNumber(y, 3)})`;

/** The step taken, α*d and the minimum of the quadratic model in the plane, as numbers. */
export function planeText({ norm, stepTaken, loss, rows }: PlaneProbe, { best, minimum }: PlanePicture): string {
  const end = best ? `α*d ends at ${formatNumber(best[0], 3)}` : "the curvature along d is not positive: no α*";
  const least = minimum
    ? `The quadratic model in the plane has its minimum at ${pointText(minimum)}.`
    : "The quadratic model has no minimum in the plane.";
  return `Loss at θ on ${formatCount(rows)} rows: ${formatNumber(loss, 3)}. Along d, the step taken ends at ${formatNumber(stepTaken * norm, 3)}; ${end}. ${least}`;
}

/** The shares of the drawn steps' squared lengths in the plane; null where no other step is drawn. */
export function pathText({ before, after }: PlanePath): string | null {
  const parts = [partText(before, "last"), partText(after, "next")].filter((part) => part !== null);
  return parts.length > 0 ? `The plane holds all of the step taken, ${parts.join(" and ")} (shares of length²).` : null;
}

function partText({ points, share }: StepsInPlane, which: "last" | "next"): string | null {
  const count = points.length - 1;
  if (count < 1 || Number.isNaN(share)) return null;
  const steps = count === 1 ? `${which} step` : `${which} ${count} steps`;
  return `${formatNumber(100 * share, 2)}% of the ${steps}`;
}
