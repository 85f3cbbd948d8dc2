import { History } from "../../src/core/history";
import { tensorsOf } from "../../src/core/problem";
import type { Recipe } from "../../src/core/recipe";
import { initialState, startOf } from "../../src/core/start";
import { type Trace, traceOf } from "../../src/core/trace";
import { hessianAt } from "../../src/engine/cpu/hessian";
import type { EngineFactory } from "../../src/engine/engine";
import { Inspector, type Point } from "../../src/engine/inspector";
import { extremesOf } from "../../src/engine/lanczos";
import { edgeOf, inverseRoot, scaledBy } from "../../src/engine/probedPoint";
import { Trainer } from "../../src/engine/trainer";
import { type Facts, past2, sceneNamed } from "./claims";

/** The step at which the room has halved lr. */
const halved = 801;

/** λmax(P^{−1/2}HP^{−1/2}) on all rows, over the threshold, at a step of a run. */
export interface EdgePoint {
  readonly step: number;
  readonly share: number;
  /** λmax times α*, of the same step. */
  readonly overBest: number;
}

export interface EdgeRun {
  readonly trace: Trace;
  readonly points: readonly EdgePoint[];
}

/** A run's trace, and where it stands against the edge of stability at every so many steps. */
export async function edgeRun(makeEngine: EngineFactory, recipe: Recipe, steps: number, every = 25): Promise<EdgeRun> {
  const start = startOf(recipe, null);
  const { problem } = start;
  const engines = [0, 1].map(() => makeEngine(problem, initialState(start)));
  const [running, looking] = engines as [ReturnType<EngineFactory>, ReturnType<EngineFactory>];
  const trainer = new Trainer(running, start, recipe);
  const inspector = new Inspector(looking, noProbe, start);
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
    const point = await inspector.point(step, trainer.checkpoint, recipe);
    await advance(step);
    const largest = await largestOf(point, start.problem);
    points.push({
      step,
      share: largest / edgeOf(point, recipe.optimiser)!,
      overBest: largest * history.value("alphaStar", step),
    });
  }
  for (const engine of engines) engine.dispose();
  return { trace: traceOf(history), points };
}

/** The scene's own run, with its question answered: lr halved where it had paused. */
export function edgeRecipe(): Recipe {
  const { recipe } = sceneNamed("Edge of stability");
  return { ...recipe, edits: [{ step: halved, lr: recipe.lr / 2 }] };
}

/** As far as λmax has climbed again. */
export const edgeSteps = 1400;

export interface EdgeBounds {
  /** The step by which λmax has come to nine tenths of the threshold. */
  readonly by: number;
  /** Between which shares of the threshold it stays. */
  readonly stays: readonly [number, number];
  /** How often lr/α* is past 2 there. */
  readonly past2: readonly [number, number];
}

/** What the scene says of its own run, and what is as true with most seeds. */
export const edgeHere: EdgeBounds = { by: 300, stays: [0.8, 1.15], past2: [0.25, 0.42] };
export const edgeAnywhere: EdgeBounds = { by: 700, stays: [0.7, 1.2], past2: [0.08, 0.45] };

export function edgeFacts({ trace, points }: EdgeRun, bounds: EdgeBounds): Facts {
  const before = points.filter(({ step }) => step < halved);
  const arrived = before.findIndex(({ share }) => share > 0.9);
  const [climbing, there] = [before.slice(0, arrived), before.slice(arrived)];
  const from = there[0]?.step ?? Number.POSITIVE_INFINITY;
  const steps = trace.loss.slice(from, halved - 1).map((_, i) => from + i);
  const share = steps.filter((i) => past2(trace, i)).length / steps.length;
  // After the first few steps, in which v is young and d still turns.
  const ahead = climbing.filter(({ step, overBest }) => step >= 100 && overBest > 0);
  const again = points.filter(({ step }) => step >= halved);
  return {
    "climbs to the edge": (climbing[0]?.share ?? 1) < 0.3 && from <= bounds.by,
    "stays there": there.every((one) => one.share > bounds.stays[0] && one.share < bounds.stays[1]),
    "on the way 1/α* stays below a hundredth of λmax": ahead.every(({ overBest }) => overBest > 100),
    "at the edge lr/α* is past 2 at one step in three": share > bounds.past2[0] && share < bounds.past2[1],
    "lr halved, it stands at half of the edge and climbs again":
      again[0]!.share < 0.65 && again.some(({ share }) => share > again[0]!.share + 0.2),
  };
}

const noProbe = (): never => {
  throw new Error("Nothing is probed here.");
};

/** By Lanczos, to 1e-7 of it or in 48 products, on all rows. */
async function largestOf(point: Point, problem: Parameters<typeof hessianAt>[0]): Promise<number> {
  const rows = { order: Uint32Array.from({ length: problem.rows }, (_, row) => row), start: 0, count: problem.rows };
  const at = scaledBy(hessianAt(problem, point.inspection.theta, rows), inverseRoot(point));
  return (await extremesOf(at, { most: 48, pause: async () => {} })).largest.value;
}
