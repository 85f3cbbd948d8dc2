import { tenths } from "../../../kit/chart/outlines";
import { type Plot, usePlot } from "../../../kit/chart/usePlot";
import { palette } from "../../../kit/text/palette";
import type { Quartiles, RangeResult } from "../../../session/experiment/rangeTest";

/** In pixels: the distance of two lanes, and half the height of a bar. */
const [laneHeight, half] = [17, 5];

/** The quartiles of α* as bars with their medians, and the edge of stability, in lanes above the bottom of the plot. */
export function RangeLanes({ own, next, edge }: Pick<RangeResult, "own" | "next" | "edge">) {
  const plot = usePlot();
  if (!plot) return null;
  const laneAt = (lane: number) => plot.y + plot.height - laneHeight * (2.6 - lane);
  const lanes = [
    { name: "α*, middle half", quartiles: own, filled: true },
    { name: "α* of the next batch", quartiles: next, filled: false },
  ];
  return (
    <g className="range-lanes">
      <path d={`M${plot.x} ${laneAt(-0.7)}h${plot.width}`} stroke={palette.grid} />
      {lanes.map(({ name, quartiles, filled }, lane) => (
        <g key={name}>
          <text x={plot.x + 4} y={laneAt(lane)} dy="0.355em">
            {name}
          </text>
          <g clipPath={plot.clip} stroke={palette.alphaStar}>
            {quartiles && (
              <>
                <path
                  d={barPath(quartiles, laneAt(lane), plot)}
                  fill={filled ? palette.alphaStar : "none"}
                  fillOpacity={0.35}
                />
                <path d={tickPath(quartiles.median, laneAt(lane), plot)} strokeWidth={2.5} />
              </>
            )}
          </g>
        </g>
      ))}
      <text x={plot.x + 4} y={laneAt(2)} dy="0.355em">
        edge of stability
      </text>
      {edge !== null && (
        <path d={tickPath(edge, laneAt(2), plot)} clipPath={plot.clip} stroke={palette.curvature} strokeWidth={3.5} />
      )}
    </g>
  );
}

function barPath({ low, high }: Quartiles, y: number, { toX }: Plot): string {
  return `M${tenths(toX(low))} ${y - half}H${tenths(toX(high))}v${2 * half}H${tenths(toX(low))}z`;
}

const tickPath = (value: number, y: number, { toX }: Plot): string =>
  `M${tenths(toX(value))} ${y - half - 2}v${2 * half + 4}`;
