import type { Table } from "../../core/data/table";
import type { Case } from "../../core/files/case";
import { linkOf, parseLink } from "../../core/recipe/link";
import type { Recipe } from "../../core/recipe/recipe";
import { type Data, type DataRef, loadData, refOf, storeData } from "./dataStore";
import { adoptEarlierRun } from "./earlier";
import type { StoredRun } from "./entries";
import { removeOldest, storageLimits } from "./removeOldest";
import type { Tab } from "./tab";

/** The data of a run that its recipe does not generate. */
export interface RunData {
  readonly case: Case | null;
  /** The user's table of the run, where there is no case; the page may have opened another table since. */
  readonly table: Table | null;
}

/** A kept run: its recipe, its number of steps and its data. */
export interface Kept extends RunData {
  readonly recipe: Recipe;
  readonly step: number;
}

/** Keeps the run of each tab for the next visit. */
export interface Keeper {
  /** The run that this tab kept last; null where there is none. @throws InputError where its data are no longer stored */
  own(): Promise<Kept | null>;
  /** The newest run of a closed tab that satisfies `fits` and whose data are stored; null where there is none. Never rejects. */
  closed(fits: (recipe: Recipe) => boolean): Promise<Kept | null>;
  /** Replaces the run of this tab. @returns whether it is stored with its data; never rejects */
  keep(run: Kept): Promise<boolean>;
}

/** The browser's keeper: recipes are in the local storage, which is written synchronously, and data in IndexedDB. */
export function createKeeper(tab: Tab, limits = storageLimits): Keeper {
  /** The data stored last, which are written only where they have changed. */
  let last: { readonly keys: string; readonly stored: Promise<boolean> } | null = null;

  async function store(data: readonly Data[]): Promise<boolean> {
    const stored = (await Promise.all(data.map(storeData))).every(Boolean);
    await removeOldest(limits).catch(() => {});
    return stored;
  }

  return {
    async own() {
      const stored = tab.entry()?.run;
      return stored ? loaded(stored) : null;
    },
    async closed(fits) {
      await adoptEarlierRun().catch(() => {});
      for (const { run } of await tab.closed()) {
        if (!run || !fits(recipeOf(run))) continue;
        const kept = await loaded(run).catch(() => null);
        if (kept) return kept;
      }
      return null;
    },
    async keep({ recipe, step, case: from, table }) {
      const run: StoredRun = { link: linkOf(recipe), step, table: table && refOf(table), case: from && refOf(from) };
      // The entry comes first: data without an entry may be removed by another tab.
      if (!tab.write({ run })) return false;
      const data = [table, from].filter((one): one is Data => one !== null);
      const keys = data.map((one) => refOf(one).key).join(" ");
      if (last?.keys !== keys) last = { keys, stored: store(data) };
      return last.stored;
    },
  };
}

const recipeOf = ({ link }: StoredRun): Recipe => parseLink(String(link)).recipe;

async function loaded(run: StoredRun): Promise<Kept | null> {
  const { step, table, case: from } = run;
  if (!Number.isInteger(step) || step < 1) return null;
  const load = <D extends Data>(ref: DataRef | null | undefined) => (ref ? loadData<D>(ref) : null);
  return { recipe: recipeOf(run), step, table: await load<Table>(table), case: await load<Case>(from) };
}
