import type { Start } from "../../core/data/start";
import { type Range, rangeRecipe, ratesOf } from "../../core/experiment/range";
import { verdicts } from "../../core/history/alpha";
import type { Checkpoint } from "../../core/history/checkpoints";
import type { Columns } from "../../core/history/metrics";
import type { Recipe } from "../../core/recipe/recipe";
import type { Engine } from "../engine";
import type { TimeSlices } from "../inspect/timeSlices";
import { Trainer, type TrainerOptions } from "../trainer";
import { Explosion } from "./explosion";

/** The steps of a range test, one entry a step in each column, up to the step at which the loss explodes. */
export interface RangeTest {
  /** The number of steps of the run before the test. */
  readonly taken: number;
  readonly lr: readonly number[];
  /** The minibatch loss before the step. */
  readonly loss: readonly number[];
  /** α* of the step; NaN where the verdict is not `minimum`. */
  readonly alphaStar: readonly number[];
  /** α* of the next minibatch; NaN where its verdict is not `minimum`, and where the step is not judged. */
  readonly nextAlphaStar: readonly number[];
  /** `exploded`: the loss is above its bound (`Explosion`) at the last step. `diverged`: it is not finite. `complete`: neither. */
  readonly end: "exploded" | "diverged" | "complete";
}

/** What the twin starts from: a state of a run, with the run's recipe. */
export interface Twin {
  readonly from: Checkpoint;
  readonly recipe: Recipe;
}

/** Wall time of one chunk of steps, in ms. */
const chunkMs = 10;

/**
 * Trains a twin of a run with a learning rate that rises at each step, until the loss explodes. The steps are those of the run
 * of `rangeRecipe`, bit for bit.
 *
 * @param engine an engine of the kind that trains the run; its state is replaced
 * @throws Dropped
 */
export async function rangeTest(
  engine: Engine,
  start: Start,
  { from, recipe }: Twin,
  range: Range,
  slices: TimeSlices,
  options: TrainerOptions,
): Promise<RangeTest> {
  const trainer = new Trainer(engine, start, rangeRecipe(recipe, from.step, range), options);
  await trainer.restore(from);
  const rates = ratesOf(range);
  const explosion = new Explosion();
  const test = { lr: [], loss: [], alphaStar: [], nextAlphaStar: [] } as Record<
    "lr" | "loss" | "alphaStar" | "nextAlphaStar",
    number[]
  >;
  let end: RangeTest["end"] = "complete";
  while (test.lr.length < rates.length && end === "complete") {
    const { columns } = await trainer.advance(rates.length - test.lr.length, chunkMs);
    for (let row = 0; row < columns.count && end === "complete"; row++) {
      const { lr, loss } = columns.metrics;
      test.lr.push(lr[row] as number);
      test.loss.push(loss[row] as number);
      test.alphaStar.push(bestStep(columns, "alphaStar", "verdict", row));
      test.nextAlphaStar.push(bestStep(columns, "nextAlphaStar", "nextVerdict", row));
      if (verdicts[columns.metrics.verdict[row] as number] === "diverged") end = "diverged";
      else if (explosion.add(loss[row] as number)) end = "exploded";
    }
    await slices.next();
  }
  return { taken: from.step, ...test, end };
}

function bestStep(
  { metrics }: Columns,
  key: "alphaStar" | "nextAlphaStar",
  verdict: "verdict" | "nextVerdict",
  row: number,
): number {
  return verdicts[metrics[verdict][row] as number] === "minimum" ? (metrics[key][row] as number) : Number.NaN;
}
