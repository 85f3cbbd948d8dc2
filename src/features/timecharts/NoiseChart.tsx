import { type NoisePoint, noiseScales } from "../../core/history/noiseScale";
import { settingsAt } from "../../core/recipe/recipe";
import type { LegendEntry } from "../../kit/chart/Legend";
import type { ReadingLine } from "../../kit/chart/Reading";
import { formatCount, formatNumber, formatPower } from "../../kit/text/format";
import { palette } from "../../kit/text/palette";
import type { TimeChartSource } from "../../kit/timechart/navigate";
import { timeChart } from "../../kit/timechart/TimeChart";
import { type NoisePicture, noisePicture } from "./noisePicture";
import "./timecharts.css";

const scaleLook = { stroke: palette.slope, strokeWidth: 2.2 };
const batchLook = { stroke: palette.ink, strokeWidth: 1.6, strokeDasharray: "6 4" };
const legend: readonly LegendEntry[] = [
  { label: "gradient noise scale", colour: palette.slope, shape: "line" },
  { label: "batch size", colour: palette.ink, shape: "line", dash: batchLook.strokeDasharray },
];

/** The gradient noise scale and the batch size over the steps, in rows, on one logarithmic axis. */
export const NoiseChart = timeChart<TimeChartSource, NoisePicture>({
  name: () => "Gradient noise scale and batch size in rows, logarithmic",
  scale: () => "log",
  formatY: formatPower,
  legend: () => legend,
  picture: noisePicture,
  series: ({ scales, batchSizes }) => [
    { rows: batchSizes, y: "value", type: "stepAfter", look: batchLook },
    { rows: scales, y: "value", look: scaleLook, above: true },
  ],
  read: readNoise,
  note: { className: "noise-words", text: noteOf },
});

/** The meaning of the position of the last noise scale relative to the batch size. */
function noteOf({ scales, batchSizes }: NoisePicture): string {
  const last = scales.at(-1);
  const batchSize = batchSizes.findLast(({ step }) => last && step <= last.step)?.value;
  if (!last || !batchSize) return "The noise scale is the batch size at which noise and gradient are equally large.";
  if (last.value === null || last.value === undefined) {
    return "The noise scale has no value here: the mean gradient is not above its noise, or a minibatch has one row.";
  }
  return last.value > batchSize
    ? "Above the batch size: noise dominates the minibatch gradient, and a larger batch gives a longer α* on other rows."
    : "Below the batch size: noise is small in the minibatch gradient, and a larger batch hardly changes α*.";
}

function readNoise(source: TimeChartSource, step: number): ReadingLine[] {
  const { recipe } = source.store.getState();
  const [point] = noiseScales(source.history(), recipe.rows, step, step, 1);
  const batchSize = Math.min(settingsAt(recipe, step).batchSize, recipe.rows);
  return [
    { label: "noise scale", value: rowsText(point), colour: palette.slope },
    { label: "batch size", value: formatCount(batchSize), colour: palette.ink },
  ];
}

const rowsText = (point: NoisePoint | undefined) => (point?.rows ? formatNumber(point.rows, 3) : "none");
