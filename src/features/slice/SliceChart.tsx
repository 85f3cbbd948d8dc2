import { useStore } from "zustand";
import { Legend, type LegendEntry } from "../../kit/chart/Legend";
import { PlotFrame } from "../../kit/chart/PlotFrame";
import { Series } from "../../kit/chart/Series";
import { useShown } from "../../kit/redraw/useShown";
import { formatCount, formatNumber, formatTick } from "../../kit/text/format";
import { palette } from "../../kit/text/palette";
import { drawnComparedRuns } from "../../kit/timechart/drawnRuns";
import { lookOf } from "../../kit/timechart/runLines";
import { latePart } from "../../kit/ui/latePart";
import type { Slice } from "../../session/observe/slice";
import type { Session } from "../../session/session";
import { SliceMarks } from "./SliceMarks";
import { type SlicePicture, type SliceRow, slicePicture } from "./slicePicture";
import { nextText, trustSentence } from "./sliceText";
import { useSlice } from "./useSlice";
import "./slice.css";

/** Loaded with the chart of the fit. */
const SliceTrial = latePart("The trial α", async () => (await import("./SliceTrial")).SliceTrial);

/** Loaded with the first mark. */
const StepMarks = latePart("The marks of step sizes", async () => (await import("./StepMarks")).StepMarks);

/** Space above the plot for the labels of its marks, in pixels. */
const labelSpace = 20;

const alphaOf = (row: SliceRow) => row.alpha;
const lossOf = (row: SliceRow) => row.h;
const fullOf = (row: SliceRow) => row.full;
const nextOf = (row: SliceRow) => row.next;
const gaussOf = (row: SliceRow) => row.gauss;
const modelOf = (row: SliceRow) => row.q;
const lossLook = { stroke: palette.ink, strokeWidth: 2 };
const fullLook = { stroke: palette.muted, strokeWidth: 1.6, strokeDasharray: "1.5 3.5" };
const nextLook = { stroke: palette.ink, strokeWidth: 1.3, strokeDasharray: "9 3 2 3" };
const gaussLook = { stroke: palette.curvature, strokeWidth: 1.6, strokeDasharray: "2 3" };
const modelLook = { stroke: palette.alphaStar, strokeWidth: 1.8, strokeDasharray: "6 4" };

const nextEntry: LegendEntry = {
  label: "next batch",
  colour: palette.ink,
  shape: "line",
  dash: nextLook.strokeDasharray,
};

/**
 * The true loss h(α) along d on this minibatch, the quadratic model q(α), and the loss on the next minibatch and on all data. With
 * negative curvature, the Gauss–Newton model.
 */
export function SliceChart({ session }: { readonly session: Session }) {
  const picture = useSlice(session, pictureOf);
  const { slice } = useShown(session);
  const isFitUsed = useStore(session.fit, ({ used }) => used);
  const words = slice && wordsOf(slice, session);
  const diverged = useStore(session.store, ({ divergedAt }) => divergedAt !== null);
  const noData = diverged
    ? "Training has diverged: there is no finite loss to draw."
    : "No data yet: take a step to see the loss along d.";
  const fullLabel = slice && slice.fullRows < slice.allRows ? `${formatCount(slice.fullRows)} rows` : "all data";
  return (
    <>
      <Legend
        entries={[
          { label: "this batch", colour: palette.ink, shape: "line" },
          { label: "model q", colour: palette.alphaStar, shape: "line", dash: "6 4" },
          ...(slice && !slice.next ? [] : [nextEntry]),
          { label: fullLabel, colour: palette.muted, shape: "line", dash: "1.5 3.5" },
        ]}
      />
      <div className="plot" role="img" aria-label={words?.name ?? "Loss along d: no data yet"}>
        {picture && (
          <PlotFrame x={picture.x} y={picture.y} top={labelSpace} formatX={formatTick} formatY={formatTick}>
            <Series rows={picture.rows} x={alphaOf} y={fullOf} className="slice-curve" look={fullLook} />
            <Series rows={picture.rows} x={alphaOf} y={nextOf} className="slice-curve" look={nextLook} />
            <Series rows={picture.rows} x={alphaOf} y={modelOf} className="slice-curve" look={modelLook} />
            <Series rows={picture.rows} x={alphaOf} y={gaussOf} className="slice-curve" look={gaussLook} />
            {picture.runs.map((run) => (
              <Series
                key={run.key}
                rows={picture.rows}
                x={alphaOf}
                y={(row) => row[run.key]}
                className="compared-line"
                look={lookOf(run)}
              />
            ))}
            <Series rows={picture.rows} x={alphaOf} y={lossOf} className="slice-curve" look={lossLook} />
            <SliceMarks loss={picture.loss} marks={picture.marks} />
            {picture.stepMarks && (
              <StepMarks chosen={picture.chosen} marks={picture.stepMarks} x={picture.x} y={picture.y} />
            )}
            {isFitUsed && <SliceTrial session={session} x={picture.x} />}
          </PlotFrame>
        )}
      </div>
      <p className="in-words slice-words">{words?.trust ?? noData}</p>
    </>
  );
}

/** The step and the batch of the slice, for the title line of its card. */
export function SliceStep({ session }: { readonly session: Session }) {
  const { slice } = useShown(session);
  const text = slice && stepText(slice);
  return (
    <span key={text} className="slice-step-name">
      {text}
    </span>
  );
}

function pictureOf(slice: Slice, before: SlicePicture | null, session: Session) {
  const runs = drawnComparedRuns(session);
  const { marks } = session.inspection.getState();
  const { stepMarks: chosen } = session.view.getState();
  const stepMarks = marks?.step === slice.step && chosen.length > 0 ? marks : null;
  return { ...slicePicture(slice, before, runs), runs, chosen, stepMarks };
}

const stepText = ({ step, rows }: Slice) => `step ${formatCount(step)}, batch of ${rows}`;

interface Words {
  readonly trust: string;
  /** The accessible name of the picture. */
  readonly name: string;
}

function wordsOf(slice: Slice, session: Session): Words {
  const { step, loss, stepTaken } = slice;
  // The relative rounding error of the engine's numbers: float32 or double.
  const rounding = session.store.getState().engine?.kind === "webgl" ? 2 ** -23 : 2 ** -52;
  // At high speed the curves are redrawn more often than the text: the text then names its own step.
  const { phase, speed } = session.store.getState();
  const fast = phase === "playing" && speed > 2;
  return {
    trust: `${fast ? `Step ${formatCount(step)}: ` : ""}${trustSentence(slice, rounding)}`,
    name: `Loss along d at step ${step}: ${formatNumber(loss, 3)} at α = 0; the step taken is ${formatNumber(stepTaken, 3)}${nextText(slice)}`,
  };
}
