import type { LegendEntry } from "../../kit/chart/Legend";
import type { ReadingLine } from "../../kit/chart/Reading";
import { formatNumber, formatTick } from "../../kit/text/format";
import { palette } from "../../kit/text/palette";
import { spreadEntry } from "../../kit/timechart/DistributionMarks";
import type { TimeChartSource } from "../../kit/timechart/navigate";
import { readComparedRuns } from "../../kit/timechart/runReadings";
import { timeChart } from "../../kit/timechart/TimeChart";
import { heldOutLoss, type LossPicture, type LossSource, lossPicture, meanLoss, meanWindow } from "./lossPicture";

const batchLook = { colour: palette.muted, shape: "filled" } as const;
const meanLook = { stroke: palette.ink, strokeWidth: 2 };
const heldLook = { stroke: palette.held, strokeWidth: 2, strokeDasharray: "5 2.5" };
const heldEntry: LegendEntry = { label: "held-out rows", colour: palette.held, shape: "dash", dash: "5 2.5" };

/** The loss of each minibatch, its mean over about an epoch, and the loss on held-out rows. */
export const LossChart = timeChart<TimeChartSource & LossSource, LossPicture>({
  name: () => "Loss",
  scale: ({ scale }) => scale,
  formatY: formatTick,
  quantity: "loss",
  legend: ({ window, held }) => [
    { label: "this batch", colour: palette.muted, shape: "dot", quantity: "loss" },
    spreadEntry(palette.muted),
    { label: `mean of ${window} steps`, colour: palette.ink, shape: "line", quantity: "loss" },
    ...(held.length > 0 ? [heldEntry] : []),
  ],
  picture: lossPicture,
  also: ({ evaluation }) => evaluation,
  distributions: ({ batches }) => [{ of: batches, ...batchLook }],
  series: ({ means, held }) => [
    { rows: means, y: "value", className: "of-loss", look: meanLook, above: true },
    { rows: held, y: "held", className: "held", look: heldLook, above: true },
  ],
  read: readLoss,
});

function readLoss(source: LossSource, step: number): ReadingLine[] {
  const history = source.history();
  const window = meanWindow(source);
  const mean = meanLoss(history, step, window) ?? Number.NaN;
  const held = heldOutLoss(source, step);
  return [
    { label: "batch", value: formatNumber(history.value("loss", step), 4), colour: palette.muted },
    { label: "mean", value: formatNumber(mean, 4), colour: palette.ink },
    ...(held === null ? [] : [{ label: "held-out", value: formatNumber(held, 4), colour: palette.held }]),
    ...readComparedRuns(source, step, (other, at) => meanLoss(other, at, window) ?? Number.NaN),
  ];
}
