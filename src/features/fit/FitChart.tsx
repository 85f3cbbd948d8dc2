import { useStore } from "zustand";
import { Legend, type LegendEntry } from "../../kit/chart/Legend";
import { PlotFrame } from "../../kit/chart/PlotFrame";
import { Series } from "../../kit/chart/Series";
import { useSnapshot } from "../../kit/redraw/useSnapshot";
import { formatTick } from "../../kit/text/format";
import { palette } from "../../kit/text/palette";
import type { FitPoint } from "../../session/observe/fit";
import type { Session } from "../../session/session";
import type { RunState } from "../../session/state";
import { FitClasses } from "./FitClasses";
import { FitPlane } from "./FitPlane";
import { FitMoves, FitSpots } from "./FitSpots";
import { type FitDrawing, type FitPicture, fitPicture } from "./fitPicture";
import { changeSentence, drawingName, pointLabels } from "./fitText";
import { TrialAlpha } from "./TrialAlpha";
import "./fit.css";

/** The strokes of the functions along d, as those of their step sizes on the slice. */
const looks: Readonly<Record<FitPoint, { stroke: string; strokeWidth: number; strokeDasharray?: string }>> = {
  start: { stroke: palette.ink, strokeWidth: 2 },
  taken: { stroke: palette.lr, strokeWidth: 1.8, strokeDasharray: "2 3" },
  best: { stroke: palette.alphaStar, strokeWidth: 2 },
  next: { stroke: palette.alphaStar, strokeWidth: 1.6, strokeDasharray: "5 3" },
  trial: { stroke: "var(--trial)", strokeWidth: 2.6 },
};
/** From the lowest to the uppermost curve. */
const order: readonly FitPoint[] = ["taken", "start", "next", "best", "trial"];

const xOf = ({ x }: { readonly x: number }) => x;
const yOf = ({ y }: { readonly y: number }) => (Number.isFinite(y) ? y : null);
const equalLook = { stroke: palette.muted, strokeWidth: 1.2, strokeDasharray: "2 3" };

/**
 * The network as a function: over the rows for one input, as regions of classes for two; else predictions against targets or the
 * confusion matrix. The function before the step, and at the named step sizes along d.
 */
export function FitChart({ session }: { readonly session: Session }) {
  const picture = useSnapshot<Session, FitPicture | null>(session, fitPictureOf, undefined, "chart", session.fit);
  const lack = useStore(session.store, lackOf);
  if (!picture) {
    return (
      <div className="fit">
        <p className="in-words">{lack}</p>
      </div>
    );
  }
  const { fit, drawing, farthest } = picture;
  const words = changeSentence(fit);
  return (
    <div className={`fit ${drawing.kind}`}>
      <Legend entries={entriesOf(drawing, fit.points, fit.held !== null, fit.next !== null)} />
      {drawing.kind === "classes" ? (
        <FitClasses {...drawing} names={session.table()?.classes ?? null} label={drawingName(fit, drawing)} />
      ) : (
        <div className="plot" role="img" aria-label={drawingName(fit, drawing)}>
          <Drawing drawing={drawing} />
        </div>
      )}
      <div className="fit-foot">
        <TrialAlpha session={session} farthest={farthest} />
        <p key={words} className="in-words fit-words">
          {words}
        </p>
      </div>
    </div>
  );
}

function lackOf({ divergedAt, step }: RunState): string {
  if (divergedAt !== null) return "Training has diverged: there is no function to draw.";
  return step > 0 ? "Measuring" : "No data yet: take a step first.";
}

function Drawing({ drawing }: { readonly drawing: Exclude<FitDrawing, { kind: "classes" }> }) {
  const { kind, x, y, spots } = drawing;
  return (
    <PlotFrame x={x} y={y} formatX={formatTick} formatY={formatTick} grid={kind !== "plane"}>
      {kind === "plane" && <FitPlane {...drawing} />}
      {kind === "predictions" && (
        <>
          <Series rows={[x.lo, x.hi].map((value) => ({ x: value, y: value }))} x={xOf} y={yOf} look={equalLook} />
          <FitMoves spots={spots.batch} className={`fit-line fit-${drawing.moved}`} />
        </>
      )}
      <FitSpots spots={spots} classes={kind === "plane" ? drawing.regions.length : 1} />
      {kind === "curve" &&
        order.map((point) => {
          const curve = drawing.curves.find((one) => one.point === point);
          return curve && <Series key={point} rows={curve.rows} x={xOf} y={yOf} look={looks[point]} />;
        })}
    </PlotFrame>
  );
}

function entriesOf(
  drawing: FitDrawing,
  points: readonly FitPoint[],
  held: boolean,
  judged: boolean,
): readonly LegendEntry[] {
  const lineOf = (point: FitPoint): LegendEntry => {
    const { stroke, strokeDasharray } = looks[point];
    return {
      label: pointLabels[point],
      colour: stroke,
      shape: "line",
      ...(strokeDasharray && { dash: strokeDasharray }),
    };
  };
  if (drawing.kind === "classes") return [];
  const drawn = drawing.kind === "predictions" ? [drawing.moved] : points;
  const batch = drawing.kind === "plane" ? palette.ink : palette.alphaStar;
  return [
    { label: "this batch", colour: batch, shape: "dot" },
    ...(judged ? [{ label: "next batch", colour: palette.alphaStar, shape: "hollow-dot" } as const] : []),
    { label: "other rows", colour: palette.muted, shape: "dot" },
    ...(held ? [{ label: "held-out rows", colour: palette.held, shape: "hollow-square" } as const] : []),
    ...drawn.map(lineOf),
  ];
}

/** The picture of the fit; the picture before where the fit is the same; null without a fit. */
function fitPictureOf({ fit }: Pick<Session, "fit">, before: FitPicture | null): FitPicture | null {
  const { fit: latest } = fit.getState();
  return latest && latest !== before?.fit ? fitPicture(latest, before) : latest && before;
}
