import { tensorsOf } from "../../src/core/data/problem";
import { initialState, startOf } from "../../src/core/data/start";
import { History } from "../../src/core/history/history";
import { thresholdAt } from "../../src/core/history/threshold";
import { type Trace, traceOf } from "../../src/core/history/trace";
import type { Recipe } from "../../src/core/recipe/recipe";
import { Inspector } from "../../src/engine/inspect/inspector";
import { StepAnalyser } from "../../src/engine/inspect/stepAnalyser";
import { TimeSlices } from "../../src/engine/inspect/timeSlices";
import { Trainer } from "../../src/engine/trainer";
import type { EngineFactory } from "../unit/support/engineFactory";
import { type Facts, past2, sceneNamed } from "./claims";

const { recipe: scene, play } = sceneNamed("Edge of stability");

/** The step at which the audience has halved lr: the first step after the scene's pause. */
const halved = (play.to ?? Number.NaN) + 1;

/** λmax of a run at a step, on all rows as on the page, compared with the edge of stability. */
interface EdgePoint {
  readonly step: number;
  /** λmax over the threshold. */
  readonly share: number;
  /** λmax times α*, of the same step. */
  readonly overBest: number;
}

export interface EdgeRun {
  readonly trace: Trace;
  readonly points: readonly EdgePoint[];
}

/** A run's trace, and λmax at every `every` steps. */
export async function edgeRun(makeEngine: EngineFactory, recipe: Recipe, steps: number, every = 25): Promise<EdgeRun> {
  const start = startOf(recipe, null);
  const { problem } = start;
  const engines = [0, 1].map(() => makeEngine(problem, initialState(start)));
  const [running, looking] = engines as [ReturnType<EngineFactory>, ReturnType<EngineFactory>];
  const trainer = new Trainer(running, start, recipe);
  const inspector = new Inspector(looking, start);
  const analyser = new StepAnalyser(noProbe, start, looking.rounding);
  const history = new History(tensorsOf(problem.sizes));
  const advance = async (to: number) => {
    while (history.length < to) {
      const { columns, direction } = await trainer.advance(to - history.length, Number.POSITIVE_INFINITY);
      history.append(columns, direction);
    }
  };
  const points: EdgePoint[] = [];
  for (let step = every; step <= steps; step += every) {
    await advance(step - 1);
    const slices = new TimeSlices();
    const replayed = await inspector.replay({ step, from: trainer.checkpoint, recipe }, slices);
    const { largest } = (await analyser.answer("edge", replayed, { on: "full", resamples: 1 }, slices))!;
    await advance(step);
    points.push({
      step,
      share: largest.value / thresholdAt(recipe, step)!,
      overBest: largest.value * history.value("alphaStar", step),
    });
  }
  for (const engine of engines) engine.dispose();
  return { trace: traceOf(history), points };
}

/** The scene's run with the change of its question: lr halved after the pause. */
export function edgeRecipe(): Recipe {
  return { ...scene, edits: [{ step: halved, lr: scene.lr / 2 }] };
}

/** The number of steps, after which λmax has risen again. */
export const edgeSteps = 1400;

export interface EdgeBounds {
  /** The range of the step at which λmax reaches nine tenths of the threshold. */
  readonly arrives: readonly [number, number];
  /** The range of λmax over the threshold after that step. */
  readonly stays: readonly [number, number];
  /** The range of the fraction of steps with lr/α* above 2 after that step, in words and as numbers. */
  readonly often: string;
  readonly past2: readonly [number, number];
}

/** The bounds for the scene's own run, and those that hold for most seeds. */
export const edgeHere: EdgeBounds = {
  arrives: [200, 300],
  stays: [0.8, 1.15],
  often: "one step in three",
  past2: [0.25, 0.42],
};
export const edgeAnywhere: EdgeBounds = {
  arrives: [200, 700],
  stays: [0.7, 1.2],
  often: "one step in twelve to nearly one in two",
  past2: [0.08, 0.45],
};

export function edgeFacts({ trace, points }: EdgeRun, bounds: EdgeBounds): Facts {
  const before = points.filter(({ step }) => step < halved);
  const arrived = before.findIndex(({ share }) => share > 0.9);
  const [climbing, atEdge] = [before.slice(0, arrived), before.slice(arrived)];
  const from = atEdge[0]?.step ?? Number.POSITIVE_INFINITY;
  // Without the first steps, in which the moment estimates change much.
  const ahead = climbing.filter(({ step, overBest }) => step >= 100 && overBest > 0);
  const [beforeEdge, edge] = [past2Of(trace, 1, from), past2Of(trace, from + 1, halved)];
  const again = points.filter(({ step }) => step >= halved);
  return {
    "λmax rises to the edge": (climbing[0]?.share ?? 1) < 0.3 && from >= bounds.arrives[0] && from <= bounds.arrives[1],
    "λmax stays at the edge": atEdge.every((one) => one.share > bounds.stays[0] && one.share < bounds.stays[1]),
    "before the edge 1/α* is below a hundredth of λmax":
      ahead.length > 0 && ahead.every(({ overBest }) => overBest > 100),
    "before the edge lr/α* exceeds 2 at fewer than one step in thirty": beforeEdge < 1 / 30,
    [`at the edge lr/α* exceeds 2 at ${bounds.often}`]: edge > bounds.past2[0] && edge < bounds.past2[1],
    "with lr halved, λmax is near half of the threshold and rises again":
      again[0]!.share < 0.65 && again.some(({ share }) => share > again[0]!.share + 0.2),
  };
}

/** The fraction of the steps `from` to `to` − 1 with lr/α* above 2. */
function past2Of(trace: Trace, from: number, to: number): number {
  const steps = Array.from({ length: to - from }, (_, i) => from - 1 + i);
  return steps.filter((i) => past2(trace, i)).length / steps.length;
}

const noProbe = (): never => {
  throw new Error("The test measures no other direction.");
};
