import { useMemo } from "react";
import type { SweepRow } from "../../../core/experiment/runSummary";
import { Band } from "../../../kit/chart/Band";
import { PlotFrame } from "../../../kit/chart/PlotFrame";
import { PlotOverlay, shareOn } from "../../../kit/chart/PlotOverlay";
import { Series } from "../../../kit/chart/Series";
import { formatPower, formatTick } from "../../../kit/text/format";
import { palette } from "../../../kit/text/palette";
import { SweepDots } from "./SweepDots";
import type { SweepPicture } from "./sweepPicture";

interface Props {
  readonly title: string;
  readonly axis: string;
  readonly picture: SweepPicture;
  /** A second quantity on the same axes, drawn with dashes and hollow dots. */
  readonly other?: SweepPicture;
  /** Whether to draw the line on which both axes are equal. */
  readonly diagonal?: boolean;
  readonly pointed: SweepRow | null;
  readonly point: (row: SweepRow | null) => void;
  readonly pick: (row: SweepRow) => void;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

const xOf = ({ x }: Place) => x;
const yOf = ({ y }: Place) => y;
const diagonalLook = { stroke: palette.lr, strokeWidth: 1.6, strokeDasharray: "5 3" };
const otherDash = "3 3";

/** Runs of a sweep on two axes: medians and bands over the seeds, and a dot for each run, which a press opens. */
export function SweepChart({ title, axis, picture, other, diagonal = false, pointed, point, pick }: Props) {
  const { x, y, scaleY, series, dots, above } = picture;
  const all = useMemo(() => [...dots, ...above, ...(other?.dots ?? [])], [dots, above, other]);
  const places = useMemo(
    () => all.map((dot) => ({ left: shareOn(x, dot.x, "log"), up: shareOn(y, dot.y, scaleY) })),
    [all, x, y, scaleY],
  );
  const rowAt = (index: number) => all[index]?.row ?? null;
  const count = new Set(all.map(({ row }) => row)).size;
  const marked = all.filter(({ row }) => row === pointed);
  return (
    <figure className="sweep-chart">
      <figcaption>{title}</figcaption>
      <div className="plot" role="img" aria-label={`${title}, against ${axis}: ${count} runs`}>
        <PlotFrame
          x={x}
          y={y}
          scaleX="log"
          scaleY={scaleY}
          formatX={formatPower}
          formatY={scaleY === "log" ? formatPower : formatTick}
        >
          {series.map(({ key, band, colour }) => (
            <Band key={key} rows={band} colour={colour} />
          ))}
          {diagonal && (
            <Series rows={[x.lo, x.hi].map((lr) => ({ x: lr, y: lr }))} x={xOf} y={yOf} look={diagonalLook} />
          )}
          {other?.series.map(({ key, line, colour }) => (
            <Series
              key={key}
              rows={line}
              x={xOf}
              y={yOf}
              look={{ stroke: colour, strokeWidth: 1.6, strokeDasharray: otherDash }}
            />
          ))}
          {series.map(({ key, line, colour, dash }) => (
            <Series
              key={key}
              rows={line}
              x={xOf}
              y={yOf}
              look={{ stroke: colour, strokeWidth: 2, ...(dash && { strokeDasharray: dash }) }}
            />
          ))}
          {other && <SweepDots dots={other.dots} shape="hollow" />}
          <SweepDots dots={dots} shape="dot" />
          <SweepDots dots={above} shape="triangle" />
          <SweepDots dots={marked} shape="ring" />
        </PlotFrame>
        <PlotOverlay
          points={places}
          point={(index) => point(index === null ? null : rowAt(index))}
          pick={(index) => {
            const row = rowAt(index);
            if (row) pick(row);
          }}
        />
      </div>
      <p className="axis-name" aria-hidden="true">
        {axis}
      </p>
    </figure>
  );
}
