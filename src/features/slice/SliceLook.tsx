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

/** A line at the α looked at. While the chart of the fit is in sight, the pointer on the slice sets this α. */
export function SliceLook({ session, x }: Props) {
  const plot = usePlot();
  const { lookedAt, setLookedAt } = useStore(session.view);
  if (!plot) return null;
  const at = lookedAt === null ? undefined : plot.toX(lookedAt);

  function look({ clientX, currentTarget }: PointerEvent<SVGRectElement>): void {
    const { left, width } = currentTarget.getBoundingClientRect();
    setLookedAt(x.lo + ((x.hi - x.lo) * (clientX - left)) / width);
  }

  return (
    <g className="slice-look">
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
        onPointerLeave={() => setLookedAt(null)}
      />
    </g>
  );
}
