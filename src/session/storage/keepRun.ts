import type { StoreApi } from "zustand/vanilla";
import { commonSteps } from "../../core/recipe/difference";
import type { Recipe } from "../../core/recipe/recipe";
import type { LoadRequest } from "../../worker/api";
import type { NoticeAction, RunState } from "../state";
import type { Keeper, Kept } from "./keeper";

/** Least time between two writes, in ms: the part of a run that a crash can lose. */
const intervalMs = 1000;
/** Number of steps from which a run is offered to be resumed. */
const minSteps = 30;

/** The parts of the session that keeping a run uses. */
export interface KeepRunHost {
  readonly store: Pick<StoreApi<RunState>, "getState" | "subscribe">;
  readonly keeper: Keeper;
  /** The recipe that the address named when the page was opened; null where it named none. */
  readonly named: Recipe | null;
  request(): LoadRequest;
  /** Loads a kept run and plays to its last step; reports a failure. */
  resume(kept: Kept): Promise<void>;
  /** @returns the notice's id */
  notify(text: string, action: NoticeAction): number;
  dismiss(id: number): void;
}

/**
 * Keeps the run for the next visit, and offers to resume the run of the last visit where the address names the same run or
 * none. The kept run is replaced once the offer is answered, or the new run has been changed or has as many steps.
 */
export async function keepRun({ store, keeper, named, request, resume, notify, dismiss }: KeepRunHost): Promise<void> {
  const kept = await keeper.recall();
  let offer: number | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;

  function withdraw(): void {
    if (offer === null) return;
    const id = offer;
    offer = null;
    dismiss(id);
  }

  /** Writes the run up to its last measured step, also while an earlier step is shown. */
  function keep(): void {
    timer = null;
    const { measuredSteps, recipe, phase } = store.getState();
    if (offer !== null || phase === "starting" || measuredSteps === 0) return;
    const { case: from, table = null } = request();
    // A case holds its rows; no table is written then.
    keeper.keep({
      recipe,
      step: measuredSteps,
      case: from,
      table: from === null && recipe.dataset === "csv" ? table : null,
    });
  }

  /** Whether the new run contains all steps of the kept run. */
  function containsKept({ measuredSteps, recipe }: RunState): boolean {
    return kept !== null && measuredSteps >= kept.step && commonSteps(recipe, kept.recipe) >= kept.step;
  }

  await hasStarted(store);
  const { phase } = store.getState();
  if (kept && kept.step >= minSteps && phase !== "failed" && (!named || commonSteps(named, kept.recipe) > 0)) {
    offer = notify(`The previous run stopped at step ${kept.step}.`, {
      label: "Resume",
      run() {
        offer = null;
        void resume(kept);
      },
    });
  }
  store.subscribe((run, previous) => {
    const answered = offer !== null && !run.notices.some(({ id }) => id === offer);
    if (answered || run.recipe !== previous.recipe || containsKept(run)) withdraw();
    const changed = run.recipe !== previous.recipe || run.measuredSteps !== previous.measuredSteps;
    if (changed && timer === null) timer = setTimeout(keep, intervalMs);
  });
  globalThis.addEventListener?.("pagehide", keep);
}

/** Resolves when the run has been loaded or has failed to load. */
function hasStarted(store: KeepRunHost["store"]): Promise<void> {
  return new Promise((resolve) => {
    if (store.getState().phase !== "starting") return resolve();
    const stop = store.subscribe(({ phase }) => {
      if (phase === "starting") return;
      stop();
      resolve();
    });
  });
}
