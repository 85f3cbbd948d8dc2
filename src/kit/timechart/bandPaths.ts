import { tenths } from "../chart/outlines";
import type { Plot } from "../chart/usePlot";
import type { Column } from "./distribution";

/** A column in pixels. */
interface Corner {
  readonly x: number;
  readonly p10: number;
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
  readonly p90: number;
}

type Level = Exclude<keyof Corner, "x">;

/** The columns in pixels, in runs without gaps. */
export function cornersOf(columns: readonly Column[], { toX, toY, y, height }: Plot): Corner[][] {
  const [above, below] = [y - height, y + 2 * height];
  const at = (value: number) => {
    const pixels = tenths(toY(value));
    // A value without a position on a logarithmic axis is below it.
    return Number.isNaN(pixels) ? below : Math.min(Math.max(pixels, above), below);
  };
  const runs: Corner[][] = [[]];
  for (const { step, spread } of columns) {
    const x = toX(step);
    if (!spread || x === undefined) {
      if (runs.at(-1)?.length) runs.push([]);
      continue;
    }
    const { p10, p25, p50, p75, p90 } = spread;
    runs.at(-1)?.push({ x: tenths(x), p10: at(p10), p25: at(p25), p50: at(p50), p75: at(p75), p90: at(p90) });
  }
  return runs;
}

const through = (corners: readonly Corner[], level: Level) => corners.map((corner) => `${corner.x} ${corner[level]}`);

/** The line through one quantile. A column between gaps has none. */
export function linePath(runs: readonly Corner[][], level: Level): string {
  return runs.map((run) => (run.length > 1 ? `M${through(run, level).join("L")}` : "")).join("");
}

/** The area between two quantiles. */
export function areaPath(runs: readonly Corner[][], low: Level, high: Level): string {
  return runs
    .map((run) => (run.length > 1 ? `M${[...through(run, low), ...through(run, high).reverse()].join("L")}z` : ""))
    .join("");
}
