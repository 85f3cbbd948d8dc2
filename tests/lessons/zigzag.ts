import type { History } from "../../src/core/history/history";
import type { Recipe } from "../../src/core/recipe/recipe";
import type { EngineFactory } from "../unit/support/engineFactory";
import { type Facts, sceneNamed } from "./claims";
import { historyBy } from "./traces";

const { recipe: scene, beside } = sceneNamed("Cauchy’s zigzag");
const [damped = scene] = beside;

const zigzagSteps = 500;

interface ZigzagRuns {
  readonly exact: History;
  readonly halved: History;
}

/** The run of the scene, and the run beside it with half the step size. */
export async function zigzagRuns(makeEngine: EngineFactory, over: Partial<Recipe> = {}): Promise<ZigzagRuns> {
  return {
    exact: await historyBy(makeEngine, { ...scene, ...over }, zigzagSteps),
    halved: await historyBy(makeEngine, { ...damped, ...over }, zigzagSteps),
  };
}

/** @param ratio lower bound of the last loss with steps of α* over that with steps of 0.5·α* */
export function zigzagFacts({ exact, halved }: ZigzagRuns, ratio: number): Facts {
  // Gradient descent: d = −g.
  const later = Array.from({ length: zigzagSteps - 19 }, (_, i) => exact.direction(20 + i)!);
  const last = (history: History) => history.value("loss", zigzagSteps);
  return {
    "after step 20 the cosine of successive gradients is below 0.01": later.every(
      (d, i) => i < 1 || Math.abs(cosine(d, later[i - 1]!)) < 0.01,
    ),
    "after step 20 a gradient is nearly parallel to the gradient two steps before": later.every(
      (d, i) => i < 2 || cosine(d, later[i - 2]!) > 0.9,
    ),
    [`steps of 0.5·α* end at a loss ${ratio} times lower`]: last(exact) > ratio * last(halved),
  };
}

function cosine(a: Float64Array, b: Float64Array): number {
  const dot = (x: Float64Array, y: Float64Array) => x.reduce((sum, value, i) => sum + value * y[i]!, 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}
