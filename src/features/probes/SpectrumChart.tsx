import { useEffect, useMemo, useRef } from "react";
import type { Domain } from "../../kit/chart/domains";
import { PlotFrame } from "../../kit/chart/PlotFrame";
import { Series } from "../../kit/chart/Series";
import { formatCount, formatPower } from "../../kit/text/format";
import { palette, signStroke } from "../../kit/text/palette";
import { type RankedValue, type SpectrumPicture, spectrumPicture } from "./spectrumPicture";

interface Props {
  /** Ascending. */
  readonly values: Float64Array;
  /** The stability threshold; null for a matrix without one. */
  readonly threshold: number | null;
  /** The accessible name. */
  readonly name: string;
}

const rankOf = ({ rank }: RankedValue) => rank;
const sizeOf = ({ size }: RankedValue) => size;
const edgeLook = { stroke: palette.ink, strokeWidth: 1.2, strokeDasharray: "2 3" };

/** The magnitudes of all eigenvalues by rank, on a logarithmic axis: blue and solid if positive, orange and dashed if negative. */
export function SpectrumChart({ values, threshold, name }: Props) {
  const before = useRef<SpectrumPicture | null>(null);
  const picture = useMemo(() => spectrumPicture(values, threshold, before.current), [values, threshold]);
  useEffect(() => {
    before.current = picture;
  }, [picture]);
  const { x, y, positive, negative } = picture;
  return (
    <div className="plot" role="img" aria-label={name}>
      <PlotFrame x={x} y={y} scaleY="log" formatX={rankAt} formatY={decadeAt}>
        <Series rows={positive} x={rankOf} y={sizeOf} look={{ strokeWidth: 2, ...signStroke(1) }} />
        <Dots rows={positive} sign={1} />
        <Series rows={negative} x={rankOf} y={sizeOf} look={{ strokeWidth: 2, ...signStroke(-1) }} />
        <Dots rows={negative} sign={-1} />
        {threshold !== null && threshold > 0 && (
          <Series
            rows={[x.lo, x.hi].map((rank) => ({ rank, size: threshold }))}
            x={rankOf}
            y={sizeOf}
            look={edgeLook}
          />
        )}
      </PlotFrame>
    </div>
  );
}

/** Dots at the ends of a line, so that a single value is visible. */
function Dots({ rows, sign }: { readonly rows: readonly RankedValue[]; readonly sign: 1 | -1 }) {
  const ends = [rows[0], rows.at(-1)].filter((row) => row !== undefined);
  return ends.map((row, k) => (
    <Series key={k} rows={[row]} x={rankOf} y={sizeOf} look={{ stroke: signStroke(sign).stroke }} />
  ));
}

/** A tick of at most four characters. */
const decadeAt = (x: number): string =>
  x >= 0.01 && x < 1e4 ? formatPower(x) : `1e${Math.round(Math.log10(x))}`.replace("-", "−");

/** The tick of a rank. */
export const rankAt = (rank: number, { ticks }: Domain): string =>
  rank === ticks[0] ? `rank ${formatCount(rank)}` : formatCount(rank);
