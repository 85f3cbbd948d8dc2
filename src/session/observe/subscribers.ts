import type { StoreApi } from "zustand/vanilla";
import { Emitter } from "../emitter";

interface SubscriberEvents {
  /** A listener has subscribed. */
  subscribed: [];
}

/** A store whose subscribers are counted, so that answers nobody reads are not requested. */
export interface CountedStore<T> {
  readonly store: StoreApi<T>;
  readonly events: Emitter<SubscriberEvents>;
  hasSubscribers(): boolean;
}

/** @returns a store whose subscribers are counted; subscribers of `store` itself are not counted */
export function countSubscribers<T>(store: StoreApi<T>): CountedStore<T> {
  const events = new Emitter<SubscriberEvents>();
  let count = 0;
  return {
    store: {
      ...store,
      subscribe(listener) {
        const unsubscribe = store.subscribe(listener);
        count++;
        events.emit("subscribed");
        return () => {
          unsubscribe();
          count--;
        };
      },
    },
    events,
    hasSubscribers: () => count > 0,
  };
}
