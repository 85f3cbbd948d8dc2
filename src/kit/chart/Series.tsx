import type { SVGAttributes } from "react";
import { Curve } from "recharts";
import { roundBar } from "./outlines";
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

/** The radius of the only row of a series, in pixels. */
const loneRadius = 3;

type Point = { readonly x: number | null; readonly y: number | null };
const isDrawn = (point: Point | undefined): point is { x: number; y: number } =>
  typeof point?.x === "number" && typeof point.y === "number";

/** A curve through rows, clipped to the plot area of the `PlotFrame` around it. */
export function Series<R>({ rows, x, y, type = "linear", base, className, look }: Props<R>) {
  const plot = usePlot();
  if (!plot) return null;
  const { toX, toY, clip } = plot;
  const points: Point[] = rows.map((row) => {
    const height = y(row);
    return { x: toX(x(row)) ?? null, y: height === null || height === undefined ? null : clamped(toY(height)) };
  });
  const { strokeDasharray, ...rest } = look;
  const floor = base === undefined ? undefined : toY(base);
  const isAlone = (k: number) => floor === undefined && !isDrawn(points[k - 1]) && !isDrawn(points[k + 1]);
  const dots = points.filter((point, k) => isDrawn(point) && isAlone(k)).filter(isDrawn);
  const isLone = points.length === 1;
  const radius = isLone ? loneRadius : Number(look.strokeWidth ?? 1) / 2;
  const disc = dots.length > 0 && (
    <path
      d={dots.map((dot) => roundBar(dot.x, dot.y, dot.y, radius)).join("")}
      fill={look.stroke}
      fillOpacity={look.strokeOpacity}
    />
  );
  return (
    <g className={className}>
      {/* Not clipped: half of the dot of step 1 is left of the axis. */}
      {isLone && disc}
      <g clipPath={clip}>
        {!isLone && disc}
        <Curve
          points={points.map((point, k) => (isAlone(k) ? { ...point, y: null } : point))}
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
