import { type SVGAttributes, useContext } from "react";
import { Curve, useXAxisScale, useYAxisScale } from "recharts";
import { Clip } from "./PlotFrame";

interface Props<R> {
  readonly rows: readonly R[];
  readonly x: (row: R) => number;
  /** null is a gap. */
  readonly y: (row: R) => number | null | undefined;
  /** Straight from row to row, or a step at each. */
  readonly type?: "linear" | "stepAfter";
  /** Filled down to this height. */
  readonly base?: number;
  /** Of the group around the curve. */
  readonly className?: string | undefined;
  readonly look: Pick<
    SVGAttributes<SVGPathElement>,
    "stroke" | "strokeWidth" | "strokeOpacity" | "strokeDasharray" | "fill" | "fillOpacity"
  >;
}

/** A height in pixels that drawings know how to take; no plot is as high. */
const farthest = 1e5;
const within = (y: number | undefined) => (y === undefined ? null : Math.min(Math.max(y, -farthest), farthest));

/** A run of one step has no line yet: its first point is large enough to be seen from the last row. In pixels. */
const loneRadius = 3;

/** A curve through rows, in the axes of the `PlotFrame` around it and no further. */
export function Series<R>({ rows, x, y, type = "linear", base, className, look }: Props<R>) {
  const [toX, toY, clip] = [useXAxisScale(), useYAxisScale(), useContext(Clip)];
  if (!toX || !toY) return null;
  const points = rows.map((row) => {
    const height = y(row);
    return { x: toX(x(row)) ?? null, y: height === null || height === undefined ? null : within(toY(height)) };
  });
  const { strokeDasharray, ...rest } = look;
  const floor = base === undefined ? undefined : toY(base);
  const lone = points.length === 1 && floor === undefined ? points[0] : undefined;
  return (
    <g className={className}>
      {/* Not clipped: half of a first step's dot is left of the axis. */}
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
