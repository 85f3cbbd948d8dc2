import { useEffect, useMemo, useRef } from "react";
import type { Axes } from "../../engine/linalg/axes";
import { Legend, type LegendEntry } from "../../kit/chart/Legend";
import { PlotFrame } from "../../kit/chart/PlotFrame";
import { Series } from "../../kit/chart/Series";
import { formatTick } from "../../kit/text/format";
import { palette } from "../../kit/text/palette";
import { rankAt } from "./SpectrumChart";
import { type SharesPicture, type Stair, sharesPicture } from "./sharesPicture";

interface Props {
  readonly axes: Axes;
  /** The squared length of d as a formula: ‖d‖² or dᵀPd. */
  readonly square: string;
  /** The accessible name. */
  readonly name: string;
}

const rankOf = ({ rank }: Stair) => rank;
const shareOf = ({ share }: Stair) => share;
const percentAt = (share: number) => `${formatTick(100 * share)}%`;

const looks = {
  square: { stroke: palette.ink, strokeWidth: 1.8, strokeDasharray: "2 3" },
  slope: { stroke: palette.slope, strokeWidth: 2, strokeDasharray: "6 3" },
  curvature: { stroke: palette.curvature, strokeWidth: 2.2 },
} as const;
const order = ["square", "slope", "curvature"] as const;

/** The shares of slope, curvature and squared length of d in the eigenvectors, cumulated by rank: a staircase of each. */
export function SharesChart({ axes, square, name }: Props) {
  const before = useRef<SharesPicture | null>(null);
  const picture = useMemo(() => sharesPicture(axes, before.current), [axes]);
  useEffect(() => {
    before.current = picture;
  }, [picture]);
  return (
    <>
      <Legend entries={entries(square, picture)} />
      <div className="plot" role="img" aria-label={name}>
        <PlotFrame x={picture.x} y={picture.y} formatX={rankAt} formatY={percentAt}>
          {order.map((part) => (
            <Series key={part} rows={picture[part]} x={rankOf} y={shareOf} type="stepAfter" look={looks[part]} />
          ))}
        </PlotFrame>
      </div>
    </>
  );
}

function entries(square: string, picture: SharesPicture): readonly LegendEntry[] {
  const labels = { curvature: "dᵀHd", slope: "dᵀg", square } as const;
  return (["curvature", "slope", "square"] as const).flatMap((part): LegendEntry[] => {
    const look = looks[part];
    const dash = "strokeDasharray" in look ? { dash: look.strokeDasharray } : {};
    return picture[part].length > 0 ? [{ label: labels[part], colour: look.stroke, shape: "line", ...dash }] : [];
  });
}
