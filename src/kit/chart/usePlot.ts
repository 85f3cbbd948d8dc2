import { usePlotArea, useXAxisScale, useYAxisScale } from "recharts";

/** The plot area of the `PlotFrame` around a component, in CSS pixels of the drawing, and the scales of its axes. */
export interface Plot {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** undefined for a value without a position, such as 0 on a logarithmic axis. */
  readonly toX: (value: number) => number | undefined;
  readonly toY: (value: number) => number | undefined;
}

/** null until the frame has been laid out. */
export function usePlot(): Plot | null {
  const [toX, toY, area] = [useXAxisScale(), useYAxisScale(), usePlotArea()];
  return toX && toY && area ? { ...area, toX, toY } : null;
}
