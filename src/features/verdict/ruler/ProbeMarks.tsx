import { useStore } from "zustand";
import type { Session } from "../../../session/session";
import { bestStepMarks, type Extent, placeMarks, resampleDots } from "./probePlacement";
import type { RulerAxis } from "./rulerAxis";
import { rows } from "./rulerLayout";

interface Props {
  readonly session: Session;
  readonly axis: RulerAxis;
  readonly width: number;
  /** Extents of other marks at the height of these: lines, and texts at the ends. */
  readonly taken: readonly Extent[];
}

/** Baselines of the two lines of labels, from the axis up, and the height of the dots below the axis. */
const [labels, dots] = [[rows.axis - 24, rows.axis - 38], rows.axis + 11] as const;

/** The probes' results while the probes are open: α* of d on other minibatches as dots, other best steps as stems. */
export function ProbeMarks({ session, axis, width, taken }: Props) {
  const state = useStore(session.probes);
  if (!state.open) return null;
  return (
    <g className="probe-marks">
      {resampleDots(state, axis, width).map((x, k) => (
        <circle key={k} cx={x} cy={dots} r={3} />
      ))}
      {placeMarks(bestStepMarks(state), axis, width, labels.length, taken).map(({ key, text, x, left, level }) => (
        <g key={key} className={key === "full" ? "probe-full" : undefined}>
          <path d={`M${x} ${level === null ? rows.axis - 14 : (labels[level] ?? rows.axis) + 3}V${rows.axis}`} />
          <path className="probe-point" d={`M${x} ${rows.axis}l-4 -7h8z`} />
          {level !== null && (
            <text x={left} y={labels[level]}>
              {text}
            </text>
          )}
        </g>
      ))}
    </g>
  );
}
