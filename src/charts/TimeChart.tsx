import type { ReactNode } from "react";
import { CartesianGrid, LineChart, XAxis, YAxis } from "recharts";
import type { Quantity } from "../store/pageView";
import type { Session } from "../store/session";
import type { Domain } from "./domains";
import { EditTicks } from "./EditTicks";
import { formatCount } from "./format";
import { palette } from "./palette";
import type { ReadingLine } from "./Reading";
import type { Row } from "./rows";
import { TimeOverlay } from "./TimeOverlay";

interface Props {
  readonly session: Session;
  /** The chart's name for screen readers. */
  readonly name: string;
  readonly rows: readonly Row[];
  readonly x: Domain;
  readonly y: Domain;
  readonly scale: "log" | "linear";
  readonly formatY: (value: number) => string;
  /** What the cursor reads out at a step. */
  readonly read: (session: Session, step: number) => readonly ReadingLine[];
  /** What hovering the plot points at. */
  readonly quantity?: Quantity;
  /** Lines and marks. */
  readonly children: ReactNode;
}

/** The plot inside the axes; the overlay stands on the same (styles/charts.css). */
export const margin = { top: 6, right: 14, bottom: 0, left: 0 };
export const yAxisWidth = 40;
export const tick = { fill: palette.muted, fontSize: 11.5 };
export const axisLine = { stroke: palette.muted };

/** The frame all charts over time share: both axes, the grid, ticks for edits, and the cursor. */
export function TimeChart({ session, name, rows, x, y, scale, formatY, children, ...over }: Props) {
  return (
    <div className="plot">
      <LineChart responsive className="plot-area" data={rows} margin={margin} accessibilityLayer={false}>
        <CartesianGrid vertical={false} stroke={palette.grid} />
        <XAxis
          dataKey="step"
          type="number"
          domain={[x.lo, x.hi]}
          ticks={x.ticks}
          allowDataOverflow
          height={24}
          tick={tick}
          tickLine={axisLine}
          axisLine={axisLine}
          tickFormatter={(step: number, index) => (index === 0 ? `step ${formatCount(step)}` : formatCount(step))}
        />
        <YAxis
          scale={scale}
          domain={[y.lo, y.hi]}
          ticks={y.ticks}
          allowDataOverflow
          interval={0}
          width={yAxisWidth}
          tick={tick}
          tickLine={false}
          axisLine={false}
          tickFormatter={formatY}
        />
        {children}
        <EditTicks session={session} domain={x} />
      </LineChart>
      <TimeOverlay session={session} name={name} x={x} {...over} />
    </div>
  );
}
