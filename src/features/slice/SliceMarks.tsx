import { usePlot } from "../../kit/chart/usePlot";
import { markLabels, type SliceMark, type SlicePicture } from "./slicePicture";

/** From the plot up to the baseline of the labels, in pixels. */
const labelBaseline = 5;

/** The named step sizes along d: vertical lines with labels above the plot, and dots on the curves. */
export function SliceMarks({ loss, marks }: Pick<SlicePicture, "loss" | "marks">) {
  const plot = usePlot();
  if (!plot) return null;
  const [left, right, bottom] = [plot.x, plot.x + plot.width, plot.y + plot.height];
  const x = (alpha: number) => plot.toX(alpha) ?? Number.POSITIVE_INFINITY;
  const inside = marks.filter(({ alpha }) => x(alpha) >= left && x(alpha) <= right);
  const dot = (alpha: number, height: number | null) => {
    const y = height === null ? undefined : plot.toY(height);
    return y !== undefined && y >= plot.y && y <= bottom ? { cx: x(alpha), cy: y, r: 4 } : null;
  };
  return (
    <g className="slice-marks">
      <path className="slice-zero" d={`M${x(0)} ${plot.y}V${bottom}`} />
      {inside.map(({ kind, alpha }) => (
        <path key={kind} className={`slice-${kind}`} d={`M${x(alpha)} ${plot.y}V${bottom}`} />
      ))}
      <circle className="slice-zero" {...dot(0, loss)} />
      {inside.map((mark) => (
        <Dots key={mark.kind} mark={mark} dot={dot} />
      ))}
      {markLabels(marks, x, left, right).map(({ kind, text, left: at }) => (
        <text key={kind} className={`slice-${kind}`} x={at} y={plot.y - labelBaseline}>
          {text}
        </text>
      ))}
    </g>
  );
}

type Dot = (
  alpha: number,
  height: number | null,
) => { readonly cx: number; readonly cy: number; readonly r: number } | null;

/** The step taken is a dot on the true loss; α* a dot on the quadratic model and a hollow one on the true loss. */
function Dots({ mark: { kind, alpha, h, q }, dot }: { readonly mark: SliceMark; readonly dot: Dot }) {
  const [onLoss, onModel] = [dot(alpha, h), dot(alpha, q)];
  if (kind === "twice") return null;
  if (kind === "step") return onLoss && <circle className="slice-step" {...onLoss} />;
  return (
    <>
      {onModel && <circle className="slice-best" {...onModel} />}
      {onLoss && <circle className="slice-best hollow" {...onLoss} />}
    </>
  );
}
