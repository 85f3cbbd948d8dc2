import { type ComponentProps, type ReactNode, useCallback, useRef } from "react";
import type { StoreApi } from "zustand/vanilla";
import type { Quantity } from "../../session/view/pageView";
import { plotWidth } from "../chart/axes";
import type { Domain } from "../chart/domains";
import { Legend, type LegendEntry } from "../chart/Legend";
import { type Mark, RangeMarks, ShapeMarks } from "../chart/Marks";
import { PlotFrame } from "../chart/PlotFrame";
import type { ReadingLine } from "../chart/Reading";
import { type Row, stepOf } from "../chart/rows";
import { Series } from "../chart/Series";
import { useSize } from "../hooks/useSize";
import { chartInterval } from "../redraw/chartInterval";
import { useSnapshot } from "../redraw/useSnapshot";
import { formatStepTick } from "../text/format";
import { type DistributionLook, DistributionMarks } from "./DistributionMarks";
import type { Distribution } from "./distribution";
import { EditTicks } from "./EditTicks";
import type { TimeChartSource } from "./navigate";
import type { RunLine } from "./runLines";
import { TimeOverlay } from "./TimeOverlay";
import "./timechart.css";

/** The part of a picture that every time chart has. */
export interface TimePicture {
  readonly x: Domain;
  readonly y: Domain;
  /** The lines of other runs; left out on a chart of the current run only. */
  readonly lines?: readonly RunLine[];
}

/** A line of the current run. */
interface SeriesSpec {
  readonly rows: readonly Row[];
  /** The height of a row, or the name of the series that holds it; null is a gap. */
  readonly y: string | ((row: Row) => number | null | undefined);
  readonly type?: "linear" | "stepAfter";
  readonly className?: string;
  readonly look: ComponentProps<typeof Series>["look"];
  /** Drawn over the lines of other runs instead of under them. */
  readonly above?: true;
}

/** Marks that share a class: ranges of values, or one shape at each position. */
type MarksSpec = { readonly className: string } & (
  | { readonly ranges: readonly Mark[]; readonly radius: number }
  | {
      readonly marks: ComponentProps<typeof ShapeMarks>["marks"];
      readonly shape: ComponentProps<typeof ShapeMarks>["shape"];
      /** Shapes without a value are drawn in this lane above the bottom edge. */
      readonly lane?: number;
    }
);

/** A time chart as a value. `S` is the part of the session that the chart reads, `P` its picture. */
export interface TimeChartSpec<S extends TimeChartSource, P extends TimePicture> {
  /** The accessible name. */
  readonly name: (picture: P) => string;
  readonly scale: (picture: P) => "log" | "linear";
  readonly formatY: (value: number) => string;
  /** The quantity that the page emphasises while the pointer is over the plot. */
  readonly quantity?: Quantity;
  readonly legend: (picture: P) => readonly LegendEntry[];
  /**
   * All data drawn, made when the chart's turn comes. Gets the previous picture, whose axes it keeps while they fit, and the
   * width of the plot in pixels.
   */
  readonly picture: (session: S, before: P | null, width: number) => P;
  /** Another store whose changes the chart draws. */
  readonly also?: (session: S) => Pick<StoreApi<unknown>, "subscribe">;
  /** In drawing order, under all series. */
  readonly distributions?: (picture: P) => readonly (DistributionLook & { readonly of: Distribution })[];
  /** In drawing order. */
  readonly series?: (picture: P) => readonly SeriesSpec[];
  /** In drawing order, over all series. */
  readonly marks?: (picture: P) => readonly MarksSpec[];
  /** Exact values at a step, for the reading at the cursor. */
  readonly read: (session: S, step: number) => readonly ReadingLine[];
  /** A sentence below the plot, and its class. */
  readonly note?: { readonly className: string; readonly text: (picture: P) => string };
}

interface Props<S> {
  readonly session: S;
  /** Appended to the note. */
  readonly children?: ReactNode;
}

/** The component of a time chart: legend, axes, lines, marks, edit ticks, cursor and note. */
export function timeChart<S extends TimeChartSource, P extends TimePicture>(spec: TimeChartSpec<S, P>) {
  return function Chart({ session, children }: Props<S>) {
    const plot = useRef<HTMLDivElement>(null);
    const width = plotWidth(useSize(plot).width);
    const draw = useCallback((from: S, before: P | null) => spec.picture(from, before, width), [width]);
    const picture = useSnapshot(session, draw, chartInterval, "chart", spec.also?.(session) ?? null);
    const { x, y, lines = [] } = picture;
    const series = spec.series?.(picture) ?? [];
    return (
      <>
        <Legend session={session} entries={spec.legend(picture)} />
        <div ref={plot} className="plot">
          <PlotFrame x={x} y={y} scaleY={spec.scale(picture)} formatX={formatStep} formatY={spec.formatY}>
            {spec.distributions?.(picture).map(({ of, ...look }, k) => (
              <DistributionMarks key={k} distribution={of} {...look} />
            ))}
            <Lines series={series.filter(({ above }) => !above)} />
            {lines.map(({ key, rows, look }) => (
              <Series key={key} rows={rows} x={stepOf} y={rowValue} className="compared-line" look={look} />
            ))}
            <Lines series={series.filter(({ above }) => above)} />
            {spec
              .marks?.(picture)
              .map((marks, k) =>
                "ranges" in marks ? (
                  <RangeMarks key={k} marks={marks.ranges} radius={marks.radius} className={marks.className} />
                ) : (
                  <ShapeMarks key={k} {...marks} />
                ),
              )}
            <EditTicks session={session} domain={x} />
          </PlotFrame>
          <TimeOverlay
            session={session}
            name={spec.name(picture)}
            x={x}
            read={spec.read}
            {...(spec.quantity && { quantity: spec.quantity })}
          />
        </div>
        {spec.note && (
          <p className={`in-words ${spec.note.className}`}>
            {spec.note.text(picture)}
            {children}
          </p>
        )}
      </>
    );
  };
}

function Lines({ series }: { readonly series: readonly SeriesSpec[] }) {
  return series.map(({ rows, y, type = "linear", className, look }, k) => (
    <Series
      key={k}
      rows={rows}
      x={stepOf}
      y={typeof y === "string" ? (row: Row) => row[y] : y}
      type={type}
      className={className}
      look={look}
    />
  ));
}

const rowValue = (row: Row) => row.value;

/** The first tick names the unit. */
const formatStep = (step: number, { ticks }: Domain): string =>
  step === ticks[0] ? `step ${formatStepTick(step)}` : formatStepTick(step);
