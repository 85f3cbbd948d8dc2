import { tensorsOf } from "../../../../src/core/data/problem";
import { identity } from "../../../../src/core/data/random";
import { initialState, startOf } from "../../../../src/core/data/start";
import type { Checkpoint } from "../../../../src/core/history/checkpoints";
import { gradientDescent } from "../../../../src/core/recipe/optimisers";
import { parseRecipe } from "../../../../src/core/recipe/parseRecipe";
import type { Settings } from "../../../../src/core/recipe/recipe";
import { hessianAt } from "../../../../src/engine/cpu/hessian";
import type { Batch, Measurements } from "../../../../src/engine/engine";
import { extremeEigenvalues } from "../../../../src/engine/linalg/lanczos";
import { type TrainedChunk, Trainer } from "../../../../src/engine/trainer";
import { createWasmEngine } from "../../../../src/engine/wasm/engine";
import { wasmSweeper } from "../../../../src/engine/wasm/sweeper";
import { makeMeasurements } from "../../support/measurements";

/** A tanh network on the teacher's data, with label noise. */
export const noisyTanh = { dataset: "teacher", noise: 0.3, hidden: [16], activation: "tanh", shuffle: true } as const;

/** A run of a recipe whose other settings are the defaults. */
export function runOn(settings: Partial<Settings>) {
  const { recipe } = parseRecipe(settings);
  const start = startOf(recipe, null);
  const { problem } = start;
  const [engine, looking] = [0, 1].map(() => createWasmEngine(problem, initialState(start)));
  const trainer = new Trainer(engine!, start, recipe, { judged: false });
  const into = makeMeasurements(1, tensorsOf(problem.sizes).length, start.theta.length);
  const all: Batch = { order: identity(problem.rows), start: 0, count: problem.rows };
  const hessian = () => hessianAt(problem, trainer.checkpoint.theta, all, wasmSweeper);
  return {
    recipe,
    start,
    all,
    /** The state after the last step. */
    checkpoint: (): Checkpoint => trainer.checkpoint,
    /** Trains up to a step, and gives the measurements of each chunk to `visit`. */
    async trainTo(step: number, visit: (chunk: TrainedChunk) => void = () => {}): Promise<void> {
      while (trainer.checkpoint.step < step) {
        visit(await trainer.advance(step - trainer.checkpoint.step, Number.POSITIVE_INFINITY));
      }
    },
    /** The measurements along −g of a minibatch at the present θ, judged by `next`; overwritten by the next call. */
    alongGradient(batch: Batch, next: Batch | null = null): Measurements {
      looking!.restore({ ...trainer.checkpoint });
      looking!.step(batch, next, { update: gradientDescent, lr: 0, rule: "lr", sigma: 1 }, into, 0);
      return into;
    },
    /** The Hessian of the loss on all rows at the present θ. */
    hessian,
    async largestEigenvalue(): Promise<number> {
      const { largest } = await extremeEigenvalues(hessian(), { maxProducts: 200, betweenProducts: async () => {} });
      return largest.value;
    },
  };
}

export const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, k) => sum + value * b[k]!, 0);
export const sumOf = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);
export const meanOf = (values: ArrayLike<number>): number => sumOf(values) / values.length;
