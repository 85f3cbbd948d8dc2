import { decodeFloat32 } from "../files/base64";
import type { Case } from "../files/case";
import { hasChanges } from "../files/changes";
import { controls, defaultRecipe } from "../recipe/controls";
import { mergeEdits } from "../recipe/mergeEdits";
import { optimisers, type State } from "../recipe/optimisers";
import type { Dataset, Edit, Recipe } from "../recipe/recipe";
import { datasets, initialParameters, lossOfDataset } from "./datasets";
import { isPossible, type SyntheticSet } from "./fixed";
import { type Problem, parameterCount, tensorsOf } from "./problem";
import { identity, permutation, streams } from "./random";
import { epochShuffling, type OrderOf, shufflingAhead } from "./sampler";
import { isRealData, isShipped, shippedSets } from "./shipped";
import type { Table, TableRows } from "./table";

/** The initial state of a run. */
export interface Start {
  /** The recipe in force, with the settings of the case where there is one. */
  readonly recipe: Recipe;
  readonly problem: Problem;
  /** Parameters at step 0, P long. */
  readonly theta: Float64Array;
  readonly orderOf: OrderOf;
  /** Held-out rows; null for generated data and for tables without held-out rows. */
  readonly held: TableRows | null;
  /** Whether data, parameters or row orders come from a case and differ from those of its recipe. */
  readonly custom: boolean;
}

/**
 * The start of a run, from the recipe or from a case. A case whose values all equal those of its recipe gives the start of the
 * recipe, which also defines the row orders of later epochs.
 *
 * @param recipe valid, as `parseRecipe` returns it
 * @param runCase valid, as `parseRunFile` returns it, or null
 * @param table the rows of a recipe with real data; null where they are not available
 * @throws Error where neither a case nor a table has the rows
 */
export function startOf(recipe: Recipe, runCase: Case | null, table: Table | null = null): Start {
  if (!runCase) {
    const start = startOfRecipe(recipe, table);
    if (!start) throw new Error(`The rows of the dataset ${recipe.dataset} are not loaded.`);
    return start;
  }
  const merged = recipeOfCase(recipe, runCase);
  const ofCase = startOfCase(merged, runCase);
  const ofRecipe = startOfRecipe(merged, table);
  return ofRecipe && equalStarts(ofRecipe, ofCase, runCase.steps) ? ofRecipe : ofCase;
}

/** The state of the optimiser before the first step. */
export const initialState = ({ theta, recipe }: Start): State => optimisers[recipe.optimiser].init(theta);

function startOfRecipe(recipe: Recipe, table: Table | null): Start | null {
  const { dataset, seed, inputs, hidden, outputs, activation } = recipe;
  const sizes = [inputs, ...hidden, outputs];
  const data = isRealData(dataset) ? tableData(table, recipe) : generatedData(recipe, dataset);
  return (
    data && {
      recipe,
      problem: { sizes, activation, ...data.problem },
      theta: initialParameters(sizes, seed),
      orderOf: seededOrders(recipe),
      held: data.held,
      custom: false,
    }
  );
}

type Data = { readonly problem: Omit<Problem, "sizes" | "activation">; readonly held: TableRows | null };

function generatedData(recipe: Recipe, dataset: SyntheticSet): Data {
  const { loss, make } = datasets[dataset];
  return { problem: { loss, rows: recipe.rows, ...make(recipe) }, held: null };
}

/** The rows of a table; null where its shape differs from the recipe's, so that it contains other data. */
function tableData(table: Table | null, { rows, inputs, outputs }: Recipe): Data | null {
  if (table?.train.rows !== rows || table.inputs !== inputs || table.outputs !== outputs) return null;
  return { problem: { loss: table.loss, ...table.train }, held: table.held };
}

function seededOrders({ rows, seed }: Recipe): OrderOf {
  const inOrder = identity(rows);
  return (epoch, shuffled) => (shuffled ? permutation(rows, seed, streams.order, epoch) : inOrder);
}

function startOfCase(recipe: Recipe, runCase: Case): Start {
  const { sizes, activation, loss, rows, steps, weights, biases } = runCase;
  const theta = new Float64Array(parameterCount(sizes));
  tensorsOf(sizes).forEach(({ offset }, t) => {
    theta.set(decoded((t % 2 === 0 ? weights : biases)[t >> 1]), offset);
  });
  const listed = runCase.order?.map((order) => Uint32Array.from(order));
  const seeded = seededOrders(recipe);
  const shuffling = epochShuffling(recipe, rows, steps);
  const lookedAt = shufflingAhead(recipe, rows, steps);
  const orderOf: OrderOf = (epoch, shuffled) => {
    const ahead = runCase.ahead?.[epoch];
    if (ahead && lookedAt.get(epoch) === shuffled && shuffling[epoch] !== shuffled) return Uint32Array.from(ahead);
    // Epochs after the steps of the case are shuffled with the seed.
    if (epoch >= shuffling.length && shuffled) return seeded(epoch, shuffled);
    return listed?.[epoch] ?? listed?.at(-1) ?? seeded(epoch, false);
  };
  const problem = { sizes, activation, loss, rows, x: decoded(runCase.x), y: decoded(runCase.y) };
  const held = runCase.held
    ? { rows: runCase.held.rows, x: decoded(runCase.held.x), y: decoded(runCase.held.y) }
    : null;
  return { recipe, problem, theta, orderOf, held, custom: true };
}

/** The data of a case as a table, for other networks and seeds. */
export function tableOfCase(runCase: Case): Table {
  const { problem, held } = startOfCase(recipeOfCase(defaultRecipe, runCase), runCase);
  const { loss, rows, x, y, sizes } = problem;
  return {
    name: runCase.name,
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

function equalStarts(a: Start, b: Start, steps: number): boolean {
  return (
    equal(a.problem.x, b.problem.x) &&
    equal(a.problem.y, b.problem.y) &&
    equal(a.theta, b.theta) &&
    equal(a.held?.x ?? [], b.held?.x ?? []) &&
    equal(a.held?.y ?? [], b.held?.y ?? []) &&
    epochShuffling(a.recipe, a.problem.rows, steps).every((shuffled, epoch) =>
      equal(a.orderOf(epoch, shuffled), b.orderOf(epoch, shuffled)),
    )
  );
}

function equal(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/**
 * The recipe with the values of a case: sizes, activation, loss, settings and changes. The keys that a case does not have
 * (seed, dataset, shuffle) stay, unless the case contradicts them.
 */
export function recipeOfCase(recipe: Recipe, runCase: Case): Recipe {
  const { sizes, activation, rows, steps, start, order } = runCase;
  const shape = { rows, inputs: sizes[0] as number, hidden: sizes.slice(1, -1), outputs: sizes.at(-1) as number };
  const merged: Recipe = {
    ...recipe,
    ...start,
    ...shape,
    sigma: start.sigma ?? 1,
    optimiser: runCase.optimiser ?? "adam",
    dataset: datasetOf({ ...recipe, ...shape }, runCase),
    activation,
    edits: hasChanges(recipe, runCase) ? recipe.edits : editsOf(recipe, runCase),
  };
  // A case without row orders used the rows in order.
  const contradicted = order === undefined && epochShuffling(merged, rows, steps).includes(true);
  return contradicted ? { ...merged, shuffle: false } : merged;
}

/** The changes of a case as edits, and the recipe's edits of `shuffle`. */
function editsOf(recipe: Recipe, { changes }: Case): Edit[] {
  const shuffles = recipe.edits.flatMap(({ step, shuffle }) => (shuffle === undefined ? [] : [{ step, shuffle }]));
  // A schedule may end at 0; an edit may not.
  const changed = Object.entries(changes).map(
    ([step, { lr, ...settings }]): Edit => ({
      step: Number(step),
      ...(lr !== undefined && { lr: Math.max(lr, controls.lr.min) }),
      ...settings,
    }),
  );
  return mergeEdits([...changed, ...shuffles]);
}

/** The dataset of the recipe where its loss and its shape are those of the case; else a dataset with that loss. */
function datasetOf(recipe: Recipe, { loss }: Case): Dataset {
  const { dataset } = recipe;
  if (dataset === "csv") return dataset;
  const own = isShipped(dataset) ? shippedSets[dataset].loss : lossOfDataset(dataset);
  if (own === loss && isPossible(dataset, recipe)) return dataset;
  return loss === "cross-entropy" ? "classes" : "noise";
}
