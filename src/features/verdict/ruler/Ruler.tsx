import { type PointerEvent, type RefObject, useMemo, useRef, useState } from "react";
import { useStore } from "zustand";
import { Measured } from "../../../kit/chart/Measured";
import { useInSight } from "../../../kit/hooks/useInSight";
import type { Size } from "../../../kit/hooks/useSize";
import { useSnapshot } from "../../../kit/redraw/useSnapshot";
import { formatCount } from "../../../kit/text/format";
import type { Session } from "../../../session/session";
import { OtherMarks } from "./OtherMarks";
import type { Extent } from "./otherPlacement";
import { RulerHandle } from "./RulerHandle";
import { isElsewhere, linesOf, type MarkedStep, RulerMarks } from "./RulerMarks";
import { RulerScale } from "./RulerScale";
import { type RulerAxis, shareOf, valueAt } from "./rulerAxis";
import { height, inset, rows } from "./rulerLayout";
import { outsideAxis, type RulerPicture, rulerPicture } from "./rulerPicture";
import { shareInside } from "./rulerRate";
import { useGlidingAxis } from "./useGlidingAxis";

interface Props {
  readonly session: Session;
  /** The step marked; null before the first. */
  readonly step: MarkedStep | null;
  /** Requests a learning rate; resolves when it is in force, and reports its own errors. */
  readonly change: (lr: number) => Promise<void>;
  /** Called when the handle is released: the last requested learning rate is to be in force. */
  readonly settle: () => void;
  /** The id of the text that describes the ruler to screen readers. */
  readonly describedBy: string;
}

/** Step sizes on a logarithmic axis: the learning rate as a handle, α* of the recent steps as bars, one step's α* marked. */
export function Ruler(props: Props) {
  const box = useRef<HTMLDivElement>(null);
  const { session } = props;
  useInSight(
    box,
    useStore(session.probes, ({ use }) => use),
  );
  useInSight(
    box,
    useMemo(() => () => session.inspection.getState().use("marks"), [session]),
  );
  return (
    <Measured
      box={box}
      className={`ruler${props.step?.verdict === "diverged" ? " diverged" : ""}`}
      onPointerLeave={() => session.view.getState().setTrialAlpha(null)}
    >
      {(size) => <Drawing {...props} box={box} size={size} />}
    </Measured>
  );
}

const name = "Ruler: α* of the last steps and the learning rate on one logarithmic axis";
const handleTitle = "Learning rate: drag the handle, or press the arrow keys.";

interface DrawingProps extends Props {
  readonly box: RefObject<HTMLDivElement | null>;
  readonly size: Size;
}

function Drawing({ session, step, change, settle, describedBy, box, size }: DrawingProps) {
  const { recent, axis: target, bars, nextBars, medians } = useSnapshot(session, rulerPicture);
  const rate = useStore(session.store, ({ settings }) => settings.lr);
  const fallback = useStore(session.store, ({ settings }) => settings.rule !== "lr");
  const [held, setHeld] = useState(false);
  // The requested learning rate. It comes back as a setting a frame and a worker message later.
  const [draft, setDraft] = useState<number | null>(null);
  // While the chart of the fit is in sight, the pointer on the ruler sets the trial α.
  const isFitUsed = useStore(session.fit, ({ used }) => used);
  const trialAlpha = useStore(session.view, (view) => view.trialAlpha);
  const axis = useGlidingAxis(target, held);
  const lr = draft ?? rate;

  const scale = size.height / height;
  const width = scale > 0 ? size.width / scale - 2 * inset : 0;
  if (width <= 0) return null;
  const viewBox = `${-inset} 0 ${width + 2 * inset} ${height}`;
  const frame = { width: size.width, height: size.height, viewBox };
  const diverged = step?.verdict === "diverged";
  // No bracket from lr = 0, where a schedule may end, or if lr has changed since the marked step, unless the handle is being dragged.
  const greedy = step !== null && step.rule !== "lr";
  const measuresStep = step !== null && (greedy || (lr > 0 && (held || !isElsewhere(step, lr))));
  const bracketed = step?.verdict === "minimum" && !greedy && measuresStep;
  const side = bracketed ? (step.alphaStar >= lr ? "right" : "left") : null;

  const lines = step && !diverged ? linesOf(step, lr).map((at) => shareInside(axis, at) * width) : [];
  const outside = outsideAxis(axis, recent.ahead);
  const handle = shareInside(axis, lr) * width;
  /** Extents at which labels of other marks would overlap the handle, other lines or the counts at the ends. */
  const taken = [...lines, handle].map((x): Extent => [x, x]);
  if (outside.below > 0) taken.push([0, countWidth]);
  if (outside.above > 0) taken.push([width - countWidth, width]);

  function move(next: number): void {
    setDraft(next);
    change(next).finally(() => setDraft((current) => (current === next ? null : current)));
  }

  function onHold(isHeld: boolean): void {
    setHeld(isHeld);
    if (!isHeld) settle();
  }

  function setTrial({ clientX }: PointerEvent): void {
    const { left, width: pixels } = place();
    session.view.getState().setTrialAlpha(valueAt(axis, Math.min(Math.max((clientX - left) / pixels, 0), 1)));
  }

  function place() {
    const { left = 0 } = box.current?.getBoundingClientRect() ?? {};
    return { left: left + inset * scale, width: width * scale };
  }

  return (
    <>
      <svg {...frame} className="ruler-drawing" role="img" aria-label={name} aria-describedby={describedBy}>
        <RulerScale axis={axis} width={width} bars={bars} nextBars={nextBars} median={recent.median} />
        <Medians axis={axis} width={width} medians={medians} />
        {!diverged && (
          <OtherMarks session={session} axis={axis} width={width} taken={taken} next={step?.next ?? null} />
        )}
        {step && !diverged && <RulerMarks axis={axis} width={width} step={step} lr={lr} bracket={measuresStep} />}
        <OutsideCounts width={width} {...outside} />
        {isFitUsed && trialAlpha !== null && trialAlpha > 0 && (
          <path className="ruler-trial" d={`M${shareInside(axis, trialAlpha) * width} ${rows.star}V${rows.axis}`} />
        )}
      </svg>
      <svg {...frame} className="ruler-hand" {...(isFitUsed && { onPointerMove: setTrial })}>
        <title>{handleTitle}</title>
        <RulerHandle
          axis={axis}
          width={width}
          lr={lr}
          median={recent.median}
          fallback={fallback}
          bracket={side}
          lines={lines}
          change={move}
          onHold={onHold}
          place={place}
        />
      </svg>
    </>
  );
}

interface MediansProps extends Pick<RulerPicture, "medians"> {
  readonly axis: RulerAxis;
  readonly width: number;
}

/** The median α* of the compared runs, in the colours and dashes of their lines. */
function Medians({ axis, width, medians }: MediansProps) {
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

/** The width of “◂ 200 steps”. */
const countWidth = 66;

/** The numbers of steps with α* beyond either end of the axis. */
function OutsideCounts({ width, below, above }: { width: number; below: number; above: number }) {
  const text = (count: number) => `${formatCount(count)} step${count === 1 ? "" : "s"}`;
  return (
    <g className="ruler-strays">
      {below > 0 && (
        <text x={0} y={rows.taken + 14}>
          ◂ {text(below)}
        </text>
      )}
      {above > 0 && (
        <text x={width} y={rows.taken + 14} textAnchor="end">
          {text(above)} ▸
        </text>
      )}
    </g>
  );
}
