import { get, set } from "idb-keyval";
import type { Table } from "../../core/data/table";
import type { Case } from "../../core/files/case";
import { linkOf, parseLink } from "../../core/recipe/link";
import type { Recipe } from "../../core/recipe/recipe";

/** A kept run: its recipe, its number of steps, and the data that its recipe does not generate. */
export interface Kept {
  readonly recipe: Recipe;
  readonly step: number;
  readonly case: Case | null;
  /** The user's table of the run; the page may have opened another table since. */
  readonly table: Table | null;
}

/** Keeps the run for the next visit. Never throws or rejects: a run that cannot be stored is not kept. */
export interface Keeper {
  /** The run kept last; null where there is none. */
  recall(): Promise<Kept | null>;
  keep(run: Kept): void;
}

const key = "alphascope-run";

/** The value in the local storage. */
interface StoredRun {
  readonly link: string;
  readonly step: number;
  /** The id of the case or table in IndexedDB; null where the recipe is sufficient. */
  readonly given: string | null;
}

type Given = Pick<Kept, "case" | "table">;

/** The case and table stored last by this tab. They are large, and written once a run. */
let stored: (Given & { readonly id: string }) | null = null;

function readStored(): Partial<StoredRun> {
  return JSON.parse(localStorage.getItem(key) ?? "null") ?? {};
}

/** The id of a case and table, new if they differ from those stored last; null where both are null. */
function idOf(given: Given): string | null {
  if (given.case === null && given.table === null) return null;
  if (stored?.case !== given.case || stored.table !== given.table)
    stored = { id: `${Date.now()} ${Math.random()}`, case: given.case, table: given.table };
  return stored.id;
}

/** The recipe is in the local storage, which is written synchronously; case and table are too large for it and in IndexedDB. */
export const browserKeeper: Keeper = {
  async recall() {
    try {
      const { link, step, given = null } = readStored();
      if (typeof link !== "string" || !Number.isInteger(step) || (step as number) < 1) return null;
      const run = { recipe: parseLink(link).recipe, step: step as number };
      if (given === null) return { ...run, case: null, table: null };
      const kept: typeof stored | undefined = await get(key);
      // Another tab may have replaced them since.
      return kept?.id === given ? { ...run, case: kept.case, table: kept.table ?? null } : null;
    } catch {
      return null;
    }
  },
  keep({ recipe, step, ...given }) {
    try {
      const previous = readStored().given ?? null;
      const id = idOf(given);
      localStorage.setItem(key, JSON.stringify({ link: linkOf(recipe), step, given: id } satisfies StoredRun));
      if (id !== null && id !== previous) set(key, stored).catch(() => {});
    } catch {
      // The storage is full or forbidden.
    }
  },
};
