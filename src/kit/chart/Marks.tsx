import { roundBar } from "./outlines";
import { usePlot } from "./usePlot";

export interface Mark {
  readonly step: number;
  /** Drawn from `lo` to `hi`; equal values are a dot. */
  readonly lo: number;
  readonly hi: number;
}

/** Ranges and dots as one path: React would render three hundred elements one by one. The radius is in pixels. */
export function RangeMarks(props: {
  readonly marks: readonly Mark[];
  readonly radius: number;
  readonly className: string;
}) {
  const plot = usePlot();
  if (!plot) return null;
  const { toX, toY } = plot;
  const bars = props.marks.map(({ step, lo, hi }) => {
    const [x, from, to] = [toX(step), toY(lo), toY(hi)];
    return x === undefined || from === undefined || to === undefined ? "" : roundBar(x, from, to, props.radius);
  });
  return <path className={props.className} d={bars.join("")} />;
}

const outlines = {
  triangle: "m0 -4l4 7h-8z",
  square: "m-3.2 -3.2h6.4v6.4h-6.4z",
  diamond: "m0 -4l4 4l-4 4l-4 -4z",
} as const;

/**
 * One shape at each step and value, as one path. A shape without a value is drawn in a lane above the plot's bottom edge,
 * lane 0 the lowest.
 */
export function ShapeMarks(props: {
  readonly marks: readonly { readonly step: number; readonly value?: number }[];
  readonly shape: keyof typeof outlines;
  readonly className: string;
  readonly lane?: number;
}) {
  const plot = usePlot();
  if (!plot) return null;
  const { toX, toY } = plot;
  const bottom = plot.y + plot.height - 5 - 9 * (props.lane ?? 0);
  const d = props.marks
    .map(({ step, value }) => `M${toX(step)} ${value === undefined ? bottom : toY(value)}${outlines[props.shape]}`)
    .join("");
  return <path className={props.className} d={d} />;
}
