import { createContext, useContext } from "react";

/** The plot area of the `PlotFrame` around a component, in CSS pixels of the drawing, and the scales of its axes. */
export interface Plot {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** undefined for a value without a position, such as 0 on a logarithmic axis. */
  readonly toX: (value: number) => number | undefined;
  readonly toY: (value: number) => number | undefined;
  /** The value of the attribute `clip-path` that hides all outside the plot area. */
  readonly clip: string;
}

export const PlotContext = createContext<Plot | null>(null);

/** null until the frame has been laid out. */
export const usePlot = (): Plot | null => useContext(PlotContext);
