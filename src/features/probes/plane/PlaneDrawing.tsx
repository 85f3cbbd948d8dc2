import { usePlot } from "../../../kit/chart/usePlot";
import { linesPath } from "../../../kit/plane/linesPath";
import type { PlanePath } from "./planePath";
import type { PlanePicture } from "./planePicture";

interface Props {
  readonly picture: PlanePicture;
  /** null where the directions of other steps are not recorded. */
  readonly path: PlanePath | null;
  /** Where the step taken ends, along d. */
  readonly taken: number;
}

const circle = (r: number): string => `m${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;

/** Contours, steps and marks of the plane, and the names of its axes. */
export function PlaneDrawing({ picture, path, taken }: Props) {
  const plot = usePlot();
  if (!plot) return null;
  const { contours, here, best, minimum } = picture;
  const dots = (points: readonly (readonly [number, number])[]) =>
    points.map(([x, y]) => `M${plot.toX(x)} ${plot.toY(y)}${circle(1.8)}`).join("");
  const markAt = (point: readonly [number, number], outline: string) =>
    `M${plot.toX(point[0])} ${plot.toY(point[1])}${outline}`;
  return (
    <>
      <g clipPath={plot.clip}>
        {contours.map(({ below, lines }, k) => (
          <g key={k}>
            <path className="plane-below" d={linesPath(plot, below, "Z")} />
            <path className="plane-contour" d={linesPath(plot, lines)} />
          </g>
        ))}
        <path className="plane-here" d={linesPath(plot, here.lines)} />
        {path && (
          <>
            <path className="plane-after" d={linesPath(plot, [path.after.points])} />
            <path className="plane-after-dots" d={dots(path.after.points.slice(1))} />
            <path className="plane-before" d={linesPath(plot, [path.before.points])} />
            <path className="plane-before-dots" d={dots(path.before.points.slice(0, -1))} />
          </>
        )}
        {minimum && <path className="plane-minimum" d={markAt(minimum, circle(5))} />}
        {best && <path className="plane-best" d={markAt(best, "m0 -6l5 6l-5 6l-5 -6z")} />}
        <path
          className="plane-taken"
          d={linesPath(plot, [
            [
              [0, 0],
              [taken, 0],
            ],
          ])}
        />
        <path className="plane-taken-end" d={markAt([taken, 0], "m-3 -3h6v6h-6z")} />
        <path className="plane-theta" d={markAt([0, 0], circle(3.5))} />
      </g>
      <text className="plane-axis" x={plot.x + plot.width - 4} y={plot.y + plot.height - 5} textAnchor="end">
        along d
      </text>
      <text className="plane-axis" x={plot.x + 5} y={plot.y + 13}>
        along u₂
      </text>
    </>
  );
}
