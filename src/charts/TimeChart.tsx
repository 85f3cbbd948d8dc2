import type { ReactNode } from "react";
import { CartesianGrid, LineChart, XAxis, YAxis } from "recharts";
import type { Quantity } from "../store/pageView";
import type { Session } from "../store/session";
import { bottomAxis, leftAxis, margin } from "./axes";
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

/** The frame all charts over time share: both axes, the grid, ticks for edits, and the cursor. */
export function TimeChart({ session, name, rows, x, y, scale, formatY, children, ...over }: Props) {
  return (
    <div className="plot">
      <LineChart responsive className="plot-area" data={rows} margin={margin} accessibilityLayer={false}>
        <CartesianGrid vertical={false} stroke={palette.grid} />
        <XAxis
          {...bottomAxis(x)}
          dataKey="step"
          interval="equidistantPreserveStart"
          tickFormatter={(step: number) => (step === x.ticks[0] ? `step ${formatCount(step)}` : formatCount(step))}
        />
        <YAxis {...leftAxis(y)} scale={scale} tickFormatter={formatY} />
        {children}
        <EditTicks session={session} domain={x} />
      </LineChart>
      <TimeOverlay session={session} name={name} x={x} {...over} />
    </div>
  );
}
