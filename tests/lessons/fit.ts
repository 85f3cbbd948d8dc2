import { median } from "d3-array";
import { tensorsOf } from "../../src/core/data/problem";
import { initialState, startOf } from "../../src/core/data/start";
import { History } from "../../src/core/history/history";
import { createCpuDirectionalLoss } from "../../src/engine/cpu/directionalLoss";
import { Inspector } from "../../src/engine/inspect/inspector";
import { sliceOf } from "../../src/engine/inspect/slicer";
import { TimeSlices } from "../../src/engine/inspect/timeSlices";
import { Trainer } from "../../src/engine/trainer";
import type { EngineFactory } from "../unit/support/engineFactory";
import { type Facts, sceneNamed } from "./claims";

const { recipe: scene } = sceneNamed("What a step does");

/** The loss of some rows after a step over their loss before it. */
interface Change {
  readonly batch: number;
  readonly others: number;
}

/** One step of the scene: its changes of the loss along d. */
interface FitStep {
  /** α* over the step taken. */
  readonly length: number;
  readonly taken: Change;
  readonly best: Change;
}

/** Every third step of the scene's run after step 100, where it has a best step. */
export async function fitSteps(makeEngine: EngineFactory, seed = scene.seed): Promise<FitStep[]> {
  const recipe = { ...scene, seed };
  const start = startOf(recipe, null);
  const { problem } = start;
  const [running, looking] = [makeEngine(problem, initialState(start)), makeEngine(problem, initialState(start))];
  const trainer = new Trainer(running, start, recipe);
  const inspector = new Inspector(looking, start);
  const loss = createCpuDirectionalLoss(problem);
  const history = new History(tensorsOf(problem.sizes));
  const slices = new TimeSlices();
  const advance = async (to: number) => {
    while (history.length < to) {
      const { columns, direction } = await trainer.advance(to - history.length, Number.POSITIVE_INFINITY);
      history.append(columns, direction);
    }
  };
  const steps: FitStep[] = [];
  for (let step = 101; step <= 400; step += 3) {
    await advance(step - 1);
    const from = trainer.checkpoint;
    await advance(step);
    if (history.verdict(step) !== "minimum") continue;
    const best = history.value("alphaStar", step);
    const replayed = await inspector.replay({ step, from, recipe }, slices);
    const alphas = Float64Array.of(0, recipe.lr, best);
    const { batch, full } = await sliceOf(replayed, loss, problem, alphas, Number.POSITIVE_INFINITY, slices);
    const rows = replayed.rows.count;
    const others = full.map((all, k) => (all * problem.rows - batch[k]! * rows) / (problem.rows - rows));
    const changeAt = (k: number): Change => ({ batch: batch[k]! / batch[0]!, others: others[k]! / others[0]! });
    steps.push({ length: best / recipe.lr, taken: changeAt(1), best: changeAt(2) });
  }
  running.dispose();
  looking.dispose();
  return steps;
}

/** The ranges of the loss of the minibatch at α*, over its loss before the step, and of the share of steps at which the others' rises. */
interface FitBounds {
  readonly batch: readonly [number, number];
  readonly rises: readonly [number, number];
}

/** The bounds for the scene's own run, and those that hold for most seeds. */
export const fitHere: FitBounds = { batch: [0.6, 0.72], rises: [0.76, 0.89] };
export const fitAnywhere: FitBounds = { batch: [0.5, 0.8], rises: [0.7, 0.95] };

export function fitFacts(steps: readonly FitStep[], bounds: FitBounds): Facts {
  const typically = (of: (step: FitStep) => number) => median(steps, of) ?? Number.NaN;
  const share = (holds: (step: FitStep) => boolean) => steps.filter(holds).length / steps.length;
  const within = (x: number, [low, high]: readonly [number, number]) => x > low && x < high;
  return {
    "α* is typically more than 20 times the step taken": typically(({ length }) => length) > 20,
    "at α* the loss of the minibatch is lower by a third": within(
      typically(({ best }) => best.batch),
      bounds.batch,
    ),
    "at α* the loss of the other rows is higher at eight in ten steps": within(
      share(({ best }) => best.others > 1),
      bounds.rises,
    ),
    "the step taken lowers the loss of the other rows at seven in ten steps or more":
      share(({ taken }) => taken.others < 1) >= 0.68,
  };
}
