import type { LegendEntry } from "../chart/Legend";
import { roundBar, tenths } from "../chart/outlines";
import { type Plot, usePlot } from "../chart/usePlot";
import { bandOpacity } from "../text/palette";
import { areaPath, cornersOf, linePath } from "./bandPaths";
import type { Distribution } from "./distribution";

export interface DistributionLook {
  readonly colour: string;
  /** The dash pattern of the median. */
  readonly dash?: string;
  /** Filled bands and dots, or their outlines, for a second series on the same axes. */
  readonly shape: "filled" | "outlined";
  /** Class of the group around the median, for its emphasis. */
  readonly className?: string;
}

interface Props extends DistributionLook {
  readonly distribution: Distribution;
}

/** The legend of the bands and the median of a distribution. */
export const spreadEntry = (colour: string): LegendEntry => ({
  label: "median, middle half, 10–90%",
  colour,
  shape: "spread",
});

/** In pixels: the radius of a point with room and of a crowded one, and the length of a tick for a point beyond the axis. */
const [roomyRadius, crowdedRadius, tickLength] = [1.7, 1.1, 4];
const [roomyOpacity, crowdedOpacity] = [0.75, 0.35];

/**
 * A distribution inside a `PlotFrame`: the 10–90% band, the middle half, points, and the median. A handful of paths, since these
 * are redrawn at each snapshot: a component for each band and line takes twice the time.
 */
export function DistributionMarks({ distribution, colour, dash, shape, className }: Props) {
  const plot = usePlot();
  if (!plot) return null;
  const { clip } = plot;
  const { columns, points, crowding } = distribution;
  const radius = roomyRadius + crowding * (crowdedRadius - roomyRadius);
  const corners = crowding > 0 ? cornersOf(columns, plot) : [];
  const inks = shape === "filled" ? { fill: colour } : { fill: "none", stroke: colour, strokeWidth: 1 };
  return (
    <g className="distribution">
      {crowding > 0 && (
        <g opacity={crowding} clipPath={clip}>
          {bands.map(({ low, high, opacity }) =>
            shape === "filled" ? (
              <path key={low} d={areaPath(corners, low, high)} fill={colour} fillOpacity={opacity} />
            ) : (
              <path
                key={low}
                d={linePath(corners, low) + linePath(corners, high)}
                fill="none"
                stroke={colour}
                strokeOpacity={2 * opacity}
              />
            ),
          )}
        </g>
      )}
      <path
        className="points"
        {...inks}
        opacity={roomyOpacity + crowding * (crowdedOpacity - roomyOpacity)}
        d={points.map((point) => outlineOf(point, plot, radius)).join("")}
      />
      {crowding > 0 && (
        <g opacity={crowding} clipPath={clip} className={className}>
          <path
            d={linePath(corners, "p50")}
            fill="none"
            stroke={colour}
            strokeWidth={1.8}
            strokeDasharray={dash}
            strokeLinejoin="round"
          />
        </g>
      )}
    </g>
  );
}

const bands = [
  { low: "p10", high: "p90", opacity: bandOpacity.most },
  { low: "p25", high: "p75", opacity: bandOpacity.middle },
] as const;

/** A dot; for a point above or below the axis a tick at that end of the plot; nothing beside the plot. */
function outlineOf({ step, value }: Distribution["points"][number], plot: Plot, radius: number): string {
  const [x, y, top, bottom] = [tenths(plot.toX(step)), tenths(plot.toY(value)), plot.y, plot.y + plot.height];
  // A value without a position has none in pixels. Half of the dot of step 1 is left of the axis.
  if (Number.isNaN(y) || !(x >= plot.x - 1 && x <= plot.x + plot.width + 1)) return "";
  if (y < top) return roundBar(x, top, top + tickLength, radius / 2);
  return y > bottom ? roundBar(x, bottom - tickLength, bottom, radius / 2) : roundBar(x, y, y, radius);
}
