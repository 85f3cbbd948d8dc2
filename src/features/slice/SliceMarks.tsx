import { usePlotArea, useXAxisScale, useYAxisScale } from "../../kit/chart/plot";
import { markLabels, type SliceMark, type SlicePicture } from "./slicePicture";

/** Where a label's foot stands above the plot. */
const labelFoot = 5;

/** The named places along d: lines with their names above, and dots where the curves pass. */
export function SliceMarks({ loss, marks }: Pick<SlicePicture, "loss" | "marks">) {
  const [toX, toY, plot] = [useXAxisScale(), useYAxisScale(), usePlotArea()];
  if (!toX || !toY || !plot) return null;
  const [left, right, bottom] = [plot.x, plot.x + plot.width, plot.y + plot.height];
  const x = (alpha: number) => toX(alpha) ?? Number.POSITIVE_INFINITY;
  const inside = marks.filter(({ alpha }) => x(alpha) >= left && x(alpha) <= right);
  const dot = (alpha: number, height: number | null) => {
    const y = height === null ? undefined : toY(height);
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
        <text key={kind} className={`slice-${kind}`} x={at} y={plot.y - labelFoot}>
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

/** The step taken stands on the true loss; α* stands on the parabola, and hollow on the true loss. */
function Dots({ mark: { kind, alpha, h, q }, dot }: { readonly mark: SliceMark; readonly dot: Dot }) {
  const [truly, promised] = [dot(alpha, h), dot(alpha, q)];
  if (kind === "twice") return null;
  if (kind === "step") return truly && <circle className="slice-step" {...truly} />;
  return (
    <>
      {promised && <circle className="slice-best" {...promised} />}
      {truly && <circle className="slice-best hollow" {...truly} />}
    </>
  );
}
