import { useStore } from "zustand";
import { formatNumber } from "../../../kit/text/format";
import type { Session } from "../../../session/session";
import { bestStepMarks, type Extent, type OtherMark, placeMarks, resampleDots } from "./otherPlacement";
import { type BestStep, StarPoint } from "./RulerMarks";
import type { RulerAxis } from "./rulerAxis";
import { rows } from "./rulerLayout";

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
 * are open, their results; α* of d on further minibatches as dots.
 */
export function OtherMarks({ session, axis, width, next, taken }: Props) {
  const probes = useStore(session.probes);
  const ahead = next?.verdict === "minimum" ? next : null;
  const marks = [...(ahead ? [nextMark(ahead)] : []), ...(probes.open ? bestStepMarks(probes) : [])];
  return (
    <g className="other-marks">
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

const nextMark = ({ alphaStar }: BestStep): OtherMark => ({
  key: "next",
  text: `next ${formatNumber(alphaStar, 2)}`,
  alphaStar,
});
