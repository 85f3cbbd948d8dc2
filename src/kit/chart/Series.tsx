import { type SVGAttributes, useContext } from "react";
import { Curve } from "recharts";
import { Clip } from "./PlotFrame";
import { usePlot } from "./usePlot";

interface Props<R> {
  readonly rows: readonly R[];
  readonly x: (row: R) => number;
  /** null is a gap. */
  readonly y: (row: R) => number | null | undefined;
  /** Straight lines between rows, or a horizontal line from each row to the next. */
  readonly type?: "linear" | "stepAfter";
  /** The area down to this value is filled. */
  readonly base?: number;
  /** Class of the group around the curve. */
  readonly className?: string | undefined;
  readonly look: Pick<
    SVGAttributes<SVGPathElement>,
    "stroke" | "strokeWidth" | "strokeOpacity" | "strokeDasharray" | "fill" | "fillOpacity"
  >;
}

/** Pixels beyond any plot: browsers fail to draw paths with much larger coordinates. */
const farthest = 1e5;
const clamped = (y: number | undefined) => (y === undefined ? null : Math.min(Math.max(y, -farthest), farthest));

/** The radius of a single row, which makes no line, in pixels. */
const loneRadius = 3;

/** A curve through rows, clipped to the plot area of the `PlotFrame` around it. */
export function Series<R>({ rows, x, y, type = "linear", base, className, look }: Props<R>) {
  const [plot, clip] = [usePlot(), useContext(Clip)];
  if (!plot) return null;
  const { toX, toY } = plot;
  const points = rows.map((row) => {
    const height = y(row);
    return { x: toX(x(row)) ?? null, y: height === null || height === undefined ? null : clamped(toY(height)) };
  });
  const { strokeDasharray, ...rest } = look;
  const floor = base === undefined ? undefined : toY(base);
  const lone = points.length === 1 && floor === undefined ? points[0] : undefined;
  return (
    <g className={className}>
      {/* Not clipped: half of the dot of step 1 is left of the axis. */}
      {typeof lone?.x === "number" && lone.y !== null && (
        <circle cx={lone.x} cy={lone.y} r={loneRadius} fill={look.stroke} fillOpacity={look.strokeOpacity} />
      )}
      <g clipPath={`url(#${clip})`}>
        <Curve
          points={points}
          type={type}
          fill="none"
          strokeLinecap={strokeDasharray ? "butt" : "round"}
          {...rest}
          {...(strokeDasharray !== undefined && { strokeDasharray })}
          {...(floor !== undefined && { baseLine: floor })}
        />
      </g>
    </g>
  );
}
