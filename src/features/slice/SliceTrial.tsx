import type { PointerEvent } from "react";
import { useStore } from "zustand";
import type { Domain } from "../../kit/chart/domains";
import { usePlot } from "../../kit/chart/usePlot";
import type { Session } from "../../session/session";

interface Props {
  readonly session: Session;
  /** The linear axis of α. */
  readonly x: Domain;
}

/** A line at the trial α. While the chart of the fit is in sight, the pointer on the slice sets this α. */
export function SliceTrial({ session, x }: Props) {
  const plot = usePlot();
  const { trialAlpha, setTrialAlpha } = useStore(session.view);
  if (!plot) return null;
  const at = trialAlpha === null ? undefined : plot.toX(trialAlpha);

  function look({ clientX, currentTarget }: PointerEvent<SVGRectElement>): void {
    const { left, width } = currentTarget.getBoundingClientRect();
    setTrialAlpha(x.lo + ((x.hi - x.lo) * (clientX - left)) / width);
  }

  return (
    <g className="slice-trial">
      {at !== undefined && at >= plot.x && at <= plot.x + plot.width && (
        <path d={`M${at} ${plot.y}V${plot.y + plot.height}`} />
      )}
      <rect
        x={plot.x}
        y={plot.y}
        width={plot.width}
        height={plot.height}
        onPointerDown={look}
        onPointerMove={look}
        onPointerLeave={() => setTrialAlpha(null)}
      />
    </g>
  );
}
