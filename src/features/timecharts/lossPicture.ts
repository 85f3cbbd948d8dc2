import type { History } from "../../core/history/history";
import { type Domain, linearDomain, logDomain } from "../../kit/chart/domains";
import { extentOf, maxPoints, partEnds, type Row } from "../../kit/chart/rows";
import type { ChartSource } from "../../kit/redraw/source";
import { type Distribution, distributionOf, shownRange } from "../../kit/timechart/distribution";
import { extentWith, type RunLine, runLines } from "../../kit/timechart/runLines";
import { currentAxis } from "../../kit/timechart/zoom";
import type { Session } from "../../session/session";

export type LossSource = ChartSource & Pick<Session, "evaluation">;

/** The loss over the steps. */
export interface LossPicture {
  readonly x: Domain;
  readonly y: Domain;
  readonly scale: "log" | "linear";
  /** The minibatch loss. */
  readonly batches: Distribution;
  /** The running mean of the minibatch loss, as `value`. */
  readonly means: readonly Row[];
  /** Steps in the running mean. */
  readonly window: number;
  readonly lines: readonly RunLine[];
  /** The loss on held-out rows, as `held`, at the steps at which it was measured. */
  readonly held: readonly Row[];
}

export function lossPicture(source: LossSource, before: LossPicture | null, width: number): LossPicture {
  const history = source.history();
  const { x, partsOn } = currentAxis(source, width);
  const parts = partsOn(history);
  const window = meanWindow(source);
  const meansOf = (run: History) =>
    partEnds(partsOn(run)).map((step) => ({ step, value: meanLoss(run, step, window) }));
  const [means, lines] = [meansOf(history), runLines(source, meansOf)];
  const batches = distributionOf(history, parts, "loss");
  const held = heldOutRows(source, x);
  const shown = (scale: "log" | "linear") => {
    const [least, most] = shownRange([batches], scale);
    const [low, high] = extentOf(held, ["held"]);
    return extentWith(lines, [Math.min(least, low), Math.max(most, high)]);
  };
  const scale = scaleFor(...shown("linear"), before?.scale ?? "linear");
  const [min, max] = shown(scale);
  const kept = before?.scale === scale ? before.y : null;
  const y = (scale === "log" ? logDomain : linearDomain)(min, max, kept);
  return { batches, means, x, y, scale, window, lines, held };
}

/**
 * The scores within a domain and one on either side, thinned out evenly to `maxPoints`. Scores of future steps are left
 * out.
 */
function heldOutRows({ history, evaluation }: LossSource, x: Domain): Row[] {
  const last = history().length;
  const all = evaluation.getState().scores.filter(({ step }) => step <= last);
  const from = Math.max(
    0,
    all.findLastIndex(({ step }) => step < x.lo),
  );
  const after = all.findIndex(({ step }) => step > x.hi);
  const shown = all.slice(from, after < 0 ? all.length : after + 1);
  const stride = Math.ceil(shown.length / maxPoints);
  return shown
    .filter((_, i) => (shown.length - 1 - i) % stride === 0)
    .flatMap(({ step, held }) => (held && Number.isFinite(held.loss) ? [{ step, held: held.loss }] : []));
}

/** The latest held-out loss measured up to a step; null where there is none. */
export function heldOutLoss({ evaluation }: LossSource, step: number): number | null {
  return evaluation.getState().scores.findLast((score) => score.step <= step)?.held?.loss ?? null;
}

/** Logarithmic where max/min exceeds 100, linear where it is at most 30; between the two the scale is kept. */
function scaleFor(min: number, max: number, before: "log" | "linear"): "log" | "linear" {
  if (!(min > 0)) return "linear";
  return max / min > (before === "log" ? 30 : 100) ? "log" : "linear";
}

/** Steps in the running mean where the number of rows is unknown. */
const defaultWindow = 50;

/** Steps in the running mean: an epoch, from 10 to 400. With rows in order the mean over an epoch has no period left. */
export function meanWindow({ store }: Pick<ChartSource, "store">): number {
  const { recipe, settings } = store.getState();
  if (!Number.isFinite(recipe.rows)) return defaultWindow;
  return Math.min(Math.max(Math.ceil(recipe.rows / settings.batchSize), 10), 400);
}

/** The mean minibatch loss of the `window` steps up to `step`; null where one of them is not finite. */
export function meanLoss(history: History, step: number, window: number): number | null {
  const losses = history.values("loss", Math.max(1, step - window + 1), step);
  let sum = 0;
  for (const loss of losses) sum += loss;
  return losses.length > 0 && Number.isFinite(sum) ? sum / losses.length : null;
}
