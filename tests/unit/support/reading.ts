import { createStore } from "zustand/vanilla";
import type { History } from "../../../src/core/history/history";
import { defaultRecipe } from "../../../src/core/recipe/controls";
import type { ComparedRun, ComparedRunsState } from "../../../src/session/compare/comparedRuns";
import type { Session } from "../../../src/session/session";
import type { RunState } from "../../../src/session/state";
import { createPageView } from "../../../src/session/view/pageView";

/** The parts of a session that charts read: a history, compared runs and the view. */
export function reading(history: History, beside: readonly ComparedRun[] = []): Session {
  const store = createStore(
    () => ({ step: history.length, recipe: defaultRecipe, settings: defaultRecipe }) as unknown as RunState,
  );
  const comparedRuns = createStore(() => ({ comparedRuns: beside, version: 0 }) as unknown as ComparedRunsState);
  return { store, history: () => history, view: createPageView(store), comparedRuns } as Session;
}
