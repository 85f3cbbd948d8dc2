import type { StoreApi } from "zustand/vanilla";
import { commonSteps } from "../../core/recipe/difference";
import type { Recipe } from "../../core/recipe/recipe";
import type { EngineOptions, LoadRequest } from "../../worker/api";
import type { ComparedRuns } from "../compare/comparedRuns";
import type { NoticeOptions, RunState } from "../state";
import { type Data, refOf } from "./dataStore";
import type { Keeper, Kept, KeptPinned, RunData } from "./keeper";
import { notStored } from "./notStored";

/** Least time between two writes, in ms: the part of a run that a crash can lose. */
const intervalMs = 1000;
/** Number of steps from which a run is offered to be resumed. */
const minSteps = 30;

/** The parts of the session that keeping a run uses. */
export interface KeepRunHost {
  readonly store: Pick<StoreApi<RunState>, "getState" | "subscribe">;
  readonly keeper: Keeper;
  /** The run that this tab kept last; null where there is none or its data are lost. */
  readonly own: Promise<Kept | null>;
  /** The recipe that the address named when the page was opened; null where it named none. */
  readonly named: Recipe | null;
  request(): LoadRequest;
  readonly comparedRuns: Pick<ComparedRuns, "store" | "restore">;
  /** Loads a kept run and plays to its last step; reports a failure and the pinned runs that are lost. */
  resume(kept: Kept): Promise<void>;
  /** @returns the notice's id */
  notify(text: string, options: NoticeOptions): number;
  dismiss(id: number): void;
}

/**
 * Keeps the run of this tab for the next visit, and offers to resume the tab's last run where the address names the same run or
 * none; else the last such run of a closed tab. The kept run is replaced once the offer is answered, or the new run has been
 * changed, has a pinned run or contains all steps of the kept run.
 */
export async function keepRun(host: KeepRunHost): Promise<void> {
  const { store, keeper, named, request, comparedRuns, resume, notify, dismiss } = host;
  const own = await host.own;
  const fits = (recipe: Recipe) => !named || commonSteps(named, recipe) > 0;
  const kept = own && fits(own.recipe) ? own : await keeper.closed(fits);
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
    const { measuredSteps, recipe, phase, recording } = store.getState();
    const pinned = pinnedIn(comparedRuns);
    // The measurements of a recorded run stay in its file.
    if (recording) return;
    if (offer !== null || phase === "starting" || (measuredSteps === 0 && pinned.length === 0)) return;
    const run = { recipe, step: measuredSteps, ...dataOf(request()), pinned };
    void keeper.keep(run).then((stored) => {
      // A run without data is in the address.
      const lost = [run.case ? "the run file" : run.table?.name, pinned.length > 0 && "the pinned runs"].filter(
        Boolean,
      );
      if (!stored && lost.length > 0) notify(...notStored(lost.join(" and ")));
    });
  }

  function keepSoon(): void {
    if (timer === null) timer = setTimeout(keep, intervalMs);
  }

  /** Whether the new run contains all steps of the kept run. */
  function containsKept({ measuredSteps, recipe }: RunState): boolean {
    return (
      kept !== null &&
      kept.pinned.length === 0 &&
      measuredSteps >= kept.step &&
      commonSteps(recipe, kept.recipe) >= kept.step &&
      sameData(dataOf(request()), kept)
    );
  }

  await hasStarted(store);
  const { phase } = store.getState();
  if (kept && (kept.step >= minSteps || kept.pinned.length > 0 || kept.lost) && phase !== "failed") {
    const action = {
      label: "Resume",
      run() {
        offer = null;
        void resume(kept).then(() => comparedRuns.restore(kept.pinned));
      },
    };
    offer = notify(offerText(kept), { action });
  }
  store.subscribe((run, previous) => {
    const answered = offer !== null && !run.notices.some(({ id }) => id === offer);
    if (answered || (offer !== null && (run.recipe !== previous.recipe || containsKept(run)))) withdraw();
    const changed = run.recipe !== previous.recipe || run.measuredSteps !== previous.measuredSteps;
    if (changed) keepSoon();
  });
  comparedRuns.store.subscribe((runs, previous) => {
    if (runs.comparedRuns === previous.comparedRuns) return;
    if (pinnedIn(comparedRuns).length > 0) withdraw();
    keepSoon();
  });
  globalThis.addEventListener?.("pagehide", keep);
}

function offerText({ step, table, pinned }: Kept): string {
  const on = table ? ` on ${table.name}` : "";
  const count = pinned.length;
  const besides = count === 0 ? "" : `, with ${count === 1 ? "a pinned run" : `${count} pinned runs`}`;
  return `The previous run${on} stopped at step ${step}${besides}.`;
}

const pinnedIn = ({ store }: Pick<ComparedRuns, "store">): KeptPinned[] =>
  store.getState().comparedRuns.flatMap((run) => {
    const { kind, recipe, goal, history, place, alongside, recording } = run;
    if (kind !== "pinned" || recording) return [];
    return [{ recipe, step: goal ?? history().measuredSteps, ...dataOf(run), place, alongside }];
  });

/** The data of a run that its recipe does not generate. A case holds its rows; no table is kept then. */
function dataOf({ recipe, case: from, table = null }: Omit<LoadRequest, keyof EngineOptions>): RunData {
  return { case: from, table: from === null && recipe.dataset === "csv" ? table : null };
}

const sameData = (a: RunData, b: RunData): boolean => same(a.case, b.case) && same(a.table, b.table);
const same = (a: Data | null, b: Data | null): boolean => a === b || (a && b && refOf(a).key === refOf(b).key) === true;

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
