import { bandOpacity } from "../text/palette";
import { tenths } from "./outlines";
import { usePlot } from "./usePlot";

export interface BandRow {
  readonly x: number;
  readonly lo: number;
  readonly hi: number;
}

/** The area between the low and the high values of rows in ascending order of x, clipped to the plot area. */
export function Band({ rows, colour }: { readonly rows: readonly BandRow[]; readonly colour: string }) {
  const plot = usePlot();
  if (!plot || rows.length < 2) return null;
  const { toX, toY, y: top, height, clip } = plot;
  // Browsers fail to draw paths with coordinates far beyond the plot.
  const at = (value: number) => Math.min(Math.max(tenths(toY(value)), top - height), top + 2 * height);
  const corners = [
    ...rows.map(({ x, hi }) => [x, hi] as const),
    ...rows.toReversed().map(({ x, lo }) => [x, lo] as const),
  ];
  const d = corners.map(([x, y]) => `${tenths(toX(x))} ${at(y)}`).join("L");
  return <path d={`M${d}z`} fill={colour} fillOpacity={bandOpacity.most} clipPath={clip} />;
}
