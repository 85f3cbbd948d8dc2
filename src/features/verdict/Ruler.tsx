import { quantile } from "d3-array";
import { useRef, useState } from "react";
import { useStore } from "zustand";
import { useSize } from "../../kit/chart/useSize";
import { useSnapshot } from "../../kit/chart/useSnapshot";
import { formatCount } from "../../kit/text/format";
import type { Stroke } from "../../kit/text/palette";
import { drawnComparedRuns } from "../../kit/timechart/drawnRuns";
import type { Session } from "../../session/session";
import { ProbeMarks } from "./ProbeMarks";
import type { Extent } from "./probeMarks";
import { RulerHandle } from "./RulerHandle";
import { isElsewhere, linesOf, type MarkedStep, RulerMarks } from "./RulerMarks";
import { RulerScale } from "./RulerScale";
import { axisAround, type RulerAxis, shareOf } from "./rulerAxis";
import { type Bars, barsOf, settled } from "./rulerBars";
import { height, inset, rows } from "./rulerLayout";
import { shareInside } from "./rulerRate";
import { type RecentSteps, recentSteps } from "./rulerWindow";
import { useGlidingAxis } from "./useGlidingAxis";

interface Props {
  readonly session: Session;
  /** The step marked; null before the first. */
  readonly step: MarkedStep | null;
  /** Asks for another learning rate; resolves when it is in force, and reports its own faults. */
  readonly change: (lr: number) => Promise<void>;
  /** The hand has let go: what it asked for last is to be in force. */
  readonly settle: () => void;
  /** Id of the text that sums the ruler up for those who do not see it. */
  readonly describedBy: string;
}

interface Snapshot {
  readonly recent: RecentSteps;
  readonly axis: RulerAxis;
  readonly bars: Bars;
  /** The median α* of other runs, of as many steps up to the same one. */
  readonly medians: readonly (Stroke & { readonly key: string; readonly median: number })[];
}

/** The share of α* on either side that does not widen the axis. */
const strays = 0.05;

const name = "Ruler: α* of the last steps and the learning rate on one logarithmic axis";
const handTitle = "The learning rate: drag it, or move it with the arrow keys.";

/** Step sizes on a logarithmic axis: the learning rate as a handle, α* of the last steps as bars, one step's α* marked. */
export function Ruler({ session, step, change, settle, describedBy }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  const { recent, axis: target, bars, medians } = useSnapshot(session, rulerSnapshot);
  const rate = useStore(session.store, ({ settings }) => settings.lr);
  const fallback = useStore(session.store, ({ settings }) => settings.rule === "alphaStar");
  const [held, setHeld] = useState(false);
  // Where the hand is: what it asks for takes a frame, and a message to the worker, to come back.
  const [draft, setDraft] = useState<number | null>(null);
  const axis = useGlidingAxis(target, held);
  const lr = draft ?? rate;

  const scale = size.height / height;
  const width = scale > 0 ? size.width / scale - 2 * inset : 0;
  const viewBox = `${-inset} 0 ${width + 2 * inset} ${height}`;
  const frame = { width: size.width, height: size.height, viewBox };
  const diverged = step?.verdict === "diverged";
  // Where the handle has been moved since, no bracket to it tells of the step that is marked; a hand on it asks for one.
  const measuresStep = step !== null && (step.greedy || held || !isElsewhere(step, lr));
  const bracketed = step?.verdict === "minimum" && !step.greedy && measuresStep;
  const side = bracketed ? (step.alphaStar >= lr ? "right" : "left") : null;

  const lines = step && !diverged ? linesOf(step, lr).map((at) => shareInside(axis, at) * width) : [];
  const { lower, higher } = straysOf(axis, recent.ahead);
  const handle = shareInside(axis, lr) * width;
  /** Where labels of probes would meet the handle, other lines or the strays. */
  const taken = [...lines, handle].map((x): Extent => [x, x]);
  if (lower > 0) taken.push([0, straysWidth]);
  if (higher > 0) taken.push([width - straysWidth, width]);

  function move(next: number): void {
    setDraft(next);
    change(next).finally(() => setDraft((now) => (now === next ? null : now)));
  }

  function hold(now: boolean): void {
    setHeld(now);
    if (!now) settle();
  }

  function place() {
    const { left = 0 } = box.current?.getBoundingClientRect() ?? {};
    return { left: left + inset * scale, width: width * scale };
  }

  return (
    <div className={`ruler${diverged ? " diverged" : ""}`} ref={box}>
      {width > 0 && (
        <>
          <svg {...frame} className="ruler-drawing" role="img" aria-label={name} aria-describedby={describedBy}>
            <RulerScale axis={axis} width={width} bars={bars} median={recent.median} />
            <Medians axis={axis} width={width} medians={medians} />
            {step && !diverged && <RulerMarks axis={axis} width={width} step={step} lr={lr} bracket={measuresStep} />}
            {!diverged && <ProbeMarks session={session} axis={axis} width={width} taken={taken} />}
            <Strays axis={axis} width={width} ahead={recent.ahead} />
          </svg>
          <svg {...frame} className="ruler-hand">
            <title>{handTitle}</title>
            <RulerHandle
              axis={axis}
              width={width}
              lr={lr}
              median={recent.median}
              fallback={fallback}
              bracket={side}
              lines={lines}
              change={move}
              hold={hold}
              place={place}
            />
          </svg>
        </>
      )}
    </div>
  );
}

/** Where other runs have the middle of their α*, in the colours and dashes of their lines. */
function Medians({ axis, width, medians }: Pick<Snapshot, "axis" | "medians"> & { width: number }) {
  return medians.map(({ key, median, colour, dash }) => {
    const x = shareOf(axis, median) * width;
    return (
      x >= 0 &&
      x <= width && (
        <path
          key={key}
          className="ruler-compared"
          d={`M${x} ${rows.star + 10}V${rows.axis}`}
          stroke={colour}
          strokeDasharray={dash}
        />
      )
    );
  });
}

/** How many α* lie beyond either end of the axis. */
function straysOf(axis: RulerAxis, ahead: readonly number[]) {
  const lower = ahead.filter((x) => shareOf(axis, x) < 0).length;
  const higher = ahead.filter((x) => shareOf(axis, x) > 1).length;
  return { lower, higher };
}

/** Room for “200 more”. */
const straysWidth = 62;

function Strays({ axis, width, ahead }: Pick<Snapshot, "axis"> & { width: number; ahead: readonly number[] }) {
  const { lower, higher } = straysOf(axis, ahead);
  return (
    <g className="ruler-strays">
      {lower > 0 && (
        <text x={0} y={rows.taken + 14}>
          ◂ {formatCount(lower)} more
        </text>
      )}
      {higher > 0 && (
        <text x={width} y={rows.taken + 14} textAnchor="end">
          {formatCount(higher)} more ▸
        </text>
      )}
    </g>
  );
}

/** Exported for its test. */
export function rulerSnapshot(session: Session, before: Snapshot | null): Snapshot {
  const { settings, phase } = session.store.getState();
  const recent = recentSteps(session.history());
  const ends = [strays, 1 - strays].map((p) => quantile(recent.ahead, p) ?? settings.lr);
  const meant = barsOf(recent.ahead);
  const medians = drawnComparedRuns(session).flatMap(({ key, history, colour, dash }) => {
    const { median } = recentSteps(history, Math.min(session.history().length, history.length));
    return median === null ? [] : [{ key, median, colour, dash }];
  });
  return {
    recent,
    axis: axisAround([settings.lr, ...ends], before?.axis ?? null),
    // What stands still is drawn as it is.
    medians,
    bars: before && phase === "playing" ? settled(before.bars, meant) : meant,
  };
}
