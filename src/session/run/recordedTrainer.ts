import type { Recording } from "../../core/files/recording";
import { verdicts } from "../../core/history/alpha";
import type { Checkpoint } from "../../core/history/checkpoints";
import { type Columns, metricNames } from "../../core/history/metrics";
import { isMet, type StopCondition } from "../../core/history/stopCondition";
import type { EngineReport, TrainerApi } from "../../worker/api";
import { endOf } from "./recordedRun";

/** Steps of one answer: the page appends and draws them at once. */
const mostSteps = 20_000;

/** The trainer's protocol on a recording: `advance` answers with the next recorded steps. */
export function recordedTrainer({ device, columns, tensors }: Recording): TrainerApi {
  let at = 0;
  /** `Run` refuses edits of a recorded run. */
  const refuse = async (): Promise<never> => {
    throw new Error("A recorded run has no settings to change.");
  };
  return {
    load: async () => ({ engine: reportOf(device), start: checkpointAt(columns, 0), custom: true }),
    async advance(steps, _, stop) {
      const most = Math.min(steps, mostSteps, columns.count - at);
      if (most < 1) throw new RangeError(endOf(columns.count));
      const count = stop ? stepsUntil(stop, columns, at, most) : most;
      const part = stepsOf(columns, at, count, tensors.length);
      at += count;
      return { columns: part, direction: null, checkpoint: checkpointAt(columns, at) };
    },
    edit: refuse,
    revise: refuse,
    async restore({ step }) {
      at = step;
    },
  };
}

const reportOf = (device: string): EngineReport => ({
  kind: "cpu",
  renderer: device,
  reason: null,
  why: null,
  software: false,
});

/** The number of steps after the step `from` up to the first one that meets a condition; at most `most`. */
function stepsUntil(condition: StopCondition, { metrics }: Columns, from: number, most: number): number {
  for (let row = from; row < from + most; row++) {
    const value = (metric: "loss" | "lr" | "alphaStar") => metrics[metric][row] as number;
    const verdict = verdicts[metrics.verdict[row] as number] ?? "diverged";
    if (isMet(condition, { verdict, loss: value("loss"), lr: value("lr"), alphaStar: value("alphaStar") }))
      return row - from + 1;
  }
  return most;
}

function stepsOf(columns: Columns, from: number, count: number, tensors: number): Columns {
  const metrics = metricNames.map((name) => [name, columns.metrics[name].subarray(from, from + count)] as const);
  const norms = (values: Float64Array) => values.subarray(from * tensors, (from + count) * tensors);
  return {
    first: from + 1,
    count,
    metrics: Object.fromEntries(metrics) as Columns["metrics"],
    gradNorms: norms(columns.gradNorms),
    directionNorms: norms(columns.directionNorms),
    directions: columns.directions,
  };
}

const none = new Float64Array(0);

/** The position after a step; a recorded run has no parameters and no state of an optimiser. */
function checkpointAt({ metrics }: Columns, step: number): Checkpoint {
  const last = step - 1;
  const epoch = metrics.epoch[last] ?? 0;
  const batches = (metrics.batchIndex[last] ?? -1) + 1;
  let position = 0;
  for (let row = step - batches; row < step; row++) position += metrics.batch[row] as number;
  return { step, epoch, batches, position, shuffled: false, c1: 0, c2: 0, theta: none, m: none, v: none, vMax: none };
}
