import { groups, max, median, min } from "d3-array";
import { initialState, startOf } from "../../src/core/data/start";
import type { SweepRow } from "../../src/core/experiment/runSummary";
import { pointsOf } from "../../src/core/experiment/sweep";
import { parseSweep } from "../../src/core/experiment/sweepText";
import { SweepRun } from "../../src/engine/experiment/sweepRun";
import type { EngineFactory } from "../unit/support/engineFactory";
import { type Facts, sceneNamed } from "./claims";

const { recipe: scene, experiment } = sceneNamed("Is it this seed?");
const { sweep } = parseSweep((experiment as { readonly sweep: string }).sweep);

/** The runs of the scene's sweep. @param seed the first one */
export async function sweepRows(makeEngine: EngineFactory, seed = scene.seed): Promise<SweepRow[]> {
  const rows: SweepRow[] = [];
  for (const point of pointsOf(sweep, { ...scene, seed })) {
    const start = startOf(point.recipe, null);
    const engine = makeEngine(start.problem, initialState(start));
    const run = new SweepRun(engine, start, point.recipe, sweep.steps);
    const summary = await run.advance(Number.POSITIVE_INFINITY);
    if (summary) rows.push({ ...point, ...summary });
    engine.dispose();
  }
  return rows;
}

const lossOf = ({ train }: SweepRow) => train.loss;
const lossesWith = (rows: readonly SweepRow[], lr: number) => rows.filter((row) => row.lr === lr).map(lossOf);

/** The learning rate of the lowest loss, by seed. */
function bestRates(rows: readonly SweepRow[]): number[] {
  return groups(rows, ({ seed }) => seed).map(([, own]) => own.reduce((a, b) => (lossOf(b) < lossOf(a) ? b : a)).lr);
}

/** By how much the median loss with lr 0.1 is above that with lr 0.01, as a factor. */
const excess = (rows: readonly SweepRow[]) =>
  (median(lossesWith(rows, 0.1)) ?? Number.NaN) / (median(lossesWith(rows, 0.01)) ?? Number.NaN);

/** The least factor, over the learning rates, of the highest loss of the seeds over the lowest. */
const spread = (rows: readonly SweepRow[]) =>
  min(groups(rows, ({ lr }) => lr).map(([, own]) => (max(own, lossOf) ?? 0) / (min(own, lossOf) ?? 1))) ?? Number.NaN;

/** The statements of the scene's text for its own seeds. */
export function sweepFacts(rows: readonly SweepRow[]): Facts {
  const [first, ...others] = bestRates(rows);
  return {
    "seed 0: lr 0.1 has the lowest loss": first === 0.1,
    "the next seven seeds: lr 0.01 or 0.0316 has the lowest loss": others.every((lr) => lr === 0.01 || lr === 0.0316),
    "the median loss with lr 0.1 is a third above that with lr 0.01": excess(rows) > 1.28 && excess(rows) < 1.42,
    "at each lr the highest loss is more than a quarter above the lowest": spread(rows) > 1.25,
  };
}

/** The statements that hold for other seeds. */
export function otherSweepFacts(rows: readonly SweepRow[]): Facts {
  return {
    "lr 0.01 or 0.0316 has the lowest loss": bestRates(rows).every((lr) => lr === 0.01 || lr === 0.0316),
    "the median loss with lr 0.1 is more than a seventh above that with lr 0.01": excess(rows) > 1 + 1 / 7,
    "at each lr the highest loss is more than a tenth above the lowest": spread(rows) > 1.1,
  };
}
