import { decodeFloat32 } from "../files/base64";
import type { Case } from "../files/case";
import { defaultRecipe } from "../recipe/controls";
import { mergeEdits } from "../recipe/mergeEdits";
import { optimisers, type State } from "../recipe/optimisers";
import type { Dataset, Edit, Recipe } from "../recipe/recipe";
import { datasets, initialParameters } from "./datasets";
import { type Problem, parameterCount, tensorsOf } from "./problem";
import { identity, permutation, streams } from "./random";
import { epochShuffling, type OrderOf } from "./sampler";
import { isRealData, isShipped, type SyntheticSet, shippedSets } from "./shipped";
import type { Table, TableRows } from "./table";

/** All that a run starts from. */
export interface Start {
  /** True of what trains: a case's settings stand in it, if there is one. */
  readonly recipe: Recipe;
  readonly problem: Problem;
  /** Parameters at step 0, P long. */
  readonly theta: Float64Array;
  readonly orderOf: OrderOf;
  /** Rows that are never trained on, of real data. */
  readonly held: TableRows | null;
  /** Whether it is a case's own: data, parameters or orders that no recipe makes. */
  readonly given: boolean;
}

/**
 * The start of a run: what the recipe's seed makes, or what a case carries. A case that holds, value for value, what
 * its recipe makes is that recipe: then only the recipe speaks, also of epochs that the case does not list.
 *
 * @param recipe valid, as `parseRecipe` gives it
 * @param from valid, as `parseRunFile` gives it, or null
 * @param table the rows of a recipe of real data; null where they cannot be had
 * @throws Error where neither a case nor a table has the data
 */
export function startOf(recipe: Recipe, from: Case | null, table: Table | null = null): Start {
  if (!from) {
    const start = startOfRecipe(recipe, table);
    if (!start) throw new Error(`The rows of the dataset ${recipe.dataset} are not here.`);
    return start;
  }
  const known = recipeOfCase(recipe, from);
  const given = startOfCase(known, from);
  const own = startOfRecipe(known, table);
  return own && same(own, given, from.steps) ? own : given;
}

/** The state that the optimiser begins with. */
export const initialState = ({ theta, recipe }: Start): State => optimisers[recipe.optimiser].init(theta);

function startOfRecipe(recipe: Recipe, table: Table | null): Start | null {
  const { dataset, seed, inputs, hidden, outputs, activation } = recipe;
  const sizes = [inputs, ...hidden, outputs];
  const data = isRealData(dataset) ? rowsOf(table, recipe) : madeOf(recipe, dataset);
  return (
    data && {
      recipe,
      problem: { sizes, activation, ...data.problem },
      theta: initialParameters(sizes, seed),
      orderOf: seededOrders(recipe),
      held: data.held,
      given: false,
    }
  );
}

type Data = { readonly problem: Omit<Problem, "sizes" | "activation">; readonly held: TableRows | null };

function madeOf(recipe: Recipe, dataset: SyntheticSet): Data {
  const { loss, make } = datasets[dataset];
  return { problem: { loss, rows: recipe.rows, ...make(recipe) }, held: null };
}

/** The rows of a table that has the recipe's shape; another is of other data. */
function rowsOf(table: Table | null, { rows, inputs, outputs }: Recipe): Data | null {
  if (table?.train.rows !== rows || table.inputs !== inputs || table.outputs !== outputs) return null;
  return { problem: { loss: table.loss, ...table.train }, held: table.held };
}

function seededOrders({ rows, seed }: Recipe): OrderOf {
  const inOrder = identity(rows);
  return (epoch, shuffled) => (shuffled ? permutation(rows, seed, streams.order, epoch) : inOrder);
}

function startOfCase(recipe: Recipe, from: Case): Start {
  const { sizes, activation, loss, rows, steps, weights, biases } = from;
  const theta = new Float64Array(parameterCount(sizes));
  tensorsOf(sizes).forEach(({ offset }, t) => {
    theta.set(decoded((t % 2 === 0 ? weights : biases)[t >> 1]), offset);
  });
  const listed = from.order?.map((order) => Uint32Array.from(order));
  const seeded = seededOrders(recipe);
  const epochs = epochShuffling(recipe, rows, steps).length;
  const orderOf: OrderOf = (epoch, shuffled) => {
    // Beyond the steps that the case describes, shuffling goes on from the seed.
    if (epoch >= epochs && shuffled) return seeded(epoch, shuffled);
    return listed?.[epoch] ?? listed?.at(-1) ?? seeded(epoch, false);
  };
  const problem = { sizes, activation, loss, rows, x: decoded(from.x), y: decoded(from.y) };
  const held = from.held ? { rows: from.held.rows, x: decoded(from.held.x), y: decoded(from.held.y) } : null;
  return { recipe, problem, theta, orderOf, held, given: true };
}

/** The data of a case as a table: with them other networks can be trained, and from other seeds. */
export function tableOfCase(from: Case): Table {
  const { problem, held } = startOfCase(recipeOfCase(defaultRecipe, from), from);
  const { loss, rows, x, y, sizes } = problem;
  return {
    name: from.name,
    loss,
    inputs: sizes[0] as number,
    outputs: sizes.at(-1) as number,
    train: { rows, x, y },
    held,
    target: "",
    deviation: null,
    classes: null,
    notes: [],
  };
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
    equal(own.held?.x ?? [], given.held?.x ?? []) &&
    equal(own.held?.y ?? [], given.held?.y ?? []) &&
    epochShuffling(own.recipe, own.problem.rows, steps).every((shuffled, epoch) =>
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
 * (seed, dataset, shuffling) stays, as far as the case does not contradict it.
 */
export function recipeOfCase(recipe: Recipe, from: Case): Recipe {
  const { sizes, activation, rows, steps, start, changes, order } = from;
  const shuffles = recipe.edits.flatMap(({ step, shuffle }) => (shuffle === undefined ? [] : [{ step, shuffle }]));
  const changed = Object.entries(changes).map(([step, settings]): Edit => ({ step: Number(step), ...settings }));
  const known: Recipe = {
    ...recipe,
    ...start,
    sigma: start.sigma ?? 1,
    optimiser: from.optimiser ?? "adam",
    dataset: datasetOf(recipe, from),
    rows,
    inputs: sizes[0] as number,
    hidden: sizes.slice(1, -1),
    outputs: sizes.at(-1) as number,
    activation,
    edits: mergeEdits([...changed, ...shuffles]),
  };
  // A case that lists no orders took its rows in order.
  const contradicted = order === undefined && epochShuffling(known, rows, steps).includes(true);
  return contradicted ? { ...known, shuffle: false } : known;
}

/** The recipe's dataset, if it is trained with the case's loss. */
function datasetOf({ dataset }: Recipe, { loss }: Case): Dataset {
  if (dataset === "csv") return dataset;
  const own = isShipped(dataset) ? shippedSets[dataset] : datasets[dataset];
  if (own.loss === loss) return dataset;
  return loss === "cross-entropy" ? "classes" : "noise";
}
