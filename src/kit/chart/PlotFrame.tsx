import { createContext, memo, type ReactNode, useContext, useId, useMemo } from "react";
import { CartesianGrid, LineChart, usePlotArea, useXAxisScale, useYAxisScale, XAxis, YAxis } from "recharts";
import { palette } from "../text/palette";
import { bottomAxis, leftAxis, margin } from "./axes";
import type { Domain } from "./domains";
import { PlotContext } from "./usePlot";
import "./chart.css";

interface Axes {
  readonly x: Domain;
  readonly y: Domain;
  readonly scaleX?: "log" | "linear";
  readonly scaleY?: "log" | "linear";
  /** The text of a tick. Must be stable, as every property but the domains. */
  readonly formatX: (value: number, x: Domain) => string;
  readonly formatY: (value: number) => string;
  /** Whether to draw a horizontal line at each tick of the y axis. */
  readonly grid?: boolean;
  /** Space above the plot, in pixels. */
  readonly top?: number;
}

const PlotChildren = createContext<ReactNode>(null);

/**
 * Two recharts axes around `children`, which draw with `usePlot`. recharts takes some 10 ms for new axes, so they render only
 * when a domain differs. The children pass by the memoised axes through a context, and render in a tenth of the time.
 */
export function PlotFrame({ children, ...axes }: Axes & { readonly children: ReactNode }) {
  return (
    <PlotChildren value={children}>
      <AxesFrame {...axes} />
    </PlotChildren>
  );
}

/** Without it recharts measures the labels of the x axis for lines that it does not draw. */
const noLines = (): number[] => [];

const AxesFrame = memo(function AxesFrame(axes: Axes) {
  const { x, y, scaleX = "linear", scaleY = "linear", formatX, formatY, grid = true, top = margin.top } = axes;
  return (
    <LineChart responsive className="plot-area" margin={{ ...margin, top }} accessibilityLayer={false}>
      {grid && <CartesianGrid vertical={false} verticalCoordinatesGenerator={noLines} stroke={palette.grid} />}
      {/* Without a data key recharts counts its data rows; there are none. */}
      <XAxis {...bottomAxis(x)} dataKey="x" scale={scaleX} tickFormatter={(value: number) => formatX(value, x)} />
      <YAxis {...leftAxis(y)} scale={scaleY} tickFormatter={formatY} />
      <Plotted />
    </LineChart>
  );
}, sameAxes);

function sameAxes(before: Axes, now: Axes): boolean {
  const { x, y, ...rest } = now;
  const others = Object.entries(rest) as [keyof typeof rest, unknown][];
  return sameDomain(before.x, x) && sameDomain(before.y, y) && others.every(([key, value]) => before[key] === value);
}

const sameDomain = (a: Domain, b: Domain): boolean =>
  a.lo === b.lo &&
  a.hi === b.hi &&
  a.ticks.length === b.ticks.length &&
  a.ticks.every((tick, i) => tick === b.ticks[i]);

/** The scales are read once for each change of the axes, not by each curve at each redraw: recharts takes long for each reading. */
function Plotted() {
  const [toX, toY, area, id] = [useXAxisScale(), useYAxisScale(), usePlotArea(), useId()];
  const plot = useMemo(
    () => (toX && toY && area ? { ...area, toX, toY, clip: `url(#${id})` } : null),
    [toX, toY, area, id],
  );
  return (
    <PlotContext value={plot}>
      <clipPath id={id}>
        <rect {...area} />
      </clipPath>
      <Contents />
    </PlotContext>
  );
}

const Contents = () => useContext(PlotChildren);
