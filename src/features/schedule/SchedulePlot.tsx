import { ticks } from "d3-array";
import { type CSSProperties, type PointerEvent, useEffect, useMemo, useRef, useState } from "react";
import { controls } from "../../core/recipe/controls";
import type { Recipe } from "../../core/recipe/recipe";
import type { Corner } from "../../core/schedule/polyline";
import { type Domain, logDomain } from "../../kit/chart/domains";
import { Legend, type LegendEntry } from "../../kit/chart/Legend";
import { PlotFrame } from "../../kit/chart/PlotFrame";
import { Series } from "../../kit/chart/Series";
import { formatCount, formatNumber, formatPower, formatStepTick } from "../../kit/text/format";
import { palette } from "../../kit/text/palette";
import { cornersOf, type Drawing, drawingOf, stroked } from "./drawnRate";
import { bendsFrom, type Rate, ratesOver, stepsBetween } from "./plannedRates";
import type { PlannedRate } from "./scheduleDraft";

interface Props {
  /** The latest step: the schedule begins at the next one. */
  readonly step: number;
  readonly length: number;
  /** null while the fields have an error. */
  readonly planned: PlannedRate | null;
  /** The recipe without the schedule. */
  readonly recipe: Recipe;
  /** The curve over 0 … 1, on which drawing begins. */
  readonly curve: (at: number) => number;
  readonly draw: (corners: readonly Corner[]) => void;
}

const stepOf = ({ step }: Rate) => step;
const rateOf = ({ lr }: Rate) => lr;
const currentLook = { stroke: palette.muted, strokeWidth: 1.6, strokeDasharray: "5 3" };
const look = { stroke: palette.lr, strokeWidth: 2.4 };
const legend: readonly LegendEntry[] = [
  { label: "current", colour: palette.muted, shape: "line", dash: "5 3" },
  { label: "schedule", colour: palette.lr, shape: "line" },
];
const formatX = (step: number) => formatStepTick(step);

/** The parts of the axis before and after the schedule, as shares of its length. */
const [past, after] = [0.08, 0.05];

/** The learning rate over the coming steps on a logarithmic axis. Dragging the pointer draws a schedule. */
export function SchedulePlot({ step, length, planned, recipe, curve, draw }: Props) {
  const surface = useRef<HTMLDivElement>(null);
  const stroke = useRef<{ readonly pointerId: number; drawing: Drawing; last: Corner } | null>(null);
  const [pointed, setPointed] = useState<Corner | null>(null);

  const [first, last] = [step + 1, step + 1 + length];
  const lo = step > 0 ? first - Math.ceil(past * length) : first;
  const hi = last + Math.ceil(after * length);
  const x: Domain = { lo, hi, ticks: ticks(Math.max(lo, 0), hi, 5) };
  const current = useMemo(() => ratesOver(recipe, Math.max(lo, 1), hi), [recipe, lo, hi]);
  const rows = useMemo(() => {
    if (!planned) return null;
    const { schedule } = planned.change;
    const steps = [...stepsBetween(first, last), ...(schedule ? bendsFrom(first, schedule) : []), hi];
    return steps.sort((a, b) => a - b).map((step) => ({ step, lr: planned.rate(Math.min(step - first, length)) }));
  }, [planned, first, last, length, hi]);
  const y = useSteadyAxis([...(rows ?? []), ...current].map(rateOf), stroke);
  const share = (at: number) => (at - lo) / (hi - lo);

  function cornerAt({ clientX, clientY }: PointerEvent): Corner {
    const { left = 0, top = 0, width = 1, height = 1 } = surface.current?.getBoundingClientRect() ?? {};
    const at = (lo + ((clientX - left) / width) * (hi - lo) - first) / length;
    const up = Math.min(Math.max(1 - (clientY - top) / height, 0), 1);
    return { at: Math.min(Math.max(at, 0), 1), value: inRange(y.lo * (y.hi / y.lo) ** up) };
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

  const ends = planned && `: from ${formatNumber(planned.rate(0))} to ${formatNumber(planned.rate(length))}`;
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
          <Series rows={current} x={stepOf} y={rateOf} type="stepAfter" look={currentLook} />
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

const inRange = (lr: number): number => Math.min(Math.max(lr, controls.lr.min), controls.lr.max);

/** A schedule may end at 0, beyond any logarithmic axis: this share of the greatest learning rate stays on the axis. */
const rateRange = 1e-5;

/** An axis around the rates with space to draw above and below. It does not change during a stroke. */
function useSteadyAxis(rates: readonly number[], stroke: { readonly current: unknown }): Domain {
  const before = useRef<Domain | null>(null);
  const max = Math.max(...rates);
  const min = Math.max(Math.min(...rates), rateRange * max);
  const y = stroke.current && before.current ? before.current : logDomain(min / 3, max * 3, before.current);
  useEffect(() => {
    before.current = y;
  });
  return y;
}
