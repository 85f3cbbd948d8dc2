import type { History } from "../../core/history/history";
import { type Domain, linearDomain, logDomain } from "../../kit/chart/domains";
import { Legend } from "../../kit/chart/Legend";
import type { ReadingLine } from "../../kit/chart/Reading";
import { extentOf, maxPoints, partStarts, partsOf, type Row, rowsOf, stepOf } from "../../kit/chart/rows";
import { Series } from "../../kit/chart/Series";
import { chartInterval, useSnapshot } from "../../kit/chart/useSnapshot";
import { formatNumber, formatTick } from "../../kit/text/format";
import { palette } from "../../kit/text/palette";
import { ComparedLines } from "../../kit/timechart/ComparedLines";
import {
  type ComparedLine,
  comparedLines,
  extentWith,
  longest,
  readComparedRuns,
} from "../../kit/timechart/comparedRuns";
import { TimeChart } from "../../kit/timechart/TimeChart";
import { domainNow } from "../../kit/timechart/zoom";
import type { Session } from "../../session/session";

interface Snapshot {
  readonly rows: readonly Row[];
  readonly x: Domain;
  readonly y: Domain;
  readonly scale: "log" | "linear";
  readonly window: number;
  readonly lines: readonly ComparedLine[];
  /** The loss of the rows held out, where it was measured. */
  readonly held: readonly Row[];
}

const lossOf = (row: Row) => row.loss;
const meanOf = (row: Row) => row.mean;
const lossLook = { stroke: palette.muted, strokeOpacity: 0.6 };
const heldOf = (row: Row) => row.held;
const heldLook = { stroke: palette.held, strokeWidth: 2, strokeDasharray: "5 2.5" };
const heldEntry = { label: "held-out rows", colour: palette.held, shape: "dash", dash: "5 2.5" } as const;
const meanLook = { stroke: palette.ink, strokeWidth: 2 };

/** The loss of each batch, thin, and its mean over the steps of about an epoch, thick. */
export function LossChart({ session }: { readonly session: Session }) {
  const { rows, x, y, scale, window, lines, held } = useSnapshot(
    session,
    lossSnapshot,
    chartInterval,
    "chart",
    session.evaluation,
  );
  return (
    <>
      <Legend
        session={session}
        entries={[
          { label: "this batch", colour: palette.muted, shape: "line", quantity: "loss" },
          { label: `mean of the last ${window}`, colour: palette.ink, shape: "line", quantity: "loss" },
          ...(held.length > 0 ? [heldEntry] : []),
        ]}
      />
      <TimeChart
        session={session}
        name="Loss"
        x={x}
        y={y}
        scale={scale}
        formatY={formatTick}
        read={readLoss}
        quantity="loss"
      >
        <Series rows={rows} x={stepOf} y={lossOf} look={lossLook} />
        <ComparedLines lines={lines} />
        <Series rows={rows} x={stepOf} y={meanOf} className="of-loss" look={meanLook} />
        <Series rows={held} x={stepOf} y={heldOf} className="held" look={heldLook} />
      </TimeChart>
    </>
  );
}

function lossSnapshot(session: Session, before: Snapshot | null): Snapshot {
  const history = session.history();
  const x = domainNow(session);
  const window = windowOf(session);
  const end = longest(session);
  const lines = comparedLines(session, (other) =>
    partStarts(partsOf(other.length, x, end)).map((step) => ({ step, value: meanLoss(other, step, window) })),
  );
  const batches = rowsOf(history, partsOf(history.length, x, end), { loss: "loss" });
  const rows = batches.map((row) => ({ ...row, mean: meanLoss(history, row.step, window) }));
  const held = heldRows(session, x);
  const [least, most] = extentOf(rows, ["loss"]);
  const [low, high] = extentOf(held, ["held"]);
  const [min, max] = extentWith(lines, [Math.min(least, low), Math.max(most, high)]);
  const scale = scaleFor(min, max, before?.scale ?? "linear");
  const kept = before?.scale === scale ? before.y : null;
  return { rows, x, y: (scale === "log" ? logDomain : linearDomain)(min, max, kept), scale, window, lines, held };
}

/** Scores in a domain with one on either side, thinned out evenly; those ahead of a run that has gone back are of no step yet. */
function heldRows(session: Session, x: Domain): Row[] {
  const last = session.history().length;
  const all = session.evaluation.getState().scores.filter(({ step }) => step <= last);
  const from = Math.max(
    0,
    all.findLastIndex(({ step }) => step < x.lo),
  );
  const after = all.findIndex(({ step }) => step > x.hi);
  const shown = all.slice(from, after < 0 ? all.length : after + 1);
  const stride = Math.ceil(shown.length / maxPoints);
  return shown
    .filter((_, i) => (shown.length - 1 - i) % stride === 0)
    .flatMap(({ step, held }) => (held && Number.isFinite(held.loss) ? [{ step, held: held.loss }] : []));
}

/** The latest loss of the rows held out up to a step; null where there is none. */
function heldAt(session: Session, step: number): number | null {
  const score = session.evaluation.getState().scores.findLast((one) => one.step <= step);
  return score?.held?.loss ?? null;
}

/** A loss that has exploded, or fallen by a hundred, is only readable in powers of ten; in between the scale stays. */
function scaleFor(min: number, max: number, now: "log" | "linear"): "log" | "linear" {
  if (!(min > 0)) return "linear";
  return max / min > (now === "log" ? 30 : 100) ? "log" : "linear";
}

/** Steps in an epoch, within bounds: with rows in order the mean over a whole epoch has none of its period left. */
function windowOf(session: Session): number {
  const { recipe, settings } = session.store.getState();
  return Math.min(Math.max(Math.ceil(recipe.rows / settings.batchSize), 10), 400);
}

/** The mean batch loss of the `window` steps that end with `step`; null where one of them is not finite. */
export function meanLoss(history: History, step: number, window: number): number | null {
  const losses = history.values("loss", Math.max(1, step - window + 1), step);
  let sum = 0;
  for (const loss of losses) sum += loss;
  return losses.length > 0 && Number.isFinite(sum) ? sum / losses.length : null;
}

function readLoss(session: Session, step: number): ReadingLine[] {
  const history = session.history();
  const held = heldAt(session, step);
  return [
    { label: "batch", value: formatNumber(history.value("loss", step), 4), colour: palette.muted },
    {
      label: "mean",
      value: formatNumber(meanLoss(history, step, windowOf(session)) ?? Number.NaN, 4),
      colour: palette.ink,
    },
    ...(held === null ? [] : [{ label: "held-out", value: formatNumber(held, 4), colour: palette.held }]),
    ...readComparedRuns(session, step, (other, at) => meanLoss(other, at, windowOf(session)) ?? Number.NaN),
  ];
}
