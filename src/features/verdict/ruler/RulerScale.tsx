import { Fragment, memo } from "react";
import { formatNumber, formatPower } from "../../../kit/text/format";
import { decadesOf, type RulerAxis, shareOf } from "./rulerAxis";
import { type Bars, barsPerDecade } from "./rulerBars";
import { legendGap, legendOf, rows, swatch, tallestBar, widthOf, zoneHeight } from "./rulerLayout";
import { shareInside, zoneShortWords, zoneWords } from "./rulerRate";

interface Props {
  readonly axis: RulerAxis;
  /** Of the axis, in the drawing's units. */
  readonly width: number;
  readonly bars: Bars;
  /** Of the next minibatches; drawn as an outline. */
  readonly nextBars: Bars;
  readonly median: number | null;
}

/** The axis with its zones, and α* of the recent steps as bars, with an outline for their next minibatches. */
export const RulerScale = memo(function RulerScale({ axis, width, bars, nextBars, median }: Props) {
  return (
    <>
      <path className="ruler-bars" d={barPath(axis, width, bars)} />
      <path className="ruler-outline" d={outlinePath(axis, width, nextBars)} />
      <Zones axis={axis} width={width} median={median} outlined={nextBars.size > 0} />
      <path className="ruler-axis" d={`M0 ${rows.axis}H${width}${tickPath(axis, width)}`} />
      {decadesOf(axis, width / 46).map(
        ({ value, labelled }) =>
          labelled && (
            <text key={value} className="ruler-tick" x={shareOf(axis, value) * width} y={rows.tick}>
              {formatDecade(value)}
            </text>
          ),
      )}
    </>
  );
});

/** The bars on the axis; α* beyond the axis are counted at its ends. */
function* barsOn(axis: RulerAxis, width: number, bars: Bars) {
  const bar = width / (axis.hi - axis.lo) / barsPerDecade;
  for (const [bin, height] of bars) {
    const left = (bin / barsPerDecade - axis.lo) * barsPerDecade * bar;
    if (left >= -bar / 2 && left <= width - bar / 2) yield { bin, left, bar, height: height * tallestBar };
  }
}

function barPath(axis: RulerAxis, width: number, bars: Bars): string {
  return Array.from(barsOn(axis, width, bars), ({ left, bar, height }) => {
    const gap = Math.min(1.5, bar / 5);
    return `M${(left + gap / 2).toFixed(1)} ${rows.axis}v${(-height).toFixed(1)}h${(bar - gap).toFixed(1)}V${rows.axis}z`;
  }).join("");
}

/** The contour of the bars: neighbours share an edge. */
function outlinePath(axis: RulerAxis, width: number, bars: Bars): string {
  const sorted = Array.from(barsOn(axis, width, bars)).sort((a, b) => a.bin - b.bin);
  return sorted
    .map(({ bin, left, bar, height }, k) => {
      const start = sorted[k - 1]?.bin === bin - 1 ? "" : `M${left.toFixed(1)} ${rows.axis}`;
      const end = sorted[k + 1]?.bin === bin + 1 ? "" : `V${rows.axis}`;
      return `${start}V${(rows.axis - height).toFixed(1)}H${(left + bar).toFixed(1)}${end}`;
    })
    .join("");
}

/** The ruler has space for two more digits than a chart's axis. */
const formatDecade = (value: number): string => (value === 1e-4 || value === 1e4 ? String(value) : formatPower(value));

/** Long ticks at decades, short ones at 2, 3, … 9 times a decade. */
function tickPath(axis: RulerAxis, width: number): string {
  return decadesOf(axis, 99)
    .flatMap(({ value }) => [1, 2, 3, 4, 5, 6, 7, 8, 9].map((times) => [value * times, times === 1 ? 6 : 3] as const))
    .filter(([value]) => shareOf(axis, value) <= 1 + 1e-9)
    .map(([value, length]) => `M${(shareOf(axis, value) * width).toFixed(1)} ${rows.axis}v${length}`)
    .join("");
}

interface ZonesProps extends Pick<Props, "axis" | "width" | "median"> {
  /** Whether α* of next minibatches is drawn. */
  readonly outlined: boolean;
}

function Zones({ axis, width, median, outlined }: ZonesProps) {
  const y = rows.axis - zoneHeight;
  if (median === null) return <rect className="zone-none" x={0} y={y} width={width} height={zoneHeight} />;
  const best = shareInside(axis, median) * width;
  const even = shareInside(axis, 2 * median) * width;
  return (
    <>
      <rect className="zone-short" x={0} y={y} width={best} height={zoneHeight} />
      <rect className="zone-over" x={best} y={y} width={even - best} height={zoneHeight} />
      <rect className="zone-past" x={even} y={y} width={width - even} height={zoneHeight} />
      <path className="zone-ends" d={`M${best} ${y - 4}V${rows.axis}M${even} ${y - 4}V${rows.axis}`} />
      <ZoneLegend width={width} median={median} outlined={outlined} />
    </>
  );
}

const outlineWords = "α* of the next batch";

/** The legend of the zones and, where it fits, of the outline; the zones' boundaries in words. All at fixed positions. */
function ZoneLegend({ width, median, outlined }: Pick<ZonesProps, "width" | "outlined"> & { readonly median: number }) {
  const long = legendOf(zoneWords);
  const { entries, width: end } = long.width <= width ? long : legendOf(zoneShortWords);
  const outlineAt = end + legendGap;
  const outlineFits = outlineAt + swatch + 5 + widthOf(outlineWords, 12, "plain") <= width;
  const narrow = legendOf(zoneShortWords).width > width;
  const value = formatNumber(median, 2);
  const ends = [
    `The zones end at the median α* of these steps, ${value}, and at twice the median.`,
    `Zones end at the median α*, ${value}, and at twice the median.`,
  ];
  const boundaries = ends.find((text) => widthOf(text, 12, "plain") <= width);
  // No legend on a ruler too narrow for words: swatches alone have no meaning.
  if (narrow) return null;
  return (
    <>
      {entries.map(({ zone, words, x }) => (
        <Fragment key={zone}>
          <rect className={`zone-swatch zone-${zone}`} x={x} y={rows.zone - 9} width={swatch} height={9} rx={2} />
          <text className="zone-words" x={x + swatch + 5} y={rows.zone}>
            {words}
          </text>
        </Fragment>
      ))}
      {outlined && outlineFits && (
        <>
          <rect className="zone-swatch ruler-outline" x={outlineAt} y={rows.zone - 9} width={swatch} height={9} />
          <text className="zone-words" x={outlineAt + swatch + 5} y={rows.zone}>
            {outlineWords}
          </text>
        </>
      )}
      {boundaries && (
        <text className="zone-words" x={0} y={rows.ends}>
          {boundaries}
        </text>
      )}
    </>
  );
}
