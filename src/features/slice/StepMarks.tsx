import type { StepMarkName, StepMarks as StepSizes } from "../../core/history/stepMarks";
import { stepMarkLabels } from "../../core/history/stepMarks";
import type { Domain } from "../../kit/chart/domains";
import { usePlot } from "../../kit/chart/usePlot";
import { palette } from "../../kit/text/palette";
import { stepSizeText } from "../../kit/text/stepSizeText";
import { markLabels } from "./markLabels";

interface Props {
  readonly chosen: readonly StepMarkName[];
  readonly marks: StepSizes;
  readonly x: Domain;
  readonly y: Domain;
}

/** Baselines of the texts below the top of the plot, and of the Armijo interval above its bottom, in pixels. */
const [firstLine, lineHeight, lane] = [13, 15, 4];

const card = "var(--card)";
/** The looks of each step size: told apart by dash and label. */
const colours = { breakEven: palette.ink, armijo: palette.slope, polyak: palette.slope, pal: palette.curvature };
const dashes = { breakEven: "10 3", armijo: "8 2 2 2", polyak: "3 3", pal: "6 2 1 2" };
const lettering = { fontSize: 11.5, fontWeight: 600, stroke: card, strokeWidth: 4, paintOrder: "stroke" };

/**
 * The chosen step sizes on the slice: a line for each, a dot where the loss is again h(0), the tangent down to the Polyak step,
 * and the Armijo interval along the axis. A step size that does not exist is named with the reason.
 */
export function StepMarks({ chosen, marks, x: domain, y }: Props) {
  const plot = usePlot();
  if (!plot) return null;
  const [left, right, bottom] = [plot.x, plot.x + plot.width, plot.y + plot.height];
  const x = (alpha: number) => plot.toX(alpha) ?? Number.POSITIVE_INFINITY;
  const sizes = chosen.flatMap((kind) => {
    const alpha = marks[kind];
    return typeof alpha === "number" ? [{ kind, alpha, label: stepMarkLabels[kind] }] : [];
  });
  const inside = sizes.filter(({ alpha }) => alpha <= domain.hi);
  const alphaOf = (kind: StepMarkName) => sizes.find((size) => size.kind === kind)?.alpha;
  const [even, armijo, polyak] = [alphaOf("breakEven"), alphaOf("armijo"), alphaOf("polyak")];
  const { loss, slope } = marks;
  // The tangent ends at its zero, or where it leaves the plot.
  const end = polyak === undefined ? 0 : Math.min(polyak, domain.hi, (y.lo - loss) / slope);
  const missing = chosen.filter((kind) => typeof marks[kind] !== "number");
  return (
    <g className="step-marks" fill="none" strokeWidth={1.5}>
      {inside.map(({ kind, alpha }) => (
        <path key={kind} stroke={colours[kind]} strokeDasharray={dashes[kind]} d={`M${x(alpha)} ${plot.y}V${bottom}`} />
      ))}
      {polyak !== undefined && (
        <path stroke={colours.polyak} d={`M${x(0)} ${plot.toY(loss)}L${x(end)} ${plot.toY(loss + slope * end)}`} />
      )}
      {armijo !== undefined && (
        <path
          stroke={colours.armijo}
          strokeWidth={4}
          d={`M${x(0)} ${bottom - lane}H${x(Math.min(armijo, domain.hi))}`}
        />
      )}
      {even !== undefined && even <= domain.hi && (
        <circle fill={card} stroke={colours.breakEven} strokeWidth={2} cx={x(even)} cy={plot.toY(loss)} r={4} />
      )}
      {markLabels(sizes, x, left, right).map(({ kind, text, left: at }) => (
        <text key={kind} {...lettering} fill={colours[kind]} x={at} y={plot.y + firstLine}>
          {text}
        </text>
      ))}
      {missing.map((kind, k) => (
        <text
          key={kind}
          {...lettering}
          fill={palette.ink}
          x={left + 6}
          y={plot.y + firstLine + lineHeight * (k + (sizes.length > 0 ? 1 : 0))}
        >
          {`${stepMarkLabels[kind]}: ${stepSizeText(marks, kind)}`}
        </text>
      ))}
    </g>
  );
}
