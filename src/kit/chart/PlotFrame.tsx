import { createContext, memo, type ReactNode, useContext, useId } from "react";
import { CartesianGrid, LineChart, usePlotArea, XAxis, YAxis } from "recharts";
import { palette } from "../text/palette";
import { bottomAxis, leftAxis, margin } from "./axes";
import type { Domain } from "./domains";
import "./chart.css";

interface Axes {
  readonly x: Domain;
  readonly y: Domain;
  readonly scaleX?: "log" | "linear";
  readonly scaleY?: "log" | "linear";
  /** What stands at a tick; stable, like all that is not a domain. */
  readonly formatX: (value: number, x: Domain) => string;
  readonly formatY: (value: number) => string;
  /** Whether heights are marked by lines across. */
  readonly grid?: boolean;
  /** Room above the plot, in pixels. */
  readonly top?: number;
}

const Drawn = createContext<ReactNode>(null);
/** The id of the clip path that keeps curves inside the axes. */
export const Clip = createContext("");

/**
 * Two axes by recharts, and in them what `children` draw with its hooks. To recharts a new set of axes is some 10 ms of
 * work, so they are made anew only when they differ; what is drawn reaches its place past them, and costs a tenth of that.
 */
export function PlotFrame({ children, ...axes }: Axes & { readonly children: ReactNode }) {
  return (
    <Drawn value={children}>
      <AxesAround {...axes} />
    </Drawn>
  );
}

const AxesAround = memo(function AxesAround(axes: Axes) {
  const { x, y, scaleX = "linear", scaleY = "linear", formatX, formatY, grid = true, top = margin.top } = axes;
  const clip = useId();
  return (
    <LineChart responsive className="plot-area" margin={{ ...margin, top }} accessibilityLayer={false}>
      {grid && <CartesianGrid vertical={false} stroke={palette.grid} />}
      {/* Without a key recharts counts its rows, of which there are none. */}
      <XAxis {...bottomAxis(x)} dataKey="x" scale={scaleX} tickFormatter={(value: number) => formatX(value, x)} />
      <YAxis {...leftAxis(y)} scale={scaleY} tickFormatter={formatY} />
      <ClipPath id={clip} />
      <Clip value={clip}>
        <Contents />
      </Clip>
    </LineChart>
  );
}, same);

function same(before: Axes, now: Axes): boolean {
  const { x, y, ...rest } = now;
  const others = Object.entries(rest) as [keyof typeof rest, unknown][];
  return sameDomain(before.x, x) && sameDomain(before.y, y) && others.every(([key, value]) => before[key] === value);
}

const sameDomain = (a: Domain, b: Domain): boolean =>
  a.lo === b.lo &&
  a.hi === b.hi &&
  a.ticks.length === b.ticks.length &&
  a.ticks.every((tick, i) => tick === b.ticks[i]);

function ClipPath({ id }: { readonly id: string }) {
  const plot = usePlotArea();
  return (
    <clipPath id={id}>
      <rect {...plot} />
    </clipPath>
  );
}

const Contents = () => useContext(Drawn);
