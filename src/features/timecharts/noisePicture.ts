import type { History } from "../../core/history/history";
import { noiseScales } from "../../core/history/noiseScale";
import { type Recipe, settingsAt } from "../../core/recipe/recipe";
import { type Domain, logDomain } from "../../kit/chart/domains";
import { extentOf, maxPoints, type Row } from "../../kit/chart/rows";
import type { ChartSource } from "../../kit/redraw/source";
import { drawnComparedRuns, drawnRuns } from "../../kit/timechart/drawnRuns";
import { lookOf, type RunLine } from "../../kit/timechart/runLines";
import { currentDomain } from "../../kit/timechart/zoom";

/** The gradient noise scale and the batch size over the steps, in rows. */
export interface NoisePicture {
  readonly x: Domain;
  readonly y: Domain;
  /** The noise scale, as `value`; null where it is undefined. */
  readonly scales: readonly Row[];
  /** The batch size from a step on, as `value`, up to the end of the axis. */
  readonly batchSizes: readonly Row[];
  readonly lines: readonly RunLine[];
}

/** The axis ends at this multiple of all rows: a noise scale becomes arbitrarily large before it is undefined. */
const overAllRows = 10;

export function noisePicture(source: ChartSource, before: NoisePicture | null): NoisePicture {
  const { recipe } = source.store.getState();
  const x = currentDomain(source);
  const scalesOf = (history: History, allRows: number): Row[] =>
    noiseScales(history, allRows, x.lo, x.hi, maxPoints).map(({ step, rows }) => ({ step, value: rows }));
  const scales = scalesOf(source.history(), recipe.rows);
  const allRows = new Map(drawnComparedRuns(source).map(({ key, comparedRun }) => [key, comparedRun.recipe.rows]));
  const lines = drawnRuns(source).map((run) => ({
    key: run.key,
    rows: scalesOf(run.history, allRows.get(run.key) ?? recipe.rows),
    look: lookOf(run),
  }));
  const batchSizes = batchSizesOver(recipe, x);
  const [least, most] = extentOf([...scales, ...lines.flatMap(({ rows }) => rows)], ["value"]);
  const [smallest, largest] = extentOf(batchSizes, ["value"]);
  const top = Math.max(largest, Math.min(most, overAllRows * recipe.rows));
  return { x, y: logDomain(Math.min(smallest, least), top, before?.y ?? null), scales, batchSizes, lines };
}

/** The batch size at the first step of a domain, at each change and at the end. */
function batchSizesOver(recipe: Recipe, { lo, hi }: Domain): Row[] {
  const first = Math.max(1, Math.ceil(lo));
  const changes = recipe.edits.filter(({ step, batchSize }) => batchSize && step > first && step <= hi);
  const steps = [first, ...changes.map(({ step }) => step), Math.max(first, hi)];
  return steps.map((step) => ({ step, value: Math.min(settingsAt(recipe, step).batchSize, recipe.rows) }));
}
