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

/** The case stored last: it is large, and the same as long as the run is. */
let stored: Case | null = null;

/** The recipe in the local storage, which outlives a crash at once; a case, which is too large for it, in IndexedDB. */
export const browserKeeper: Keeper = {
  async recall() {
    try {
      const { link, step, given } = JSON.parse(localStorage.getItem(key) ?? "null") ?? {};
      if (typeof link !== "string" || !Number.isInteger(step) || step < 1) return null;
      const from = given === true ? ((await get(key)) as Case | undefined) : null;
      return from === undefined ? null : { recipe: parseLink(link).recipe, step, case: from };
    } catch {
      return null;
    }
  },
  keep({ recipe, step, case: from }) {
    try {
      localStorage.setItem(key, JSON.stringify({ link: linkOf(recipe), step, given: from !== null }));
      if (from === null || from === stored) return;
      stored = from;
      set(key, from).catch(() => {});
    } catch {
      // Full, or forbidden.
    }
  },
};
