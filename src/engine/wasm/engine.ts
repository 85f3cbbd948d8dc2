import { type Problem, tensorsOf } from "../../core/data/problem";
import type { ElementwiseUpdate, State } from "../../core/recipe/optimisers";
import type { Rule } from "../../core/recipe/recipe";
import { type CpuOptions, rounding } from "../cpu/engine";
import type { Batch, Engine } from "../engine";
import { memoryOf } from "./network";

/** The count of numbers in `Update` of `assembly/update.ts`. */
const updateSize = 10;

/** Writes the numbers of `Update`, in its order. A loop over the names of the properties would take longer than a small step. */
function writeUpdate(update: ElementwiseUpdate, numbers: Float64Array, at: number): void {
  numbers[at] = update.mKeep;
  numbers[at + 1] = update.mTake;
  numbers[at + 2] = update.vKeep;
  numbers[at + 3] = update.vTake;
  numbers[at + 4] = update.mWeight;
  numbers[at + 5] = update.gWeight;
  numbers[at + 6] = update.vWeight;
  numbers[at + 7] = update.floor;
  numbers[at + 8] = update.decay;
  numbers[at + 9] = Number(update.sign);
}

/** The parameter `rule` of `step` in `assembly/step.ts`. */
const ruleNumbers: Readonly<Record<Rule, number>> = { lr: 0, alphaStar: 1, alphaStarGN: 2 };

/** The number of measurements before the norms in `Results` of `assembly/step.ts`. */
const scalars = 12;

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
  /** The partner of `network`, 0 before the first judged step, and the batch that it holds, of no rows where it holds none. */
  let partner = 0;
  const ahead: Batch = { order: new Uint32Array(0), start: 0, count: 0 };
  let direction = memory.vector(network, "direction");
  let disposed = false;

  const vector = (name: "theta" | "m" | "v" | "vMax" | "direction" | "gradient"): Float64Array => {
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
    [network, partner, capacity] = [larger, 0, most];
    ahead.count = 0;
    restore(current);
    direction = memory.vector(network, "direction");
    instance.f64.set(d, direction);
  };
  const load = (to: number, batch: Batch) => exports.loadBatch(to, memory.placeRows(batch), batch.count);
  /** Loads the batch into `network`, and the next batch into `partner`, unless the step before has loaded the batch there. */
  const loadStep = (batch: Batch, next: Batch | null) => {
    const most = Math.max(batch.count, next?.count ?? 0);
    if (most > capacity) grow(most);
    if (batch.count === ahead.count && batch.start === ahead.start && batch.order === ahead.order) {
      [network, partner] = [partner, network];
    } else load(network, batch);
    ahead.count = 0;
    if (!next) return;
    partner ||= instance.grown(() => exports.partnerOf(network));
    load(partner, next);
    [ahead.order, ahead.start, ahead.count] = [next.order, next.start, next.count];
  };
  instance.f64.fill(0, direction, direction + size);
  restore(state);

  return {
    kind: "cpu",
    renderer: "CPU, WebAssembly",
    rounding,
    step(batch, next, settings, into, row) {
      const judge = measured ? next : null;
      loadStep(batch, judge);
      const { f64 } = instance;
      writeUpdate(settings.update, f64, update / 8);
      const { lr, rule, sigma } = settings;
      const nextNetwork = judge ? partner : 0;
      exports.step(network, nextNetwork, update, lr, ruleNumbers[rule], sigma, rounding, measured ? 1 : 0, results);

      let at = results / 8;
      into.loss[row] = f64[at++]!;
      into.slope[row] = f64[at++]!;
      into.curvature[row] = f64[at++]!;
      into.curvatureTerms[row] = f64[at++]!;
      into.stepTaken[row] = f64[at++]!;
      into.lossAfter[row] = f64[at++]!;
      into.gaussNewton[row] = f64[at++]!;
      into.rowGradSquares[row] = f64[at++]!;
      into.residualSquares[row] = f64[at++]!;
      into.nextSlope[row] = f64[at++]!;
      into.nextCurvature[row] = f64[at++]!;
      into.nextCurvatureTerms[row] = f64[at++]!;
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
    gradient: () => Promise.resolve(vector("gradient")),
    dispose() {
      if (!disposed) memory.release(network, capacity, keepsMax, false);
      disposed = true;
    },
  };
}
