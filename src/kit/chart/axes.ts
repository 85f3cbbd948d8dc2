import { palette } from "../text/palette";
import type { Domain } from "./domains";

/** The plot inside the axes; the overlay stands on the same (styles/charts.css). */
export const margin = { top: 6, right: 14, bottom: 0, left: 0 };
const yAxisWidth = 44;
const tick = { fill: palette.muted, fontSize: 11.5 };
const line = { stroke: palette.muted };

const span = ({ lo, hi, ticks }: Domain) => ({
  domain: [lo, hi] as [number, number],
  ticks,
  // Ours are; recharts would look for its own, at the price of a whole chart.
  niceTicks: "none" as const,
  allowDataOverflow: true,
  tick,
});

/** What every axis along the bottom has, on this domain. */
export const bottomAxis = (domain: Domain) =>
  ({
    ...span(domain),
    type: "number",
    interval: "equidistantPreserveStart",
    height: 24,
    tickLine: line,
    axisLine: line,
  }) as const;

/** What every axis at the left has, on this domain: numbers, and no line. */
export const leftAxis = (domain: Domain) =>
  ({ ...span(domain), interval: 0, width: yAxisWidth, tickLine: false, axisLine: false }) as const;
