import type { Problem } from "../../core/data/problem";
import type { Start } from "../../core/data/start";
import { armijoShare, palStep, polyakStep, type StepMarks, type StepSize } from "../../core/history/stepMarks";
import { createCpuDirectionalLoss } from "../cpu/directionalLoss";
import { rounding } from "../cpu/engine";
import type { DirectionalLoss } from "../directionalLoss";
import { newSweeper } from "../float64";
import { crossingGrid, firstCrossing } from "./firstCrossing";
import type { ReplayedStep } from "./inspector";
import { lossAlong } from "./lossAlong";
import { PartwiseLoss } from "./partwiseLoss";
import type { QuadraticModel } from "./probes/probes";
import type { TimeSlices } from "./timeSlices";

export type MarkStep = (replayed: ReplayedStep, slices: TimeSlices) => Promise<StepMarks | null>;

/**
 * Marks steps of a run by the true loss of the minibatch along d: float64 forward sweeps with θ and d of the engine that trains.
 * @returns answers null where training has diverged
 */
export function createStepMarker({ problem }: Start): MarkStep {
  const loss = createCpuDirectionalLoss(problem, newSweeper);
  return (replayed, slices) => stepMarksOf(replayed, loss, problem, slices);
}

/**
 * With h(α) = L(θ + αd) on the minibatch, s the step taken, and a descent direction d (slope < 0):
 *
 *     break-even   the first α > 0 with h(α) = h(0)
 *     Armijo       the first α > 0 with h(α) = h(0) + c·α·slope; every smaller step decreases the loss enough
 *     Polyak, PAL  see `core/history/stepMarks.ts`
 *
 * @throws Dropped
 */
async function stepMarksOf(
  { inspection, rows }: ReplayedStep,
  loss: DirectionalLoss,
  problem: Problem,
  slices: TimeSlices,
): Promise<StepMarks | null> {
  slices.check();
  const { step, theta, direction, stepTaken } = inspection;
  if (![theta, direction].every((vector) => vector.every(Number.isFinite))) return null;
  const h = async (alphas: Float64Array) =>
    (await lossAlong(loss, problem.sizes, inspection, rows, alphas, slices)).losses;
  const partwise = new PartwiseLoss(problem, () => loss, rounding, slices);
  const [model] = await partwise.quadraticModels(theta, [direction], rows);
  const { slope, verdict, alphaStar } = model as QuadraticModel;
  const [h0, after] = (await h(Float64Array.of(0, stepTaken))) as unknown as [number, number];
  const polyak = polyakStep(h0, slope);
  const pal = palStep(h0, slope, stepTaken, after);
  if (typeof polyak !== "number") {
    return { step, loss: h0, slope, searchedTo: 0, breakEven: polyak, armijo: polyak, polyak, pal };
  }
  // The minimiser of the quadratic model, or less where the model falls below 0.
  const scale = verdict === "minimum" ? Math.min(alphaStar, polyak) : polyak;
  const grid = crossingGrid(scale);
  const onGrid = await h(grid);
  const crossing = async (share: number): Promise<StepSize> => {
    const excess = (losses: Float64Array, alphas: Float64Array) =>
      losses.map((value, k) => value - h0 - share * slope * alphas[k]!);
    const found = await firstCrossing(grid, excess(onGrid, grid), async (alphas) => excess(await h(alphas), alphas));
    return found ?? "noRoot";
  };
  const [breakEven, armijo] = [await crossing(0), await crossing(armijoShare)];
  return { step, loss: h0, slope, searchedTo: grid.at(-1) as number, breakEven, armijo, polyak, pal };
}
