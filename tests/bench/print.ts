import type { Ratio } from "./engines";
import type { PageTimes } from "./page";

const row = (cells: readonly string[]) => console.log(`| ${cells.join(" | ")} |`);
const head = (...cells: string[]) => {
  row(cells);
  row(cells.map(() => "---"));
};

export function printRatios(ratios: readonly Ratio[]): void {
  head("network", "engine", "steps/s", "beside", "ratio");
  for (const { network, engine, stepsPerSecond, peer, ratio } of ratios) {
    row([network, engine, Math.round(stepsPerSecond).toLocaleString("en"), peer, `${ratio.toPrecision(3)} ×`]);
  }
  console.log();
}

export function printFrames(times: PageTimes): void {
  head("page", "measured");
  for (const [name, value] of Object.entries(times)) row([name, String(value)]);
  console.log();
}
