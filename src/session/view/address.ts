import type { StoreApi } from "zustand/vanilla";
import { linkOf } from "../../core/recipe/link";
import type { RunState } from "../state";

/** Holds a recipe as a link: the browser's address. */
export interface Address {
  /** The hash, as in `location.hash`. */
  hash(): string;
  /** Replaces the hash without a new entry in the browser's history. */
  replace(hash: string): void;
  /** Calls back with the hash when the user has changed it. */
  onChange(listener: (hash: string) => void): void;
  /** The whole address with this hash and without view parameters. */
  link(hash: string): string;
}

export const pageAddress: Address = {
  hash: () => location.hash,
  replace(hash) {
    history.replaceState(history.state, "", `${location.pathname}${location.search}${hash}`);
  },
  // From the event: `location` may by now hold the link of the previous run again.
  onChange: (listener) =>
    addEventListener("hashchange", (event) => listener(new URL((event as HashChangeEvent).newURL).hash)),
  link: (hash) => `${location.href.replace(/[?#].*$/, "")}${hash}`,
};

/** Least time between two changes of the address, in ms: browsers refuse more than about three a second. */
const intervalMs = 500;

/** Writes the recipe of the run, edits included, to the address. */
export function keepAddress(address: Address, store: Pick<StoreApi<RunState>, "getState" | "subscribe">): void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  function write(): void {
    timer = null;
    const { recipe, recording } = store.getState();
    // A recorded run has no recipe: the address keeps that of the run before it.
    if (recording) return;
    const hash = linkOf(recipe);
    if (hash !== address.hash()) address.replace(hash);
  }
  store.subscribe(({ recipe, phase }, previous) => {
    const changed = recipe !== previous.recipe || phase !== previous.phase;
    if (changed && phase !== "starting" && timer === null) timer = setTimeout(write, intervalMs);
  });
}
