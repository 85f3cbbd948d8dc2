import { median } from "d3-array";
import { tensorsOf } from "../../src/core/data/problem";
import { initialState, startOf } from "../../src/core/data/start";
import { type Comparison, compareDirections, lateDirection } from "../../src/core/lesson/lateDirection";
import { Trainer } from "../../src/engine/trainer";
import type { EngineFactory } from "../unit/support/engineFactory";
import { type Facts, sceneNamed } from "./claims";

/** The notebook's direction and Adam's at each of the first steps of the scene “One step late”. */
export async function lateSteps(makeEngine: EngineFactory, steps: number): Promise<Comparison[]> {
  const { recipe } = sceneNamed("One step late");
  const start = startOf(recipe, null);
  const engine = makeEngine(start.problem, initialState(start));
  const trainer = new Trainer(engine, start, recipe);
  const tensors = tensorsOf(start.problem.sizes);
  const seen: Comparison[] = [];
  for (let step = 1; step <= steps; step++) {
    const before = trainer.checkpoint;
    const { direction } = await trainer.advance(1, Number.POSITIVE_INFINITY);
    seen.push(compareDirections(tensors, lateDirection(before, step, recipe), direction));
  }
  engine.dispose();
  return seen;
}

/** The statements of the scene for its first two hundred steps. */
export function lateFacts(seen: readonly Comparison[]): Facts {
  const settled = seen.slice(20);
  return {
    "the first line prints 0": seen[0]?.norms.every(({ late, own }) => late === 0 && own > 0) ?? false,
    "d about √2 times too long": Math.abs((median(settled, ({ lengths }) => lengths) ?? 0) - Math.SQRT2) < 0.1,
    "the cosine is mostly above 0.9": settled.filter(({ cosine }) => cosine > 0.9).length > 0.75 * settled.length,
  };
}
