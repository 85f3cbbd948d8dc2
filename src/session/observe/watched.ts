import type { StoreApi } from "zustand/vanilla";

/** A store that knows whether anyone watches it: what no one sees need not be asked for. */
export interface Watched<T> {
  readonly store: StoreApi<T>;
  watching(): boolean;
}

/** @param begun called whenever someone begins to watch */
export function watched<T>(store: StoreApi<T>, begun: () => void): Watched<T> {
  let watchers = 0;
  return {
    store: {
      ...store,
      subscribe(listener) {
        const unsubscribe = store.subscribe(listener);
        watchers++;
        begun();
        return () => {
          unsubscribe();
          watchers--;
        };
      },
    },
    watching: () => watchers > 0,
  };
}
