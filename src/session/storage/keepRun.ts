import type { StoreApi } from "zustand/vanilla";
import type { Table } from "../../core/data/table";
import { commonSteps } from "../../core/recipe/difference";
import type { Recipe } from "../../core/recipe/recipe";
import type { LoadRequest } from "../../worker/api";
import type { NoticeOptions, RunState } from "../state";
import { type Data, refOf } from "./dataStore";
import type { Keeper, Kept, RunData } from "./keeper";
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
  /** Loads a kept run and plays to its last step; reports a failure. */
  resume(kept: Kept): Promise<void>;
  /** @returns the notice's id */
  notify(text: string, options: NoticeOptions): number;
  dismiss(id: number): void;
}

/**
 * Keeps the run of this tab for the next visit, and offers to resume the tab's last run where the address names the same run or
 * none; else the last such run of a closed tab. The kept run is replaced once the offer is answered, or the new run has been
 * changed or has as many steps.
 */
export async function keepRun(host: KeepRunHost): Promise<void> {
  const { store, keeper, named, request, resume, notify, dismiss } = host;
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
    const { measuredSteps, recipe, phase } = store.getState();
    if (offer !== null || phase === "starting" || measuredSteps === 0) return;
    const data = dataOf(request());
    void keeper.keep({ recipe, step: measuredSteps, ...data }).then((stored) => {
      if (!stored) report(data);
    });
  }

  /** Names the data that the next visit will not have. A run without data is in the address. */
  function report({ case: from, table }: RunData): void {
    if (from ?? table) notify(...notStored(from ? "the run file" : (table as Table).name));
  }

  /** Whether the new run contains all steps of the kept run. */
  function containsKept({ measuredSteps, recipe }: RunState): boolean {
    return (
      kept !== null &&
      measuredSteps >= kept.step &&
      commonSteps(recipe, kept.recipe) >= kept.step &&
      sameData(dataOf(request()), kept)
    );
  }

  await hasStarted(store);
  const { phase } = store.getState();
  if (kept && kept.step >= minSteps && phase !== "failed") {
    const on = kept.table ? ` on ${kept.table.name}` : "";
    const action = {
      label: "Resume",
      run() {
        offer = null;
        void resume(kept);
      },
    };
    offer = notify(`The previous run${on} stopped at step ${kept.step}.`, { action });
  }
  store.subscribe((run, previous) => {
    const answered = offer !== null && !run.notices.some(({ id }) => id === offer);
    if (answered || (offer !== null && (run.recipe !== previous.recipe || containsKept(run)))) withdraw();
    const changed = run.recipe !== previous.recipe || run.measuredSteps !== previous.measuredSteps;
    if (changed && timer === null) timer = setTimeout(keep, intervalMs);
  });
  globalThis.addEventListener?.("pagehide", keep);
}

/** The data of a run that its recipe does not generate. A case holds its rows; no table is kept then. */
function dataOf({ recipe, case: from, table = null }: LoadRequest): RunData {
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
