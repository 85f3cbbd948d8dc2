import type { PlaneProbe } from "../../../engine/inspect/probes/probes";
import { dot } from "../../../engine/linalg/vectors";
import type { Point } from "../../../kit/plane/isolines";
import type { Session } from "../../../session/session";

/** Steps drawn at most before the step of the plane, and after it. */
export const pathSteps = 20;

/** Consecutive steps of the run, projected onto the plane. */
export interface StepsInPlane {
  /** The parameters before the first and after each of the steps, in the order of the steps; one more than steps. */
  readonly points: readonly Point[];
  /** The share of the steps' squared lengths that the plane holds; NaN without steps or where all are zero. */
  readonly share: number;
}

export interface PlanePath {
  readonly before: StepsInPlane;
  readonly after: StepsInPlane;
}

type Steps = Pick<ReturnType<Session["history"]>, "direction" | "value" | "length">;

/** The steps before and after that of the plane, from the recorded directions; θ is at (0, 0). */
export function planePath(
  { step, norm, stepTaken }: PlaneProbe,
  axes: NonNullable<PlaneProbe["axes"]>,
  run: Steps,
): PlanePath {
  return { before: follow([0, 0], step - 1, -1), after: follow([stepTaken * norm, 0], step + 1, 1) };

  function follow(from: Point, first: number, sign: 1 | -1): StepsInPlane {
    const points: Point[] = [from];
    let [inside, total, [x, y]] = [0, 0, from];
    for (let k = first; k >= 1 && k <= run.length && points.length <= pathSteps; k += sign) {
      const d = run.direction(k);
      const taken = run.value("stepTaken", k);
      if (!d || !Number.isFinite(taken)) break;
      const [dx, dy] = [taken * dot(axes[0], d), taken * dot(axes[1], d)];
      [x, y] = [x + sign * dx, y + sign * dy];
      points.push([x, y]);
      inside += dx * dx + dy * dy;
      total += taken * taken * dot(d, d);
    }
    return { points: sign > 0 ? points : points.reverse(), share: inside / total };
  }
}
