import type { Ratio } from "./engines/timeEngines";
import type { PageTimes } from "./page/pageTimes";

const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;

/** A Markdown table, without a line break at its end. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");
}

export const formatRate = (stepsPerSecond: number): string => Math.round(stepsPerSecond).toLocaleString("en");
export const formatRatio = (ratio: number): string => `${ratio.toPrecision(3)} ×`;

/** Steps per second of each engine, and their ratio to the peer's, one row per peer. */
export function engineTable(ratios: readonly Ratio[]): string {
  return table(
    ["network", "engine", "steps/s", "peer", "ratio"],
    ratios.map(({ network, engine, stepsPerSecond, peer, ratio }) => [
      network,
      engine,
      formatRate(stepsPerSecond),
      peer,
      formatRatio(ratio),
    ]),
  );
}

/** The measurements of the page, one row each. */
export function pageTable(times: PageTimes): string {
  return table(["page", "measured"], Object.entries(times));
}
