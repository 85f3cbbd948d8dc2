import { del, get, set } from "idb-keyval";
import { parameterCount } from "../../core/data/problem";
import { isRealData, isShipped, type ShippedSet, shippedSets } from "../../core/data/shipped";
import { tableOfCase } from "../../core/data/start";
import type { Table } from "../../core/data/table";
import { InputError } from "../../core/errors";
import { limits } from "../../core/limits";
import type { Dataset, Recipe } from "../../core/recipe/recipe";
import type { LoadRequest } from "../../worker/api";
import { dataFile } from "./dataFiles";

/** The tables of real data. */
export interface Tables {
  /** A dataset that is part of the page. @throws InputError where it cannot be loaded */
  shipped(set: ShippedSet): Promise<Table>;
  /** The CSV opened last in this browser; null where there is none. */
  own(): Promise<Table | null>;
  /** Replaces the CSV. */
  keep(table: Table): void;
}

const key = "alphascope-csv";

/** Shipped datasets come from the page's folder; the user's CSV is kept in IndexedDB for later visits and never leaves the browser. */
export function browserTables(file = dataFile): Tables {
  const loaded = new Map<ShippedSet, Promise<Table>>();
  let current: Table | null = null;
  return {
    shipped(set) {
      const table =
        loaded.get(set) ??
        load(set, file).catch((error: unknown) => {
          loaded.delete(set); // the next request loads again
          const { message } = error as Error;
          throw new InputError(`dataset: ${set} could not be loaded (${message}). The present run is unchanged.`);
        });
      loaded.set(set, table);
      return table;
    },
    async own() {
      current ??= await storedTable();
      return current;
    },
    keep(table) {
      current = table;
      void store(table);
    },
  };
}

/** null where nothing is stored, and where the browser forbids storage. */
async function storedTable(): Promise<Table | null> {
  try {
    return ((await get(key)) as Table | undefined) ?? null;
  } catch {
    return null;
  }
}

async function store(table: Table): Promise<void> {
  try {
    // If the new table cannot be stored, the old one must not stay.
    await del(key);
    await set(key, table);
  } catch {
    // The storage is full or forbidden: the table is lost at the next load of the page.
  }
}

/** Loads a dataset and the module that reads it. */
async function load(name: ShippedSet, file: typeof dataFile): Promise<Table> {
  const bytes = await file(shippedSets[name].file);
  if (name === "digits") return (await import("../../core/data/digits")).digitsOf(bytes);
  const { columnsOf, tableOf } = await import("../../core/csv/csv");
  const columns = columnsOf(new TextDecoder().decode(bytes));
  const as = shippedSets[name].loss === "mse" ? "number" : "class";
  return tableOf(name, columns, { column: columns.columns.length - 1, as });
}

export const needsTable = ({ recipe }: LoadRequest): boolean => isRealData(recipe.dataset);

/**
 * Adds the table of the recipe's dataset to a request, and its numbers of rows, inputs and outputs to the recipe.
 *
 * @throws InputError where the table cannot be loaded, or the network has too many parameters
 */
export async function tableFor(request: LoadRequest, tables: Tables): Promise<LoadRequest> {
  const { recipe, case: from } = request;
  if (from) {
    // A case holds its own rows. The same rows in the page's own table make the recipe sufficient.
    const table = isShipped(recipe.dataset)
      ? await tables.shipped(recipe.dataset).catch(() => null)
      : await ownTableOr(tableOfCase(from), tables);
    return { ...request, table };
  }
  const table = request.table ?? (await tableNamed(recipe.dataset, tables));
  const shaped: Recipe = { ...recipe, rows: table.train.rows, inputs: table.inputs, outputs: table.outputs };
  const parameters = parameterCount([shaped.inputs, ...shaped.hidden, shaped.outputs]);
  if (parameters > limits.parameters) {
    throw new InputError(`hidden: found ${parameters} parameters; allowed: at most ${limits.parameters}`);
  }
  return { ...request, recipe: shaped, table };
}

async function tableNamed(dataset: Dataset, tables: Tables): Promise<Table> {
  if (isShipped(dataset)) return tables.shipped(dataset);
  const own = await tables.own();
  if (own) return own;
  throw new InputError(
    "dataset: no CSV is open in this browser. Open a CSV from the Export menu, or drop it on the page.",
  );
}

/** The user's table, which has column names, if it has the rows of a case; else the table of the case. */
async function ownTableOr(table: Table, tables: Tables): Promise<Table> {
  const own = await tables.own();
  const same = own && own.inputs === table.inputs && own.train.x.every((value, i) => value === table.train.x[i]);
  return same && own.train.y.every((value, i) => value === table.train.y[i]) ? own : table;
}
