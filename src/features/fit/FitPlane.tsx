import { usePlot } from "../../kit/chart/usePlot";
import type { FitDrawing } from "./fitPicture";
import type { Point } from "./isolines";

type Plane = Pick<Extract<FitDrawing, { kind: "plane" }>, "regions" | "borders">;

/** The regions of the predicted classes before the step, and the borders of the classes at each point along d. */
export function FitPlane({ regions, borders }: Plane) {
  const plot = usePlot();
  if (!plot) return null;
  const pathOf = (lines: readonly (readonly Point[])[], end: string) =>
    lines.map((line) => `M${line.map(([x, y]) => `${plot.toX(x)} ${plot.toY(y)}`).join("L")}${end}`).join("");
  return (
    <g clipPath={plot.clip}>
      {regions.map((polygons, label) => (
        <path key={label} className={`fit-region class-${label % 4}`} d={pathOf(polygons, "Z")} />
      ))}
      {borders.map(({ point, lines }) => (
        <path key={point} className={`fit-line fit-${point}`} d={pathOf(lines, "")} />
      ))}
    </g>
  );
}
