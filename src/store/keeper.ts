import { get, set } from "idb-keyval";
import type { Case } from "../core/case";
import { linkOf, parseLink } from "../core/link";
import type { Recipe } from "../core/recipe";

/** A run as it is kept: its recipe, how far it was, and whatever no recipe makes. */
export interface Kept {
  readonly recipe: Recipe;
  readonly step: number;
  readonly case: Case | null;
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
  /** The id under which the case was stored; null where the recipe is all. */
  readonly given: string | null;
}

/** The case stored last, and the id that tells it from another tab's: it is large, and the same as long as the run is. */
let stored: { readonly id: string; readonly case: Case } | null = null;

function recalled(): Partial<Record> {
  return JSON.parse(localStorage.getItem(key) ?? "null") ?? {};
}

/** The recipe in the local storage, which outlives a crash at once; a case, which is too large for it, in IndexedDB. */
export const browserKeeper: Keeper = {
  async recall() {
    try {
      const { link, step, given = null } = recalled();
      if (typeof link !== "string" || !Number.isInteger(step) || (step as number) < 1) return null;
      const run = { recipe: parseLink(link).recipe, step: step as number };
      if (given === null) return { ...run, case: null };
      const kept: typeof stored | undefined = await get(key);
      // Another tab may have stored its own since.
      return kept?.id === given ? { ...run, case: kept.case } : null;
    } catch {
      return null;
    }
  },
  keep({ recipe, step, case: from }) {
    try {
      const before = recalled().given ?? null;
      if (from !== null && stored?.case !== from) stored = { id: `${Date.now()} ${Math.random()}`, case: from };
      const given = from === null ? null : (stored?.id ?? null);
      localStorage.setItem(key, JSON.stringify({ link: linkOf(recipe), step, given } satisfies Record));
      if (given !== null && given !== before) set(key, stored).catch(() => {});
    } catch {
      // Full, or forbidden.
    }
  },
};
