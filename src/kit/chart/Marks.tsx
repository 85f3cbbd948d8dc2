import { usePlotArea, useXAxisScale, useYAxisScale } from "recharts";

export interface Mark {
  readonly step: number;
  /** Drawn from `lo` to `hi`; the same number twice is a dot. */
  readonly lo: number;
  readonly hi: number;
}

/** Ranges (dots where they have no extent) as one path: three hundred elements would each cost a render. */
export function RangeMarks({ marks, className }: { readonly marks: readonly Mark[]; readonly className: string }) {
  const [toX, toY] = [useXAxisScale(), useYAxisScale()];
  if (!toX || !toY) return null;
  return (
    <path className={className} d={marks.map(({ step, lo, hi }) => `M${toX(step)} ${toY(lo)}V${toY(hi)}`).join("")} />
  );
}

const outlines = {
  triangle: "m0 -4l4 7h-8z",
  square: "m-3.2 -3.2h6.4v6.4h-6.4z",
  diamond: "m0 -4l4 4l-4 4l-4 -4z",
} as const;

/** One shape at each place; those without a value stand at the chart's bottom edge, in lanes one above another. */
export function ShapeMarks(props: {
  readonly marks: readonly { readonly step: number; readonly value?: number }[];
  readonly shape: keyof typeof outlines;
  readonly className: string;
  readonly lane?: number;
}) {
  const [toX, toY, plot] = [useXAxisScale(), useYAxisScale(), usePlotArea()];
  if (!toX || !toY || !plot) return null;
  const bottom = plot.y + plot.height - 5 - 9 * (props.lane ?? 0);
  const d = props.marks
    .map(({ step, value }) => `M${toX(step)} ${value === undefined ? bottom : toY(value)}${outlines[props.shape]}`)
    .join("");
  return <path className={props.className} d={d} />;
}
