import type { Plot } from "../chart/usePlot";
import type { Point } from "./isolines";

/** The SVG path of polylines in the coordinates of the axes. @param end `Z` closes each line */
export function linesPath({ toX, toY }: Plot, lines: readonly (readonly Point[])[], end: "Z" | "" = ""): string {
  return lines.map((line) => `M${line.map(([x, y]) => `${toX(x)} ${toY(y)}`).join("L")}${end}`).join("");
}
