import type { Ratio } from "./engines/timeEngines";
import type { PageTimes } from "./page/pageTimes";
import type { Questioned } from "./questions/timeQuestions";

const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;

/** A Markdown table, without a line break at its end. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");
}

export const formatRate = (stepsPerSecond: number): string => Math.round(stepsPerSecond).toLocaleString("en");
export const formatRatio = (ratio: number): string => `${ratio.toPrecision(3)} ×`;

/** Steps per second of each engine, and their ratio to the peer's, one row per peer; the ratio in Firefox in % of Chromium's. */
export function engineTable(ratios: readonly Ratio[]): string {
  return table(
    ["network", "engine", "steps/s", "peer", "ratio", "in Firefox"],
    ratios.map(({ network, engine, stepsPerSecond, peer, ratio, firefox }) => [
      network,
      engine,
      formatRate(stepsPerSecond),
      peer,
      formatRatio(ratio),
      firefox === undefined ? "" : `${formatRatio(firefox)} (${Math.round((100 * firefox) / ratio)}%)`,
    ]),
  );
}

/** Training beside questions, one row each run: the ratios are to the engine alone, at 60/s to 60 where the engine is faster. */
export function questionTable(times: readonly Questioned[]): string {
  const share = (rate: number, most: number) => `${formatSlowRate(rate)} (${Math.round((100 * rate) / most)}%)`;
  return table(
    ["run", "engine alone, steps/s", "at 60/s", "late by", "at max", "late by"],
    times.map(({ run, alone, at60, atMax, late60, lateMax }) => [
      run,
      formatSlowRate(alone),
      share(at60, Math.min(alone, 60)),
      `${late60.toFixed(1)} s`,
      share(atMax, alone),
      `${lateMax.toFixed(1)} s`,
    ]),
  );
}

const formatSlowRate = (stepsPerSecond: number): string =>
  stepsPerSecond < 100 ? stepsPerSecond.toFixed(1) : formatRate(stepsPerSecond);

/** The measurements of the page, one row each. */
export function pageTable(times: PageTimes): string {
  return table(["page", "measured"], Object.entries(times));
}
