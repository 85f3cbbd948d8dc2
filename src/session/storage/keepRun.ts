import type { StoreApi } from "zustand/vanilla";
import { commonSteps } from "../../core/recipe/difference";
import type { Recipe } from "../../core/recipe/recipe";
import type { LoadRequest } from "../../worker/api";
import type { NoticeAction, RunState } from "../state";
import type { Keeper, Kept } from "./keeper";

/** How much of a run may be lost, in ms. */
const interval = 1000;
/** A run that had hardly begun is not worth a question. */
const leastSteps = 30;

/** What is needed of the session. */
export interface Keepable {
  readonly store: Pick<StoreApi<RunState>, "getState" | "subscribe">;
  readonly keeper: Keeper;
  /** The run that the address named when the page was opened; null where it named none. */
  readonly named: Recipe | null;
  request(): LoadRequest;
  /** Loads a run that was kept, and plays it on to where it was; says so where it cannot. */
  resume(kept: Kept): Promise<void>;
  /** @returns the notice's id */
  notify(text: string, action: NoticeAction): number;
  dismiss(id: number): void;
}

/**
 * Nothing is lost by a reload or a crash: the run is kept as it goes on, and the next visit that opens the same run, or
 * none in particular, offers to take it up where it was. What was kept stays until that is answered, or the new run has
 * been changed by hand or gone as far.
 */
export async function keepRun({ store, keeper, named, request, resume, notify, dismiss }: Keepable): Promise<void> {
  const kept = await keeper.recall();
  let offer: number | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;

  function withdraw(): void {
    if (offer === null) return;
    const id = offer;
    offer = null;
    dismiss(id);
  }

  /** As far as it has ever been: going back to look at a step gives nothing up. */
  function keep(): void {
    timer = null;
    const { measuredSteps, recipe, phase } = store.getState();
    if (offer !== null || phase === "starting" || measuredSteps === 0) return;
    const { case: from, table = null } = request();
    // A case holds its rows.
    keeper.keep({
      recipe,
      step: measuredSteps,
      case: from,
      table: from === null && recipe.dataset === "csv" ? table : null,
    });
  }

  /** The new run has come where the old one was. */
  function asFar({ measuredSteps, recipe }: RunState): boolean {
    return kept !== null && measuredSteps >= kept.step && commonSteps(recipe, kept.recipe) >= kept.step;
  }

  await begun(store);
  const { phase } = store.getState();
  if (kept && kept.step >= leastSteps && phase !== "failed" && (!named || commonSteps(named, kept.recipe) > 0)) {
    offer = notify(`The previous run stopped at step ${kept.step}.`, {
      label: "Resume",
      run() {
        offer = null;
        void resume(kept);
      },
    });
  }
  store.subscribe((run, before) => {
    const answered = offer !== null && !run.notices.some(({ id }) => id === offer);
    if (answered || run.recipe !== before.recipe || asFar(run)) withdraw();
    const changed = run.recipe !== before.recipe || run.measuredSteps !== before.measuredSteps;
    if (changed && timer === null) timer = setTimeout(keep, interval);
  });
  globalThis.addEventListener?.("pagehide", keep);
}

/** Resolves when the run has been loaded, or has failed to be. */
function begun(store: Keepable["store"]): Promise<void> {
  return new Promise((resolve) => {
    if (store.getState().phase !== "starting") return resolve();
    const stop = store.subscribe(({ phase }) => {
      if (phase === "starting") return;
      stop();
      resolve();
    });
  });
}
