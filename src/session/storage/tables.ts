import { parameterCount } from "../../core/data/problem";
import { isRealData, isShipped, type ShippedSet, shippedSets } from "../../core/data/shipped";
import { tableOfCase } from "../../core/data/start";
import type { Table } from "../../core/data/table";
import { InputError } from "../../core/errors";
import { limits } from "../../core/limits";
import type { Dataset, Recipe } from "../../core/recipe/recipe";
import type { LoadRequest } from "../../worker/api";
import { dataFile } from "./dataFiles";
import { type DataRef, loadData, refOf, storeData } from "./dataStore";
import { adoptEarlierCsv } from "./earlier";
import { readLatest, writeLatest } from "./entries";
import type { Tab } from "./tab";

/** The tables of real data. */
export interface Tables {
  /** A dataset that is part of the page. @throws InputError where it cannot be loaded */
  shipped(set: ShippedSet): Promise<Table>;
  /**
   * The CSV of this tab; in a tab without one, the CSV opened last in this browser; null where there is none.
   * @throws InputError where the CSV of this tab is no longer stored
   */
  own(): Promise<Table | null>;
  /** Makes a table the CSV of this tab if `own` found it as the CSV of another tab. @returns whether that is so */
  adopt(table: Table): boolean;
  /** Makes a table the CSV of this tab, and the CSV opened last. @returns whether it is stored for later visits; never rejects */
  keep(table: Table): Promise<boolean>;
}

/**
 * Shipped datasets come from the page's folder. The user's CSV is in IndexedDB for later visits and never leaves the browser;
 * each tab has its own.
 */
export function browserTables(tab: Tab, file = dataFile): Tables {
  const loaded = new Map<ShippedSet, Promise<Table>>();
  let current: Table | null = null;
  /** The CSV of another tab, while this tab has none. */
  let lent: DataRef | null = null;

  async function stored(): Promise<Table | null> {
    const own = tab.entry()?.table;
    if (own) {
      current = await loadData<Table>(own);
      return current;
    }
    await adoptEarlierCsv().catch(() => {});
    lent = readLatest();
    return lent && loadData<Table>(lent).catch(() => null);
  }

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
    own: async () => current ?? stored(),
    adopt(table) {
      if (current || lent?.key !== refOf(table).key) return false;
      current = table;
      tab.write({ table: lent });
      return true;
    },
    async keep(table) {
      current = table;
      const ref = refOf(table);
      // The entry comes first: if the rows cannot be stored, a reload names the file and takes no other file.
      const written = [tab.write({ table: ref }), writeLatest(ref)];
      return (await storeData(table)) && written.every(Boolean);
    },
  };
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

const equal = (a: Float32Array, b: Float32Array) => a.every((value, i) => value === b[i]);

/** The user's table, which has column names, if it has the rows of a case; else the table of the case. */
async function ownTableOr(table: Table, tables: Tables): Promise<Table> {
  const own = await tables.own().catch(() => null);
  const { rows, x, y } = table.train;
  const same = own?.train.rows === rows && own.inputs === table.inputs && own.outputs === table.outputs;
  return same && equal(own.train.x, x) && equal(own.train.y, y) ? own : table;
}
