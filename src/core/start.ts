import { decodeFloat32 } from "./base64";
import type { Case } from "./case";
import { datasets, initialParameters } from "./datasets";
import { mergeEdits } from "./parse";
import { type Problem, tensorsOf } from "./problem";
import { identity, permutation, streams } from "./random";
import type { Dataset, Edit, Recipe } from "./recipe";
import { epochsBegun, type OrderOf } from "./sampler";

/** All that a run starts from. */
export interface Start {
  /** True of what trains: a case's settings stand in it, if there is one. */
  readonly recipe: Recipe;
  readonly problem: Problem;
  /** Parameters at step 0, P long. */
  readonly theta: Float64Array;
  readonly orderOf: OrderOf;
  /** Whether it is a case's own: data, parameters or orders that no recipe makes. */
  readonly given: boolean;
}

/**
 * The start of a run: what the recipe's seed makes, or what a case carries. A case that holds, value for value, what
 * its recipe makes is that recipe: then only the recipe speaks, also of epochs that the case does not list.
 *
 * @param recipe valid, as `parseRecipe` gives it
 * @param from valid, as `parseRunFile` gives it, or null
 */
export function startOf(recipe: Recipe, from: Case | null): Start {
  if (!from) return startOfRecipe(recipe);
  const own = startOfRecipe(recipeOfCase(recipe, from));
  const given = startOfCase(own, from);
  return same(own, given, from.steps) ? own : given;
}

function startOfRecipe(recipe: Recipe): Start {
  const { dataset, seed, rows, inputs, hidden, outputs, activation } = recipe;
  const sizes = [inputs, ...hidden, outputs];
  const { loss, make } = datasets[dataset];
  const inOrder = identity(rows);
  return {
    recipe,
    problem: { sizes, activation, loss, rows, ...make(recipe) },
    theta: initialParameters(sizes, seed),
    orderOf: (epoch, shuffled) => (shuffled ? permutation(rows, seed, streams.order, epoch) : inOrder),
    given: false,
  };
}

function startOfCase(own: Start, from: Case): Start {
  const { sizes, activation, loss, rows, steps, weights, biases } = from;
  const theta = new Float64Array(own.theta.length);
  tensorsOf(sizes).forEach(({ offset }, t) => {
    theta.set(decoded((t % 2 === 0 ? weights : biases)[t >> 1]), offset);
  });
  const listed = from.order?.map((order) => Uint32Array.from(order));
  const epochs = epochsBegun(own.recipe, rows, steps).length;
  const orderOf: OrderOf = (epoch, shuffled) => {
    // Beyond the steps that the case describes, shuffling goes on from the seed.
    if (epoch >= epochs && shuffled) return own.orderOf(epoch, shuffled);
    return listed?.[epoch] ?? listed?.at(-1) ?? own.orderOf(epoch, false);
  };
  const problem = { sizes, activation, loss, rows, x: decoded(from.x), y: decoded(from.y) };
  return { recipe: own.recipe, problem, theta, orderOf, given: true };
}

function decoded(text: string | undefined): Float32Array {
  const values = text === undefined ? null : decodeFloat32(text);
  if (!values) throw new Error("The case's arrays are not base64 of float32 values.");
  return values;
}

function same(own: Start, given: Start, steps: number): boolean {
  return (
    equal(own.problem.x, given.problem.x) &&
    equal(own.problem.y, given.problem.y) &&
    equal(own.theta, given.theta) &&
    epochsBegun(own.recipe, own.problem.rows, steps).every((shuffled, epoch) =>
      equal(own.orderOf(epoch, shuffled), given.orderOf(epoch, shuffled)),
    )
  );
}

function equal(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/**
 * The recipe with all that a case knows better: sizes, activation, loss, settings and changes. What a case cannot say
 * (seed, data set, shuffling) stays, as far as the case does not contradict it.
 */
export function recipeOfCase(recipe: Recipe, from: Case): Recipe {
  const { sizes, activation, rows, steps, start, changes, order } = from;
  const shuffles = recipe.edits.flatMap(({ step, shuffle }) => (shuffle === undefined ? [] : [{ step, shuffle }]));
  const changed = Object.entries(changes).map(([step, settings]): Edit => ({ step: Number(step), ...settings }));
  const known: Recipe = {
    ...recipe,
    ...start,
    sigma: start.sigma ?? 1,
    dataset: datasetOf(recipe, from),
    rows,
    inputs: sizes[0] as number,
    hidden: sizes.slice(1, -1),
    outputs: sizes.at(-1) as number,
    activation,
    edits: mergeEdits([...changed, ...shuffles]),
  };
  // A case that lists no orders took its rows in order.
  const contradicted = order === undefined && epochsBegun(known, rows, steps).includes(true);
  return contradicted ? { ...known, shuffle: false } : known;
}

/** The recipe's data set, if it is trained with the case's loss. */
function datasetOf({ dataset }: Recipe, { loss }: Case): Dataset {
  if (datasets[dataset].loss === loss) return dataset;
  return loss === "cross-entropy" ? "classes" : "noise";
}
