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

/** Where the rows of real data come from. */
export interface Tables {
  /** A shipped set. @throws InputError where it cannot be loaded */
  shipped(set: ShippedSet): Promise<Table>;
  /** The CSV that was opened here last, in this visit or one before; null where there is none. */
  own(): Promise<Table | null>;
  /** Another CSV takes its place. */
  keep(table: Table): void;
}

const key = "alphascope-csv";

/** Shipped sets from the page's folder; the user's own in IndexedDB, so that a reload finds it. It leaves the browser never. */
export function browserTables(file = dataFile): Tables {
  const loaded = new Map<ShippedSet, Promise<Table>>();
  let current: Table | null = null;
  return {
    shipped(set) {
      const table =
        loaded.get(set) ??
        load(set, file).catch((error: unknown) => {
          loaded.delete(set); // the next one to ask may have more luck
          const { message } = error as Error;
          throw new InputError(`dataset: ${set} could not be loaded (${message}). The present run is unchanged.`);
        });
      loaded.set(set, table);
      return table;
    },
    async own() {
      current ??= await kept();
      return current;
    },
    keep(table) {
      current = table;
      void store(table);
    },
  };
}

/** Where storing is forbidden, even asking throws: then there is none. */
async function kept(): Promise<Table | null> {
  try {
    return ((await get(key)) as Table | undefined) ?? null;
  } catch {
    return null;
  }
}

async function store(table: Table): Promise<void> {
  try {
    // One that cannot be kept must not leave the one before it in its place.
    await del(key);
    await set(key, table);
  } catch {
    // Full, or forbidden: it lasts as long as the page.
  }
}

/** The modules that read them are loaded with the data, and not before. */
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
 * The request with the rows that its recipe names, and the recipe in their shape.
 * @throws InputError where they cannot be had, or its network is too large for them
 */
export async function tableFor(request: LoadRequest, tables: Tables): Promise<LoadRequest> {
  const { recipe, case: from } = request;
  if (from) {
    // A file carries its own rows. Where the page has them too, it is its recipe and no more.
    const table = isShipped(recipe.dataset)
      ? await tables.shipped(recipe.dataset).catch(() => null)
      : await ownAs(tableOfCase(from), tables);
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

/** The user's table, which knows its columns, if a case is of it; else the case's own, which this run alone is on. */
async function ownAs(table: Table, tables: Tables): Promise<Table> {
  const own = await tables.own();
  const same = own && own.inputs === table.inputs && own.train.x.every((value, i) => value === table.train.x[i]);
  return same && own.train.y.every((value, i) => value === table.train.y[i]) ? own : table;
}
