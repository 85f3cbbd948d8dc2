import { groups } from "d3-array";
import { roundBar } from "../../../kit/chart/outlines";
import { usePlot } from "../../../kit/chart/usePlot";
import { palette } from "../../../kit/text/palette";
import type { SweepPicture } from "./sweepPicture";

interface Props {
  readonly dots: SweepPicture["dots"];
  readonly shape: "dot" | "hollow" | "triangle" | "ring";
}

/** In pixels. */
const [dotRadius, ringRadius] = [2.6, 6];

/** The runs of a sweep as marks, one path for each colour. A ring marks the run under the pointer. */
export function SweepDots({ dots, shape }: Props) {
  const plot = usePlot();
  if (!plot) return null;
  const { toX, toY } = plot;
  const outline = (x: number, y: number): string => {
    if (shape === "triangle") return `M${x - 4} ${y + 6}l4 -7l4 7z`;
    return roundBar(x, y, y, shape === "ring" ? ringRadius : dotRadius);
  };
  const filled = shape === "dot" || shape === "triangle";
  return groups(dots, ({ colour }) => (shape === "ring" ? palette.ink : colour)).map(([colour, own]) => (
    <path
      key={colour}
      d={own.map((dot) => outline(toX(dot.x) ?? 0, toY(dot.y) ?? 0)).join("")}
      fill={filled ? colour : "none"}
      stroke={colour}
      strokeWidth={filled ? 0 : 1.4}
    />
  ));
}
