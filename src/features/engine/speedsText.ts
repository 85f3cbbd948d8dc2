import { formatCount, formatNumber, formatRatio } from "../../kit/text/format";
import type { EngineSpeed } from "../../session/run/measureEngines";
import { engineNames } from "./engineText";

/** The speeds of the engines, and their ratio where both were measured. */
export function speedsSentence(speeds: readonly EngineSpeed[]): string {
  const measured = speeds.map(({ kind, stepsPerSecond, missing }) =>
    stepsPerSecond === null
      ? `${engineNames[kind]}: not measured (${missing})`
      : `${engineNames[kind]}: ${formatSpeed(stepsPerSecond)} steps/s`,
  );
  return `${measured.join("; ")}. ${comparison(speeds)}`.trim();
}

const formatSpeed = (speed: number): string =>
  speed < 10 ? formatNumber(speed, 2) : formatCount(Number(speed.toPrecision(3)));

function comparison(speeds: readonly EngineSpeed[]): string {
  const [fast, slow] = [...speeds].sort((a, b) => (b.stepsPerSecond ?? 0) - (a.stepsPerSecond ?? 0));
  if (!fast?.stepsPerSecond || !slow?.stepsPerSecond) return "";
  const ratio = formatRatio(fast.stepsPerSecond / slow.stepsPerSecond);
  if (ratio === "1.0") return "Both engines have the same speed for this network.";
  return `The ${engineNames[fast.kind]} engine is ${ratio} times faster for this network.`;
}
