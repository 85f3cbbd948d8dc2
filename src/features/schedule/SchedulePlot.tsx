import { ticks } from "d3-array";
import { type CSSProperties, type PointerEvent, useEffect, useRef, useState } from "react";
import type { Piece } from "../../core/schedule/piecewise";
import type { Corner } from "../../core/schedule/polyline";
import { clampRate } from "../../core/schedule/schedule";
import { type Domain, logDomain } from "../../kit/chart/domains";
import { Legend, type LegendEntry } from "../../kit/chart/Legend";
import { PlotFrame } from "../../kit/chart/PlotFrame";
import { Series } from "../../kit/chart/Series";
import { formatCount, formatNumber, formatPower, formatStepTick } from "../../kit/text/format";
import { palette } from "../../kit/text/palette";
import { cornersOf, type Drawing, drawingOf, stroked } from "./drawnRate";

interface Props {
  /** The latest step: the schedule begins at the next one. */
  readonly step: number;
  readonly length: number;
  /** null while the fields have an error. */
  readonly pieces: readonly Piece[] | null;
  /** The learning rate without the schedule: its value from step 1 on, and at each change. */
  readonly planned: readonly { readonly step: number; readonly lr: number }[];
  /** The schedule's curve over 0 … 1, on which drawing begins. */
  readonly curve: (at: number) => number;
  readonly draw: (corners: readonly Corner[]) => void;
}

const stepOf = ({ step }: { readonly step: number }) => step;
const rateOf = ({ lr }: { readonly lr: number }) => lr;
const plannedLook = { stroke: palette.muted, strokeWidth: 1.6, strokeDasharray: "5 3" };
const look = { stroke: palette.lr, strokeWidth: 2.4 };
const legend: readonly LegendEntry[] = [
  { label: "current", colour: palette.muted, shape: "line", dash: "5 3" },
  { label: "schedule", colour: palette.lr, shape: "line" },
];
const formatX = (step: number) => formatStepTick(step);

/** The parts of the axis before and after the schedule, as shares of its length. */
const [past, after] = [0.08, 0.05];

/** The learning rate over the coming steps on a logarithmic axis. Dragging the pointer draws a schedule. */
export function SchedulePlot({ step, length, pieces, planned, curve, draw }: Props) {
  const surface = useRef<HTMLDivElement>(null);
  const stroke = useRef<{ readonly pointerId: number; drawing: Drawing; last: Corner } | null>(null);
  const [pointed, setPointed] = useState<Corner | null>(null);

  const [first, last] = [step + 1, step + 1 + length];
  const lo = step > 0 ? first - Math.ceil(past * length) : first;
  const hi = last + Math.ceil(after * length);
  const x: Domain = { lo, hi, ticks: ticks(Math.max(lo, 0), hi, 5) };
  const y = useSteadyAxis([...(pieces ?? []), ...within(planned, lo, hi)].map(rateOf), stroke);
  const rows =
    pieces &&
    extendedTo(
      pieces.map(({ t, lr }) => ({ step: first + t, lr })),
      hi,
    );
  const share = (at: number) => (at - lo) / (hi - lo);

  function cornerAt({ clientX, clientY }: PointerEvent): Corner {
    const { left = 0, top = 0, width = 1, height = 1 } = surface.current?.getBoundingClientRect() ?? {};
    const at = (lo + ((clientX - left) / width) * (hi - lo) - first) / length;
    const up = Math.min(Math.max(1 - (clientY - top) / height, 0), 1);
    return { at: Math.min(Math.max(at, 0), 1), value: clampRate(y.lo * (y.hi / y.lo) ** up) };
  }

  function strokeTo(corner: Corner): void {
    if (!stroke.current) return;
    const drawing = stroked(stroke.current.drawing, stroke.current.last, corner);
    stroke.current = { ...stroke.current, drawing, last: corner };
    draw(cornersOf(drawing));
  }

  function endStroke({ pointerId }: PointerEvent): void {
    if (pointerId === stroke.current?.pointerId) stroke.current = null;
  }

  const ends = pieces && `: from ${formatNumber(pieces[0]?.lr ?? 0)} to ${formatNumber(pieces.at(-1)?.lr ?? 0)}`;
  return (
    <>
      <div className="schedule-legend">
        <Legend entries={legend} />
        <output aria-hidden="true">
          {pointed && `step ${formatCount(first + Math.round(pointed.at * length))}: lr ${formatNumber(pointed.value)}`}
        </output>
      </div>
      <div
        className="plot"
        role="img"
        aria-label={`Learning rate from step ${first} to step ${last}, logarithmic${ends ?? ""}`}
      >
        <PlotFrame x={x} y={y} scaleY="log" formatX={formatX} formatY={formatPower}>
          <Series
            rows={extendedTo(within(planned, lo, hi), hi)}
            x={stepOf}
            y={rateOf}
            type="stepAfter"
            look={plannedLook}
          />
          {rows && <Series rows={rows} x={stepOf} y={rateOf} type="stepAfter" look={look} />}
        </PlotFrame>
        <div
          ref={surface}
          className="time-overlay drawing"
          onPointerDown={(event) => {
            if (event.button !== 0 || stroke.current) return;
            event.preventDefault();
            event.currentTarget.setPointerCapture(event.pointerId);
            const corner = cornerAt(event);
            stroke.current = { pointerId: event.pointerId, drawing: drawingOf(curve), last: corner };
            setPointed(corner);
            strokeTo(corner);
          }}
          onPointerMove={(event) => {
            const corner = cornerAt(event);
            setPointed(corner);
            // Only the first finger draws.
            if (event.pointerId === stroke.current?.pointerId) strokeTo(corner);
          }}
          onPointerUp={endStroke}
          onPointerCancel={endStroke}
          onPointerLeave={() => setPointed(null)}
        >
          <div className="time-cursor now" style={{ left: `${100 * share(first)}%` } as CSSProperties}>
            <span>{step > 0 ? `now, step ${formatCount(step)}` : "step 1"}</span>
          </div>
        </div>
      </div>
    </>
  );
}

interface Rate {
  readonly step: number;
  readonly lr: number;
}

/** The rates on the axis, with the one in force at its left end. */
function within(rates: readonly Rate[], lo: number, hi: number): Rate[] {
  const before = rates.findLast(({ step }) => step <= lo);
  const inside = rates.filter(({ step }) => step > lo && step <= hi);
  return before ? [{ ...before, step: Math.max(lo, 1) }, ...inside] : inside;
}

/** The rates with the last one repeated at the right end of the axis. */
function extendedTo(rates: readonly Rate[], hi: number): Rate[] {
  const last = rates.at(-1);
  return last ? [...rates, { ...last, step: hi }] : [];
}

/** An axis around the rates with space to draw above and below. It does not change during a stroke. */
function useSteadyAxis(rates: readonly number[], stroke: { readonly current: unknown }): Domain {
  const before = useRef<Domain | null>(null);
  const [min, max] = [Math.min(...rates), Math.max(...rates)];
  const y = stroke.current && before.current ? before.current : logDomain(min / 3, max * 3, before.current);
  useEffect(() => {
    before.current = y;
  });
  return y;
}
