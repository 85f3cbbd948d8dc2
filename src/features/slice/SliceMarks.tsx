import { usePlot } from "../../kit/chart/usePlot";
import { markLabels } from "./markLabels";
import type { SlicePicture } from "./slicePicture";

/** From the plot up to the baseline of the labels, in pixels. */
const labelBaseline = 5;

/** The named step sizes along d: vertical lines with labels above the plot, and dots on the curves. */
export function SliceMarks({ loss, marks }: Pick<SlicePicture, "loss" | "marks">) {
  const plot = usePlot();
  if (!plot) return null;
  const [left, right, bottom] = [plot.x, plot.x + plot.width, plot.y + plot.height];
  const x = (alpha: number) => plot.toX(alpha) ?? Number.POSITIVE_INFINITY;
  const inside = marks.filter(({ alpha }) => x(alpha) >= left && x(alpha) <= right);
  const dot = (alpha: number, height: number) => {
    const y = plot.toY(height);
    return y !== undefined && y >= plot.y && y <= bottom ? { cx: x(alpha), cy: y, r: 4 } : null;
  };
  return (
    <g className="slice-marks">
      <path className="slice-zero" d={`M${x(0)} ${plot.y}V${bottom}`} />
      {inside.map(({ kind, alpha }) => (
        <path key={kind} className={`slice-${kind}`} d={`M${x(alpha)} ${plot.y}V${bottom}`} />
      ))}
      <circle className="slice-zero" {...dot(0, loss)} />
      {inside.flatMap(({ kind, alpha, dots }) =>
        dots.map((height, k) => {
          const place = dot(alpha, height);
          return place && <circle key={`${kind} ${k}`} className={`slice-${kind}`} {...place} />;
        }),
      )}
      {markLabels(marks, x, left, right).map(({ kind, text, left: at }) => (
        <text key={kind} className={`slice-${kind}`} x={at} y={plot.y - labelBaseline}>
          {text}
        </text>
      ))}
    </g>
  );
}
