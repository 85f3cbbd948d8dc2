import type { ReactNode } from "react";
import type { Quantity } from "../../session/pageView";
import type { Session } from "../../session/session";
import type { Domain } from "../chart/domains";
import { PlotFrame } from "../chart/PlotFrame";
import type { ReadingLine } from "../chart/Reading";
import { formatStepTick } from "../text/format";
import { EditTicks } from "./EditTicks";
import { TimeOverlay } from "./TimeOverlay";
import "./timechart.css";

interface Props {
  readonly session: Session;
  /** The chart's name for screen readers. */
  readonly name: string;
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
export function TimeChart({ session, name, x, y, scale, formatY, children, ...over }: Props) {
  return (
    <div className="plot">
      <PlotFrame x={x} y={y} scaleY={scale} formatX={stepAt} formatY={formatY}>
        {children}
        <EditTicks session={session} domain={x} />
      </PlotFrame>
      <TimeOverlay session={session} name={name} x={x} {...over} />
    </div>
  );
}

/** The first tick says what is counted. */
const stepAt = (step: number, { ticks }: Domain): string =>
  step === ticks[0] ? `step ${formatStepTick(step)}` : formatStepTick(step);
