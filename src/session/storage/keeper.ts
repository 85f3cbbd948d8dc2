import type { Table } from "../../core/data/table";
import { InputError, messageOf } from "../../core/errors";
import type { Case } from "../../core/files/case";
import { linkOf, parseLink } from "../../core/recipe/link";
import type { Recipe } from "../../core/recipe/recipe";
import { type Data, type DataRef, loadData, refOf, storeData } from "./dataStore";
import { adoptEarlierRun } from "./earlier";
import type { Entry, StoredRun } from "./entries";
import { removeOldest, storageLimits } from "./removeOldest";
import type { Tab } from "./tab";

/** The data of a run that its recipe does not generate. */
export interface RunData {
  readonly case: Case | null;
  /** The user's table of the run, where there is no case; the page may have opened another table since. */
  readonly table: Table | null;
}

/** A kept run: its recipe, its number of steps and its data. A run with these is trained again with the same numbers. */
interface KeptRun extends RunData {
  readonly recipe: Recipe;
  readonly step: number;
}

/** A kept pinned run, with its place among the colours and whether it was trained alongside. */
export interface KeptPinned extends KeptRun {
  readonly place: number;
  readonly alongside: boolean;
}

/** The kept run and its pinned runs. */
export interface Kept extends KeptRun {
  readonly pinned: readonly KeptPinned[];
  /** A sentence for each pinned run whose data are no longer stored; the sentence names the run. Absent where there is none. */
  readonly lost?: readonly string[];
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
      try {
        return stored ? await keptOf(stored) : null;
      } catch (error) {
        if (error instanceof InputError) throw error;
        return null; // Another program has written the entry.
      }
    },
    async closed(fits) {
      await adoptEarlierRun().catch(() => {});
      for (const { run } of await tab.closed()) {
        if (!run || !fits(recipeOf(run))) continue;
        const kept = await keptOf(run).catch(() => null);
        if (kept) return kept;
      }
      return null;
    },
    async keep(run) {
      const { pinned } = run;
      const stored = pinned.map((one) => ({ ...storedOf(one), place: one.place, alongside: one.alongside }));
      // The entry comes first: data without an entry may be removed by another tab.
      if (!tab.write({ run: { ...storedOf(run), pinned: stored } })) return false;
      const data = [run, ...pinned].flatMap((one) => [one.table, one.case]).filter((one) => one !== null);
      const keys = data.map((one) => refOf(one).key).join(" ");
      if (last?.keys !== keys) last = { keys, stored: store(data) };
      return last.stored;
    },
  };
}

const recipeOf = ({ link }: StoredRun): Recipe => parseLink(String(link)).recipe;

const storedOf = ({ recipe, step, case: from, table }: KeptRun): StoredRun => {
  return { link: linkOf(recipe), step, table: table && refOf(table), case: from && refOf(from) };
};

/** @throws InputError where the data of the run are no longer stored */
async function keptOf(run: NonNullable<Entry["run"]>): Promise<Kept> {
  const pinned: KeptPinned[] = [];
  const lost: string[] = [];
  for (const one of run.pinned) {
    try {
      pinned.push({ ...(await runOf(one)), place: one.place, alongside: one.alongside });
    } catch (error) {
      lost.push(`The pinned run ${one.link || "with the default recipe"} is not restored. ${messageOf(error)}`);
    }
  }
  return { ...(await runOf(run)), pinned, ...(lost.length > 0 && { lost }) };
}

async function runOf(run: StoredRun): Promise<KeptRun> {
  const load = <D extends Data>(ref: DataRef | null) => (ref ? loadData<D>(ref) : null);
  return {
    recipe: recipeOf(run),
    step: run.step,
    table: await load<Table>(run.table),
    case: await load<Case>(run.case),
  };
}
