import { palette } from "../text/palette";
import { axisTick } from "./axisTick";
import type { Domain } from "./domains";

/** The margins of the plot area; the overlay of time charts has the same ones (timechart.css). */
export const margin = { top: 6, right: 14, bottom: 0, left: 0 };
const yAxisWidth = 44;

/** Before a chart is laid out, its plot is taken to be as wide as on a small card, in pixels. */
const usualWidth = 300;

/** The width of the plot area in a box of `width` pixels, which is 0 before the box is laid out. */
export const plotWidth = (width: number): number =>
  width > 0 ? Math.max(width - yAxisWidth - margin.right, 1) : usualWidth;

const line = { stroke: palette.muted };

const span = ({ lo, hi, ticks }: Domain) => ({
  domain: [lo, hi] as [number, number],
  ticks,
  // The ticks are nice already; computing its own would cost recharts as much as drawing the chart.
  niceTicks: "none" as const,
  allowDataOverflow: true,
  tick: axisTick,
});

/** Properties of an x axis, at the bottom. */
export const bottomAxis = (domain: Domain) =>
  ({
    ...span(domain),
    type: "number",
    interval: "equidistantPreserveStart",
    height: 24,
    tickLine: line,
    axisLine: line,
  }) as const;

/** Properties of a y axis, at the left: numbers without a line. */
export const leftAxis = (domain: Domain) =>
  ({ ...span(domain), interval: 0, width: yAxisWidth, tickLine: false, axisLine: false }) as const;
