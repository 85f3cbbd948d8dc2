import { controls } from "../../core/recipe/controls";
import type { Corner } from "../../core/schedule/polyline";
import { maxCorners } from "../../core/schedule/readSchedule";
import { type Parsed, parseNumber } from "../../kit/fields/parseNumber";
import { formatSetting } from "../../kit/text/format";

/** Corners in the format of the input field: “0% 0.001, 20% 0.05, 100% 1e-5”. */
export function cornersText(corners: readonly Corner[]): string {
  return corners.map(({ at, value }) => `${Number((100 * at).toPrecision(12))}% ${formatSetting(value)}`).join(", ");
}

/** Reads corners and sorts them by position. */
export function parseCorners(text: string): Parsed<Corner[]> {
  const corners: Corner[] = [];
  for (const part of text.split(/[,;]/)) {
    if (part.trim() === "") continue;
    const [, position, rate] = /^\s*(\d+\.?\d*|\.\d+)\s*%\s*(\S+)\s*$/.exec(part) ?? [];
    if (position === undefined || rate === undefined || Number(position) > 100)
      return {
        error: `Corners: found “${part.trim()}”; allowed: a position from 0% to 100% and a learning rate, such as 20% 0.05`,
      };
    const parsed = parseNumber(rate, controls.lr);
    if ("error" in parsed) return parsed;
    corners.push({ at: Number(position) / 100, value: parsed.value });
  }
  if (corners.length === 0)
    return { error: "Draw on the plot, or type corners, such as 0% 0.001, 20% 0.05, 100% 1e-5." };
  if (corners.length > maxCorners) return { error: `Corners: found ${corners.length}; allowed: at most ${maxCorners}` };
  return { value: corners.sort((a, b) => a.at - b.at) };
}
