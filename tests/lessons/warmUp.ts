import type { EngineFactory } from "../unit/support/engineFactory";
import { type Facts, sceneNamed } from "./claims";
import { edgeRun } from "./edge";

const { recipe: scene, beside } = sceneNamed("Why warm-up");
const [warmed = scene] = beside;

/**
 * λmax over its threshold without warm-up, at each of the first ten steps, and with warm-up (arXiv 2406.09405).
 *
 * @param every the distance of the steps with warm-up
 */
export async function warmUpShares(makeEngine: EngineFactory, every: number, seed = scene.seed) {
  const sharesOf = async (recipe: typeof scene, steps: number, distance: number) =>
    (await edgeRun(makeEngine, { ...recipe, seed }, steps, distance)).points.map(({ share }) => share);
  return { without: await sharesOf(scene, 10, 1), with: await sharesOf(warmed, 50, every) };
}

/** @param least, most bounds of λmax over its threshold at step 1 */
export function warmUpFacts(shares: Awaited<ReturnType<typeof warmUpShares>>, least: number, most: number): Facts {
  return {
    [`at step 1 λmax is ${least} to ${most} times its threshold`]:
      shares.without[0]! > least && shares.without[0]! < most,
    "by step 10 λmax is below half of its threshold": shares.without[9]! < 0.5,
    "with warm-up λmax stays below its threshold": shares.with.every((share) => share < 1),
  };
}
