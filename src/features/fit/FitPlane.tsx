import { usePlot } from "../../kit/chart/usePlot";
import { linesPath } from "../../kit/plane/linesPath";
import type { FitDrawing } from "./fitPicture";

type Plane = Pick<Extract<FitDrawing, { kind: "plane" }>, "regions" | "borders">;

/** The regions of the predicted classes before the step, and the borders of the classes at each point along d. */
export function FitPlane({ regions, borders }: Plane) {
  const plot = usePlot();
  if (!plot) return null;
  return (
    <g clipPath={plot.clip}>
      {regions.map((polygons, label) => (
        <path key={label} className={`fit-region class-${label % 4}`} d={linesPath(plot, polygons, "Z")} />
      ))}
      {borders.map(({ point, lines }) => (
        <path key={point} className={`fit-line fit-${point}`} d={linesPath(plot, lines)} />
      ))}
    </g>
  );
}
