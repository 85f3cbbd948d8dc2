import { get, set } from "idb-keyval";
import type { Table } from "../../core/data/table";
import type { Case } from "../../core/files/case";
import { linkOf, parseLink } from "../../core/recipe/link";
import type { Recipe } from "../../core/recipe/recipe";

/** A run as it is kept: its recipe, how far it was, and whatever no recipe makes. */
export interface Kept {
  readonly recipe: Recipe;
  readonly step: number;
  readonly case: Case | null;
  /** The rows of a table of one's own: by then the page may have another. */
  readonly table: Table | null;
}

/** Where the run is kept against a reload or a crash. Never throws or rejects: what cannot be kept is not kept. */
export interface Keeper {
  /** The run kept last; null where there is none. */
  recall(): Promise<Kept | null>;
  keep(run: Kept): void;
}

const key = "alphascope-run";

/** What the local storage holds. */
interface Record {
  readonly link: string;
  readonly step: number;
  /** The id under which the case or the table was stored; null where the recipe is all. */
  readonly given: string | null;
}

type Given = Pick<Kept, "case" | "table">;

/** What was stored last, and the id that tells it from another tab's: it is large, and the same as long as the run is. */
let stored: (Given & { readonly id: string }) | null = null;

function recalled(): Partial<Record> {
  return JSON.parse(localStorage.getItem(key) ?? "null") ?? {};
}

/** The id under which these are, or are to be, stored; null where there is nothing to store. */
function idOf(given: Given): string | null {
  if (given.case === null && given.table === null) return null;
  if (stored?.case !== given.case || stored.table !== given.table)
    stored = { id: `${Date.now()} ${Math.random()}`, case: given.case, table: given.table };
  return stored.id;
}

/** The recipe in the local storage, which outlives a crash at once; case and table, which are too large for it, in IndexedDB. */
export const browserKeeper: Keeper = {
  async recall() {
    try {
      const { link, step, given = null } = recalled();
      if (typeof link !== "string" || !Number.isInteger(step) || (step as number) < 1) return null;
      const run = { recipe: parseLink(link).recipe, step: step as number };
      if (given === null) return { ...run, case: null, table: null };
      const kept: typeof stored | undefined = await get(key);
      // Another tab may have stored its own since.
      return kept?.id === given ? { ...run, case: kept.case, table: kept.table ?? null } : null;
    } catch {
      return null;
    }
  },
  keep({ recipe, step, ...given }) {
    try {
      const before = recalled().given ?? null;
      const id = idOf(given);
      localStorage.setItem(key, JSON.stringify({ link: linkOf(recipe), step, given: id } satisfies Record));
      if (id !== null && id !== before) set(key, stored).catch(() => {});
    } catch {
      // Full, or forbidden.
    }
  },
};
