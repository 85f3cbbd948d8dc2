import { useStore } from "zustand";
import { Legend } from "../../kit/chart/Legend";
import { PlotFrame } from "../../kit/chart/PlotFrame";
import { Series } from "../../kit/chart/Series";
import { chartInterval } from "../../kit/chart/useSnapshot";
import { formatCount, formatNumber, formatTick } from "../../kit/text/format";
import { palette } from "../../kit/text/palette";
import { drawnRuns, lookOf } from "../../kit/timechart/comparedRuns";
import type { Slice } from "../../session/observe/inspection";
import type { Session } from "../../session/session";
import { SliceMarks } from "./SliceMarks";
import { type SlicePicture, type SliceRow, slicePicture } from "./slicePicture";
import { trustSentence } from "./sliceText";
import { useSlice } from "./useSlice";
import "./slice.css";

/** Room above the plot for the names of its marks. */
const labelRoom = 20;
/** A sentence changes no faster than it can be read, in ms. */
const readable = 500;

const alphaOf = (row: SliceRow) => row.alpha;
const lossOf = (row: SliceRow) => row.h;
const fullOf = (row: SliceRow) => row.full;
const parabolaOf = (row: SliceRow) => row.q;
const lossLook = { stroke: palette.ink, strokeWidth: 2 };
const fullLook = { stroke: palette.muted, strokeWidth: 1.6, strokeDasharray: "1.5 3.5" };
const parabolaLook = { stroke: palette.alphaStar, strokeWidth: 1.8, strokeDasharray: "6 4" };

/** h(α), the true loss along d, on this minibatch and on the full data, under the parabola that α* is the vertex of. */
export function SliceChart({ session }: { readonly session: Session }) {
  const picture = useSlice(session, pictureOf, chartInterval, "chart");
  const words = useSlice(session, wordsOf, readable, "text");
  const rows = useStore(session.store, ({ recipe }) => recipe.rows);
  const diverged = useStore(session.store, ({ divergedAt }) => divergedAt !== null);
  const nothing = diverged
    ? "Training has diverged: there is no finite loss to draw."
    : "The first step brings a direction to look along.";
  const partly = words && words.fullRows < rows ? `${formatCount(words.fullRows)} rows of the data` : "all data";
  return (
    <>
      <Legend
        entries={[
          { label: "true loss h", colour: palette.ink, shape: "line" },
          { label: "parabola q", colour: palette.alphaStar, shape: "line", dash: "6 4" },
          { label: partly, colour: palette.muted, shape: "line", dash: "1.5 3.5" },
        ]}
      />
      <div className="plot" role="img" aria-label={words?.name ?? "Loss along d: nothing to show yet"}>
        {picture && (
          <PlotFrame x={picture.x} y={picture.y} top={labelRoom} formatX={formatTick} formatY={formatTick}>
            <Series rows={picture.rows} x={alphaOf} y={fullOf} className="slice-curve" look={fullLook} />
            <Series rows={picture.rows} x={alphaOf} y={parabolaOf} className="slice-curve" look={parabolaLook} />
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
          </PlotFrame>
        )}
      </div>
      <p className="in-words slice-words">{words?.trust ?? nothing}</p>
    </>
  );
}

/** Which step the slice is of, for the head of its card. */
export function SliceStep({ session }: { readonly session: Session }) {
  const place = useSlice(session, placeOf, readable, "text");
  // Keyed: flush right, a longer number takes the place of a shorter one.
  return (
    <span key={place} className="slice-step-name">
      {place}
    </span>
  );
}

function pictureOf(slice: Slice, before: SlicePicture | null, session: Session) {
  const runs = drawnRuns(session).filter(({ key }) => key !== "ahead");
  return { ...slicePicture(slice, before, runs), runs };
}

const placeOf = ({ step, rows }: Slice) => `step ${formatCount(step)}, batch of ${rows}`;

interface Words {
  readonly trust: string;
  readonly fullRows: number;
  /** The picture for those who do not see it. */
  readonly name: string;
}

function wordsOf(slice: Slice, _: Words | null, session: Session): Words {
  const { step, fullRows, loss, stepTaken } = slice;
  // A loss is rounded as the engine's numbers are: doubles, or float32.
  const rounding = session.store.getState().engine?.kind === "webgl" ? 2 ** -23 : 2 ** -52;
  // While the run races the curves are of later steps than the words: then the words say which one they are of.
  const { phase, speed } = session.store.getState();
  const racing = phase === "playing" && speed > 2;
  return {
    trust: `${racing ? `Step ${formatCount(step)}: ` : ""}${trustSentence(slice, rounding)}`,
    fullRows,
    name: `Loss along d at step ${step}: ${formatNumber(loss, 3)} where it stands; the step taken is ${formatNumber(stepTaken, 3)} along d`,
  };
}
