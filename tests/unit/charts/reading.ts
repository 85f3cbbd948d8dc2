import { createStore } from "zustand/vanilla";
import { defaultRecipe } from "../../../src/core/controls";
import type { History } from "../../../src/core/history";
import { createPageView } from "../../../src/store/pageView";
import type { RunState, Session } from "../../../src/store/session";

/** A session as far as charts read it: a history, and the reader's view of it. */
export function reading(history: History): Session {
  const store = createStore(() => ({ step: history.length, recipe: defaultRecipe }) as RunState);
  return { store, history: () => history, view: createPageView(store) } as Session;
}
