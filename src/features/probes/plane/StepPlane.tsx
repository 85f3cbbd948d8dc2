import { useId, useMemo } from "react";
import { useStore } from "zustand";
import { maxDirectionSize } from "../../../core/history/metrics";
import { maxPlaneSize, type PlaneProbe } from "../../../engine/inspect/probes/probes";
import { Legend, type LegendEntry } from "../../../kit/chart/Legend";
import { PlotFrame } from "../../../kit/chart/PlotFrame";
import { useRun } from "../../../kit/hooks/useRun";
import { formatCount, formatTick } from "../../../kit/text/format";
import { palette } from "../../../kit/text/palette";
import { Hint } from "../../../kit/ui/Hint";
import type { Session } from "../../../session/session";
import { PlaneDrawing } from "./PlaneDrawing";
import { type PlanePath, pathSteps, planePath } from "./planePath";
import { type PlanePicture, planePicture } from "./planePicture";
import { pathText, planeText } from "./planeText";
import "./plane.css";

const hint = [
  "The loss at θ + x·u₁ + y·u₂ on a grid of 33 × 33 points. u₁ is d divided by ‖d‖. u₂ is P⁻½q, with the top eigenvector q of P⁻½HP⁻½, made orthogonal to d, of length 1, pointing downhill.",
  "A contour joins points of equal loss. Their losses grow with the square of their number: around the minimum of a quadratic loss they have equal distances.",
  "Earlier and later steps are projected onto the plane. A step outside the plane changes the loss in other directions, too: the contours hold for the part of a step in the plane.",
  "Where the grid would take too long, a part of the rows is used; the text gives their number.",
];

interface Props {
  readonly session: Session;
  /** The number of parameters. */
  readonly parameters: number;
}

/** Contours of the loss in the plane of d and the steepest preconditioned direction, with the steps around the selected one. */
export function StepPlane({ session, parameters }: Props) {
  const id = useId();
  const plane = useStore(session.probes, (probes) => probes.plane);
  if (!plane && parameters <= maxPlaneSize) return null;
  return (
    <section className="step-plane" aria-labelledby={id}>
      <h3 id={id}>
        Plane of the step <Hint about="the plane of the step" texts={hint} />
      </h3>
      {plane ? (
        <Plane session={session} plane={plane} />
      ) : (
        <p>
          The plane is drawn only for networks of up to {formatCount(maxPlaneSize)} parameters. This network has{" "}
          {formatCount(parameters)}.
        </p>
      )}
    </section>
  );
}

function Plane({ session, plane }: { readonly session: Session; readonly plane: PlaneProbe }) {
  const { step, axes } = plane;
  // Later steps are added while the run continues.
  const last = useRun(session, () => Math.min(session.history().length, step + pathSteps));
  const picture = useMemo(() => planePicture(plane), [plane]);
  const path = useMemo(
    () => (axes && last >= step ? planePath(plane, axes, session.history()) : null),
    [plane, axes, last],
  );
  const words = planeText(plane, picture);
  const shares = path ? pathText(path) : null;
  return (
    <div className="plane-parts">
      <div
        className="plot"
        role="img"
        aria-label={`Contours of the loss in the plane of d and u₂ at step ${step}, with the steps around it`}
      >
        <PlotFrame x={picture.axis} y={picture.axis} formatX={formatTick} formatY={formatTick} grid={false}>
          <PlaneDrawing picture={picture} path={path} taken={plane.stepTaken * plane.norm} />
        </PlotFrame>
      </div>
      <div className="plane-words">
        <Legend entries={entries(picture, path)} />
        <p key={words}>{words}</p>
        <p key={shares}>{shares ?? (axes ? "No other step is measured." : unrecorded)}</p>
        <p>Distances from θ in units of the parameters, equal scale on both axes.</p>
      </div>
    </div>
  );
}

const unrecorded = `Other steps are drawn only for networks of up to ${formatCount(maxDirectionSize)} parameters, whose d is recorded at every step.`;

/** Of the parts that are drawn. */
function entries({ best, minimum }: PlanePicture, path: PlanePath | null): readonly LegendEntry[] {
  const [last, next] = [path?.before.points ?? [], path?.after.points ?? []].map(({ length }) => length - 1);
  const drawn: readonly (LegendEntry | false)[] = [
    { label: "θ", colour: palette.ink, shape: "dot" },
    { label: "contour through θ", colour: palette.ink, shape: "line", dash: "5 3" },
    { label: "step taken", colour: palette.lr, shape: "line" },
    best !== null && { label: "α*d", colour: palette.alphaStar, shape: "diamond" },
    minimum !== null && { label: "minimum in the plane", colour: palette.curvature, shape: "hollow-dot" },
    last! > 0 && { label: "last steps", colour: palette.ink, shape: "line" },
    next! > 0 && { label: "next steps", colour: palette.muted, shape: "line", dash: "2 2.5" },
  ];
  return drawn.filter((entry) => entry !== false);
}
