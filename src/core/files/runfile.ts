import { tensorsOf } from "../data/problem";
import { epochShuffling, shufflingAhead } from "../data/sampler";
import type { Start } from "../data/start";
import type { History } from "../history/history";
import { traceOf } from "../history/trace";
import { limits } from "../limits";
import { hasEffect } from "../recipe/optimisers";
import type { Recipe } from "../recipe/recipe";
import { encodeFloat32 } from "./base64";
import type { Case } from "./case";
import { changesOf } from "./changes";
import type { RunFile } from "./runFileSchema";

/** The current state of a run. */
export interface RunSoFar {
  /** The recipe with all edits, also the edits at future steps. */
  readonly recipe: Recipe;
  readonly start: Start;
  readonly history: History;
  /** θ after the last step, of length P. */
  readonly theta: Float64Array;
  readonly engine: "webgl" | "cpu";
  /** The version of the app. */
  readonly app: string;
}

/** @throws RangeError if a shuffled run has more epochs than a file can list */
export function makeRunFile({ recipe, start, history, theta, engine, app }: RunSoFar): RunFile {
  const { sizes } = start.problem;
  return {
    format: "alphascope-run",
    version: 1,
    app,
    engine,
    recipe,
    case: caseOf(recipe, start, history.length),
    trace: traceOf(history),
    finalWeights: partsOf(sizes, theta, "weight").map((part) => Array.from(part)),
    finalBiases: partsOf(sizes, theta, "bias").map((part) => Array.from(part)),
  };
}

/**
 * The first `steps` steps of a run as a case.
 * @throws RangeError if they have more shuffled epochs than a case can list
 */
export function caseOf(recipe: Recipe, { problem, theta, orderOf, held }: Start, steps: number): Case {
  const { sizes, activation, loss, rows, x, y } = problem;
  const { optimiser, lr, beta1, beta2, eps, weightDecay, batchSize, rule, sigma } = recipe;
  const orders = ordersOf(recipe, rows, steps, orderOf);
  const ahead = aheadOf(recipe, rows, steps, orderOf, orders);
  return {
    name: `${recipe.dataset} ${sizes.join("-")}`,
    sizes,
    activation,
    loss,
    ...(optimiser === "adam" ? {} : { optimiser }),
    rows,
    steps,
    start: { lr, beta1, beta2, eps, ...(hasEffect("weightDecay", recipe) && { weightDecay }), batchSize, rule, sigma },
    changes: changesOf(recipe, steps),
    x: encodeFloat32(x),
    y: encodeFloat32(y),
    weights: partsOf(sizes, theta, "weight").map(encodeFloat32),
    biases: partsOf(sizes, theta, "bias").map(encodeFloat32),
    ...(held ? { held: { rows: held.rows, x: encodeFloat32(held.x), y: encodeFloat32(held.y) } } : {}),
    ...(orders ? { order: orders } : {}),
    ...(ahead ? { ahead } : {}),
  };
}

function partsOf(sizes: readonly number[], theta: Float64Array, part: "weight" | "bias"): Float64Array[] {
  return tensorsOf(sizes)
    .filter(({ name }) => name.endsWith(part))
    .map(({ offset, size }) => theta.subarray(offset, offset + size));
}

/** The row orders of the epochs begun; null if none is shuffled. */
function ordersOf(recipe: Recipe, rows: number, steps: number, orderOf: Start["orderOf"]): number[][] | null {
  const begun = epochShuffling(recipe, rows, steps);
  // A case from a file may list row orders although its recipe does not shuffle.
  const inOrder = (epoch: number) => orderOf(epoch, false).every((row, i) => row === i);
  if (begun.every((shuffled, epoch) => !shuffled && inOrder(epoch))) return null;
  if (begun.length * rows > limits.orderEntries) {
    throw new RangeError(
      `The run shuffled ${rows} rows in ${begun.length} epochs; a run file lists the orders of at most ` +
        `${Math.floor(limits.orderEntries / rows)} such epochs.`,
    );
  }
  return begun.map((shuffled, epoch) => Array.from(orderOf(epoch, shuffled)));
}

/** The orders in which epochs judged the step before them, where `orders` has another order; null if there is none. */
function aheadOf(
  recipe: Recipe,
  rows: number,
  steps: number,
  orderOf: Start["orderOf"],
  orders: number[][] | null,
): Record<string, number[]> | null {
  const entries = [...shufflingAhead(recipe, rows, steps)].flatMap(([epoch, shuffled]) => {
    const order = orderOf(epoch, shuffled);
    const listed = orders?.[epoch] ?? orders?.at(-1);
    return order.every((row, i) => row === (listed?.[i] ?? i)) ? [] : [[epoch, Array.from(order)] as const];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : null;
}
