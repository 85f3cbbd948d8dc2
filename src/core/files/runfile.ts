import { tensorsOf } from "../data/problem";
import { epochShuffling } from "../data/sampler";
import type { Start } from "../data/start";
import type { History } from "../history/history";
import { traceOf } from "../history/trace";
import { limits } from "../limits";
import { hasEffect } from "../recipe/optimisers";
import type { Recipe } from "../recipe/recipe";
import { encodeFloat32 } from "./base64";
import type { Case, CaseSettings } from "./case";
import type { RunFile } from "./runFileSchema";

/** A run as it stands. */
export interface RunSoFar {
  /** Its recipe, all edits included, also those that lie ahead. */
  readonly recipe: Recipe;
  readonly start: Start;
  readonly history: History;
  /** θ after the last step, P long. */
  readonly theta: Float64Array;
  readonly engine: "webgl" | "cpu";
  /** The version of the app. */
  readonly app: string;
}

/** @throws RangeError when a shuffled run has more epochs than a file can list orders of */
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
 * The first `steps` steps of a run, self-contained.
 * @throws RangeError when they have more shuffled epochs than a case can list orders of
 */
export function caseOf(recipe: Recipe, { problem, theta, orderOf, held }: Start, steps: number): Case {
  const { sizes, activation, loss, rows, x, y } = problem;
  const { optimiser, lr, beta1, beta2, eps, weightDecay, batchSize, rule, sigma } = recipe;
  const orders = ordersBegun(recipe, rows, steps, orderOf);
  return {
    name: `${recipe.dataset} ${sizes.join("-")}`,
    sizes,
    activation,
    loss,
    ...(optimiser === "adam" ? {} : { optimiser }),
    rows,
    steps,
    start: { lr, beta1, beta2, eps, ...(hasEffect("weightDecay", recipe) && { weightDecay }), batchSize, rule, sigma },
    changes: changesOf(recipe),
    x: encodeFloat32(x),
    y: encodeFloat32(y),
    weights: partsOf(sizes, theta, "weight").map(encodeFloat32),
    biases: partsOf(sizes, theta, "bias").map(encodeFloat32),
    ...(held ? { held: { rows: held.rows, x: encodeFloat32(held.x), y: encodeFloat32(held.y) } } : {}),
    ...(orders ? { order: orders } : {}),
  };
}

function partsOf(sizes: readonly number[], theta: Float64Array, part: "weight" | "bias"): Float64Array[] {
  return tensorsOf(sizes)
    .filter(({ name }) => name.endsWith(part))
    .map(({ offset, size }) => theta.subarray(offset, offset + size));
}

/** The recipe's edits by their steps; of shuffling the case knows only the orders that came of it. */
function changesOf({ edits }: Recipe): Record<string, Partial<CaseSettings>> {
  const changes = edits.map(({ step, shuffle: _, ...settings }) => [String(step), settings] as const);
  return Object.fromEntries(changes.filter(([, settings]) => Object.keys(settings).length > 0));
}

/** The orders of the epochs begun; null where none was shuffled. */
function ordersBegun(recipe: Recipe, rows: number, steps: number, orderOf: Start["orderOf"]): number[][] | null {
  const begun = epochShuffling(recipe, rows, steps);
  // A case opened from a file may list orders of its own, whether or not its recipe shuffles.
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
