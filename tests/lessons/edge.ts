import { tensorsOf } from "../../src/core/data/problem";
import { initialState, startOf } from "../../src/core/data/start";
import { History } from "../../src/core/history/history";
import { thresholdAt } from "../../src/core/history/threshold";
import { type Trace, traceOf } from "../../src/core/history/trace";
import type { Recipe } from "../../src/core/recipe/recipe";
import { Inspector } from "../../src/engine/inspect/inspector";
import { StepAnalyser } from "../../src/engine/inspect/stepAnalyser";
import { Trainer } from "../../src/engine/trainer";
import type { EngineFactory } from "../unit/support/engineFactory";
import { type Facts, past2, sceneNamed } from "./claims";

const { recipe: scene, play } = sceneNamed("Edge of stability");

/** The step at which the room has halved lr: the first after the scene has paused. */
const halved = (play.to ?? Number.NaN) + 1;

/** Where a run stood against the edge of stability at a step: λmax on all rows, as the page asks for it. */
export interface Standing {
  readonly step: number;
  /** λmax over the threshold. */
  readonly share: number;
  /** λmax times α*, of the same step. */
  readonly overBest: number;
}

export interface EdgeRun {
  readonly trace: Trace;
  readonly points: readonly Standing[];
}

/** A run's trace, and where it stands against the edge of stability at every so many steps. */
export async function edgeRun(makeEngine: EngineFactory, recipe: Recipe, steps: number, every = 25): Promise<EdgeRun> {
  const start = startOf(recipe, null);
  const { problem } = start;
  const engines = [0, 1].map(() => makeEngine(problem, initialState(start)));
  const [running, looking] = engines as [ReturnType<EngineFactory>, ReturnType<EngineFactory>];
  const trainer = new Trainer(running, start, recipe);
  const analyser = new StepAnalyser(new Inspector(looking, noProbe, start), noProbe, start, looking.rounding);
  const history = new History(tensorsOf(problem.sizes));
  const advance = async (to: number) => {
    while (history.length < to) {
      const { columns, direction } = await trainer.advance(to - history.length, Number.POSITIVE_INFINITY);
      history.append(columns, direction);
    }
  };
  const points: Standing[] = [];
  for (let step = every; step <= steps; step += every) {
    await advance(step - 1);
    const { largest } = (await analyser.answer("edge", step, trainer.checkpoint, recipe, {
      on: "full",
      resamples: 1,
    }))!;
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

/** The scene's own run, with its question answered: lr halved where it had paused. */
export function edgeRecipe(): Recipe {
  return { ...scene, edits: [{ step: halved, lr: scene.lr / 2 }] };
}

/** As far as λmax has climbed again. */
export const edgeSteps = 1400;

export interface EdgeBounds {
  /** Between which steps λmax comes to nine tenths of the threshold. */
  readonly arrives: readonly [number, number];
  /** Between which shares of the threshold it stays. */
  readonly stays: readonly [number, number];
  /** How often lr/α* is past 2 there, in words and as shares. */
  readonly often: string;
  readonly past2: readonly [number, number];
}

/** What the scene says of its own run, and what is as true with most seeds. */
export const edgeHere: EdgeBounds = {
  arrives: [200, 300],
  stays: [0.8, 1.15],
  often: "one step in three",
  past2: [0.25, 0.42],
};
export const edgeAnywhere: EdgeBounds = {
  arrives: [200, 700],
  stays: [0.7, 1.2],
  often: "one step in twelve to nearly every other",
  past2: [0.08, 0.45],
};

export function edgeFacts({ trace, points }: EdgeRun, bounds: EdgeBounds): Facts {
  const before = points.filter(({ step }) => step < halved);
  const arrived = before.findIndex(({ share }) => share > 0.9);
  const [climbing, there] = [before.slice(0, arrived), before.slice(arrived)];
  const from = there[0]?.step ?? Number.POSITIVE_INFINITY;
  // After the first few steps, in which v is young and d still turns.
  const ahead = climbing.filter(({ step, overBest }) => step >= 100 && overBest > 0);
  const [way, edge] = [past2Of(trace, 1, from), past2Of(trace, from + 1, halved)];
  const again = points.filter(({ step }) => step >= halved);
  return {
    "climbs to the edge": (climbing[0]?.share ?? 1) < 0.3 && from >= bounds.arrives[0] && from <= bounds.arrives[1],
    "stays there": there.every((one) => one.share > bounds.stays[0] && one.share < bounds.stays[1]),
    "on the way 1/α* stays below a hundredth of λmax":
      ahead.length > 0 && ahead.every(({ overBest }) => overBest > 100),
    "on the way lr/α* is past 2 at fewer than one step in thirty": way < 1 / 30,
    [`at the edge lr/α* is past 2 at ${bounds.often}`]: edge > bounds.past2[0] && edge < bounds.past2[1],
    "lr halved, it stands at half of the edge and climbs again":
      again[0]!.share < 0.65 && again.some(({ share }) => share > again[0]!.share + 0.2),
  };
}

/** At which share of the steps `from` … `to` − 1 lr/α* is past 2. */
function past2Of(trace: Trace, from: number, to: number): number {
  const steps = Array.from({ length: to - from }, (_, i) => from - 1 + i);
  return steps.filter((i) => past2(trace, i)).length / steps.length;
}

const noProbe = (): never => {
  throw new Error("Nothing is probed along a direction here.");
};
