import { useStore } from "zustand";
import type { StepMarkName, StepMarks } from "../../../core/history/stepMarks";
import { stepMarkLabels } from "../../../core/history/stepMarks";
import { useShown } from "../../../kit/redraw/useShown";
import { formatNumber } from "../../../kit/text/format";
import { palette } from "../../../kit/text/palette";
import type { Session } from "../../../session/session";
import { bestStepMarks, type Extent, type OtherMark, placeMarks, resampleDots } from "./otherPlacement";
import { type BestStep, StarPoint } from "./RulerMarks";
import type { RulerAxis } from "./rulerAxis";
import { rows } from "./rulerLayout";
import { shareInside } from "./rulerRate";

interface Props {
  readonly session: Session;
  readonly axis: RulerAxis;
  readonly width: number;
  /** d on the next minibatch; null where that has not judged the marked step. */
  readonly next: BestStep | null;
  /** Extents of other marks at the height of these: lines, and texts at the ends. */
  readonly taken: readonly Extent[];
}

/** Baselines of the two lines of labels, from the axis up, and the height of the dots below the axis. */
const [labels, dots] = [[rows.axis - 24, rows.axis - 38], rows.axis + 11] as const;

/**
 * Best steps on other rows or along other directions, as stems with a label: d on the next minibatch and, while the probes
 * are open, their results; α* of d on further minibatches as dots. Further step sizes along d that the user has chosen.
 */
export function OtherMarks({ session, axis, width, next, taken }: Props) {
  const probes = useStore(session.probes);
  const ahead = next?.verdict === "minimum" ? next : null;
  const chosen = useStore(session.view, ({ stepMarks }) => stepMarks);
  const { marks: sizes } = useShown(session);
  const marks = [
    ...(ahead ? [nextMark(ahead)] : []),
    ...(sizes ? stepSizeMarks(sizes, chosen) : []),
    ...(probes.open ? bestStepMarks(probes) : []),
  ];
  const armijo = sizes && chosen.includes("armijo") && sizes.armijo;
  return (
    <g className="other-marks">
      {typeof armijo === "number" && (
        <path
          className="mark-interval"
          style={{ stroke: palette.slope, strokeWidth: 3 }}
          d={`M0 ${rows.axis + 4}H${shareInside(axis, armijo) * width}`}
        />
      )}
      {probes.open && (
        <g className="probe-marks">
          {resampleDots(probes, axis, width).map((x, k) => (
            <circle key={k} cx={x} cy={dots} r={3} />
          ))}
        </g>
      )}
      {placeMarks(marks, axis, width, labels.length, taken).map(({ key, text, x, left, level }) => (
        <g key={key} className={`mark-${key}`}>
          <path d={`M${x} ${level === null ? rows.axis - 14 : (labels[level] ?? rows.axis) + 3}V${rows.axis}`} />
          {key !== "next" && <path className="mark-point" d={`M${x} ${rows.axis}l-4 -7h8z`} />}
          {level !== null && (
            <text x={left} y={labels[level]}>
              {text}
            </text>
          )}
        </g>
      ))}
      {ahead && <StarPoint className="ruler-next" axis={axis} width={width} alphaStar={ahead.alphaStar} />}
    </g>
  );
}

/** The chosen step sizes that exist. */
const stepSizeMarks = (sizes: StepMarks, chosen: readonly StepMarkName[]): OtherMark[] =>
  chosen.flatMap((key) => {
    const size = sizes[key];
    if (typeof size !== "number") return [];
    return [{ key, text: `${stepMarkLabels[key]} ${formatNumber(size, 2)}`, alphaStar: size }];
  });

const nextMark = ({ alphaStar }: BestStep): OtherMark => ({
  key: "next",
  text: `next ${formatNumber(alphaStar, 2)}`,
  alphaStar,
});
