import { median } from "d3-array";
import { initialState, startOf } from "../../src/core/data/start";
import type { Range } from "../../src/core/experiment/range";
import { recentSteps } from "../../src/core/history/recentSteps";
import type { Recipe } from "../../src/core/recipe/recipe";
import { createEvaluator } from "../../src/engine/evaluate";
import { rangeTest } from "../../src/engine/experiment/rangeTest";
import { TimeSlices } from "../../src/engine/inspect/timeSlices";
import { Trainer } from "../../src/engine/trainer";
import type { EngineFactory } from "../unit/support/engineFactory";
import { type Facts, sceneNamed } from "./claims";
import { historyBy } from "./traces";

const { recipe: scene, experiment, play } = sceneNamed("Find lr by a range test, then by α*");
const { range } = experiment as { readonly range: Range };

/** The scene's range test, and the loss on all rows 500 steps after it with three learning rates. */
interface RangeOutcome {
  readonly lr: number;
  readonly exploded: boolean;
  /** A tenth of the learning rate at which the loss explodes. */
  readonly tenth: number;
  /** The median α* of the next minibatches of the last steps before the test. */
  readonly alphaStar: number;
  /** With the run's learning rate, with a tenth of that of the explosion, and with α*. */
  readonly losses: readonly [kept: number, tenth: number, alphaStar: number];
}

export async function rangeOutcome(makeEngine: EngineFactory, seed = scene.seed): Promise<RangeOutcome> {
  const recipe = { ...scene, seed };
  const start = startOf(recipe, null);

  /** A trainer after some steps, with its end. */
  async function trained<T>(of: Recipe, steps: number, use: (trainer: Trainer) => Promise<T>): Promise<T> {
    const engine = makeEngine(start.problem, initialState(start));
    const trainer = new Trainer(engine, start, of, { judged: false });
    while (trainer.checkpoint.step < steps) {
      await trainer.advance(steps - trainer.checkpoint.step, Number.POSITIVE_INFINITY);
    }
    const result = await use(trainer);
    engine.dispose();
    return result;
  }

  const evaluate = createEvaluator(start);
  const lossWith = (lr: number) =>
    trained({ ...recipe, edits: [{ step: play.at + 1, lr }] }, play.at + 500, async ({ checkpoint }) => {
      return (await evaluate(checkpoint.theta, async () => {})).train.loss;
    });

  const { next } = recentSteps(await historyBy(makeEngine, recipe, play.at));
  const alphaStar = median(next) ?? Number.NaN;
  const twin = makeEngine(start.problem, initialState(start));
  const test = await trained(recipe, play.at, ({ checkpoint }) =>
    rangeTest(twin, start, { from: checkpoint, recipe }, range, new TimeSlices(), {}),
  );
  twin.dispose();
  const tenth = (test.lr.at(-1) ?? Number.NaN) / 10;
  return {
    lr: recipe.lr,
    exploded: test.end === "exploded",
    tenth,
    alphaStar,
    losses: [await lossWith(recipe.lr), await lossWith(tenth), await lossWith(alphaStar)],
  };
}

export function rangeFacts({ lr, exploded, tenth, alphaStar, losses: [kept, ...moved] }: RangeOutcome): Facts {
  return {
    "the loss explodes": exploded,
    "α* and a tenth of the lr of the explosion differ by a factor below two":
      alphaStar / tenth > 0.5 && alphaStar / tenth < 2,
    "both are more than 30 times the run’s lr": Math.min(alphaStar, tenth) > 30 * lr,
    "with either, the loss 500 steps later is less than a tenth": moved.every((loss) => loss < kept / 10),
  };
}
