import type { StoreApi } from "zustand/vanilla";
import { linkOf } from "../core/recipe/link";
import type { RunState } from "./state";

/** Where a recipe is read from and kept: the browser's address, or a test's. */
export interface Address {
  /** The hash, as in `location.hash`. */
  hash(): string;
  /** Puts another hash into the address, without another entry in the history. */
  replace(hash: string): void;
  /** Calls back with the hash when someone else has changed it. */
  onChange(listener: (hash: string) => void): void;
  /** The whole address with this hash and without the view's own settings. */
  link(hash: string): string;
}

export const pageAddress: Address = {
  hash: () => location.hash,
  replace(hash) {
    history.replaceState(history.state, "", `${location.pathname}${location.search}${hash}`);
  },
  // As the event has it: meanwhile the run before may have been written there again.
  onChange: (listener) =>
    addEventListener("hashchange", (event) => listener(new URL((event as HashChangeEvent).newURL).hash)),
  link: (hash) => `${location.href.replace(/[?#].*$/, "")}${hash}`,
};

/** Browsers refuse more than some three changes a second. In ms. */
const interval = 500;

/** Keeps the run's recipe, edits included, in the address. */
export function keepAddress(address: Address, store: Pick<StoreApi<RunState>, "getState" | "subscribe">): void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  function write(): void {
    timer = null;
    const hash = linkOf(store.getState().recipe);
    if (hash !== address.hash()) address.replace(hash);
  }
  store.subscribe(({ recipe, phase }, before) => {
    const changed = recipe !== before.recipe || phase !== before.phase;
    if (changed && phase !== "starting" && timer === null) timer = setTimeout(write, interval);
  });
}
