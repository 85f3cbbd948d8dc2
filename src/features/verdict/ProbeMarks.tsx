import { useStore } from "zustand";
import type { Session } from "../../session/session";
import { dotsOf, type Extent, marksOf, placed } from "./probeMarks";
import type { RulerAxis } from "./rulerAxis";
import { rows } from "./rulerLayout";

interface Props {
  readonly session: Session;
  readonly axis: RulerAxis;
  readonly width: number;
  /** Where other marks stand, at the height of these: lines, and texts at the ends. */
  readonly taken: readonly Extent[];
}

/** Baselines of labels, from the axis up, and the line of dots between the axis and its numbers. */
const [labels, dots] = [[rows.axis - 24, rows.axis - 38], rows.axis + 11] as const;

/** What the probes found, on the ruler while they are open: d's α* on other minibatches as dots, other best steps as stems. */
export function ProbeMarks({ session, axis, width, taken }: Props) {
  const state = useStore(session.probes);
  if (!state.open) return null;
  return (
    <g className="probe-marks">
      {dotsOf(state, axis, width).map((x, k) => (
        <circle key={k} cx={x} cy={dots} r={3} />
      ))}
      {placed(marksOf(state), axis, width, labels.length, taken).map(({ key, text, x, left, level }) => (
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
