import { type Problem, tensorsOf } from "../../core/data/problem";
import type { LinearUpdate, State } from "../../core/recipe/optimisers";
import { type CpuOptions, rounding } from "../cpu/engine";
import type { Engine } from "../engine";
import { memoryOf } from "./network";

/** The count of numbers in `Update` of `assembly/update.ts`. */
const updateSize = 9;

/** Writes the numbers of `Update`, in its order. A loop over the names of the properties would take longer than a small step. */
function writeUpdate(update: LinearUpdate, numbers: Float64Array, at: number): void {
  numbers[at] = update.mKeep;
  numbers[at + 1] = update.mTake;
  numbers[at + 2] = update.vKeep;
  numbers[at + 3] = update.vTake;
  numbers[at + 4] = update.mWeight;
  numbers[at + 5] = update.gWeight;
  numbers[at + 6] = update.vWeight;
  numbers[at + 7] = update.floor;
  numbers[at + 8] = update.decay;
}

/** The number of measurements before the norms in `Results` of `assembly/step.ts`. */
const scalars = 6;

/** The measurements that this engine does not make yet. */
const unmeasured = [
  "gaussNewton",
  "rowGradSquares",
  "residualSquares",
  "nextSlope",
  "nextCurvature",
  "nextCurvatureTerms",
] as const;

/**
 * The engine in float64 as WebAssembly with SIMD. Every step has the bits of the plain loops (`cpu/engine.ts`).
 *
 * @throws Error where the browser has no WebAssembly with SIMD, or too little memory
 */
export function createWasmEngine(
  problem: Problem,
  state: State,
  { tangent: measured = true }: CpuOptions = {},
): Engine {
  const memory = memoryOf(problem);
  const { instance } = memory;
  const { exports } = instance;
  const tensors = tensorsOf(problem.sizes).length;
  const size = state.theta.length;
  const keepsMax = state.vMax.length > 0;
  const update = instance.allocate(8 * updateSize);
  const results = instance.allocate(8 * (scalars + 2 * tensors));
  let capacity = 0;
  let network = memory.network(capacity, keepsMax, false);
  let direction = memory.vector(network, "direction");
  let disposed = false;

  const vector = (name: "theta" | "m" | "v" | "vMax" | "direction"): Float64Array => {
    const at = memory.vector(network, name);
    return instance.f64.slice(at, at + (name === "vMax" && !keepsMax ? 0 : size));
  };
  const save = (): State => ({ theta: vector("theta"), m: vector("m"), v: vector("v"), vMax: vector("vMax") });
  const restore = (saved: State) => {
    for (const key of ["theta", "m", "v", "vMax"] as const) {
      if (saved[key].length > 0) instance.f64.set(saved[key], memory.vector(network, key));
    }
  };
  /** Continues on a network for larger batches. */
  const grow = (rows: number) => {
    const [current, d] = [save(), vector("direction")];
    const most = Math.max(rows, Math.min(2 * capacity, problem.rows));
    const larger = memory.network(most, keepsMax, false);
    memory.release(network, capacity, keepsMax, false);
    [network, capacity] = [larger, most];
    restore(current);
    direction = memory.vector(network, "direction");
    instance.f64.set(d, direction);
  };
  instance.f64.fill(0, direction, direction + size);
  restore(state);

  return {
    kind: "cpu",
    renderer: "CPU, WebAssembly",
    rounding,
    step(batch, _next, settings, into, row) {
      if (batch.count > capacity) grow(batch.count);
      const order = memory.placeRows(batch);
      const { f64 } = instance;
      writeUpdate(settings.update, f64, update / 8);
      const { lr, rule, sigma } = settings;
      const byAlphaStar = rule === "alphaStar" ? 1 : 0;
      exports.step(network, order, batch.count, update, lr, byAlphaStar, sigma, rounding, measured ? 1 : 0, results);

      let at = results / 8;
      into.loss[row] = f64[at++]!;
      into.slope[row] = f64[at++]!;
      into.curvature[row] = f64[at++]!;
      into.curvatureTerms[row] = f64[at++]!;
      into.stepTaken[row] = f64[at++]!;
      into.lossAfter[row] = f64[at++]!;
      for (const name of unmeasured) into[name][row] = Number.NaN;
      for (let k = row * tensors; k < (row + 1) * tensors; k++) {
        into.gradSquares[k] = f64[at++]!;
        into.directionSquares[k] = f64[at++]!;
      }
      if (into.directions.length > 0) {
        for (let k = 0, to = row * size; k < size; k++) into.directions[to++] = f64[direction + k]!;
      }
    },
    collect: () => Promise.resolve(),
    save: () => Promise.resolve(save()),
    restore,
    direction: () => Promise.resolve(vector("direction")),
    dispose() {
      if (!disposed) memory.release(network, capacity, keepsMax, false);
      disposed = true;
    },
  };
}
