import { createStore, type StoreApi } from "zustand/vanilla";
import type { Table } from "../../core/data/table";
import { messageOf } from "../../core/errors";
import type { Case } from "../../core/files/case";
import type { Recording } from "../../core/files/recording";
import { History } from "../../core/history/history";
import type { Recipe } from "../../core/recipe/recipe";
import type { LoadRequest } from "../../worker/api";
import type { StartTrainer } from "../../worker/client";
import { noNetwork } from "../run/recordedRun";
import type { RunState } from "../state";
import type { KeptPinned } from "../storage/keeper";
import type { Tables } from "../storage/tables";
import { AlongsideRun } from "./alongsideRun";

/** Maximum number of pinned runs: more colours and dashes could not be distinguished. */
const maxPinned = 4;

/** Maximum number of steps by which the run may be ahead of a run that is trained alongside. */
export const maxLead = 64;

/** A run drawn for comparison on every chart but the edge of stability: λmax is measured of the run only. */
export interface ComparedRun {
  readonly id: number;
  /** A pinned run, or the previous branch: the run before its last change at an earlier step. */
  readonly kind: "pinned" | "branch";
  /** Index of the colour and dash of a pinned run, from 0; the previous branch has a style of its own. */
  readonly place: number;
  readonly recipe: Recipe;
  readonly case: Case | null;
  /** The rows of real data that the run is trained on; the page may have opened another CSV since. */
  readonly table?: Table | null;
  /** Its measurements, where it is recorded: then it cannot be trained. */
  readonly recording?: Recording;
  /** Whether the run is trained alongside. */
  readonly alongside: boolean;
  /** The last step of a restored run while it is trained again; else null. */
  readonly goal: number | null;
  /** The number of steps trained; less than the length of `history` while a run trained alongside catches up. */
  trained(): number;
  /** Its measured steps. */
  history(): History;
}

type NewRun = Pick<ComparedRun, "recipe" | "case" | "table" | "recording" | "history"> &
  Partial<Pick<ComparedRun, "goal">>;

export interface ComparedRunsState {
  readonly comparedRuns: readonly ComparedRun[];
  /** Grows whenever a compared run has changed or has been trained. */
  readonly version: number;
  /** Pins a copy of the run. @throws Error when `maxPinned` runs are pinned already */
  pin(): void;
  /** Pins a run of another recipe and trains it alongside. @throws Error when `maxPinned` runs are pinned already */
  pinAlongside(recipe: Recipe): void;
  /** Pins the previous branch. @throws Error when `maxPinned` runs are pinned already */
  pinBranch(id: number): void;
  /** Begins or ends training a compared run alongside. */
  setAlongside(id: number, alongside: boolean): void;
  remove(id: number): void;
}

/** The parts of the session that compared runs use. */
export interface ComparedRunsHost {
  readonly store: Pick<StoreApi<RunState>, "getState" | "subscribe">;
  history(): History;
  request(): LoadRequest;
  readonly startTrainer: StartTrainer;
  readonly tables: Tables;
  notify(text: string): void;
}

export interface ComparedRuns {
  readonly store: StoreApi<ComparedRunsState>;
  /** Pins kept runs again at their places, and trains them to their steps, one after another. */
  restore(pinned: readonly KeptPinned[]): Promise<void>;
  /** Draws the run before a change as the previous branch. @param history its steps, which are copied */
  addPreviousBranch(recipe: Recipe, history: History): void;
  removePreviousBranch(): void;
  /** The last step that the run may be trained to at present, so that runs trained alongside keep up; Infinity without any. */
  maxStep(): number;
  /** Resolves when all runs trained alongside are at the step of the run. */
  catchUp(): Promise<void>;
}

export function createComparedRuns(host: ComparedRunsHost): ComparedRuns {
  const alongsideRuns = new Map<number, AlongsideRun>();
  /** Restored runs that are being trained to their goals. */
  const restoredRuns = new Map<number, AlongsideRun>();
  let lastId = 0;

  const store = createStore<ComparedRunsState>()((set, get) => {
    function trainAlongside(run: ComparedRun): void {
      const { id } = run;
      const alongsideRun = started(run);
      alongsideRun.events.on("failed", (error) => {
        host.notify(`A pinned run is no longer trained alongside. ${messageOf(error)}`);
        get().setAlongside(id, false);
      });
      alongsideRuns.set(id, alongsideRun);
      replace(id, { alongside: true, goal: null, ...drawnOf(alongsideRun, run.history()) });
      void alongsideRun.trainTo(host.history().length);
    }

    function stopTraining(id: number): void {
      for (const runs of [alongsideRuns, restoredRuns]) {
        runs.get(id)?.stop();
        runs.delete(id);
      }
    }

    return {
      comparedRuns: [],
      version: 0,
      pin() {
        addPinned(copyOf(host.request(), host.history()));
      },
      pinAlongside(recipe) {
        const empty = new History([]);
        const { id } = addPinned({ recipe, case: null, table: null, history: () => empty });
        get().setAlongside(id, true);
      },
      pinBranch(id) {
        replace(id, { kind: "pinned", place: freePlace(get().comparedRuns) });
      },
      setAlongside(id, alongside) {
        const run = get().comparedRuns.find((one) => one.id === id);
        if (!run || run.alongside === alongside) return;
        if (run.recording) throw new Error(noNetwork("it cannot be trained"));
        const last = run.history();
        stopTraining(id);
        if (alongside) return trainAlongside(run);
        replace(id, { alongside, history: () => last, trained: () => last.length });
      },
      remove(id) {
        stopTraining(id);
        set(({ comparedRuns, version }) => ({
          comparedRuns: comparedRuns.filter((run) => run.id !== id),
          version: version + 1,
        }));
      },
    };
  });

  function replace(id: number, change: Partial<ComparedRun>): void {
    store.setState(({ comparedRuns, version }) => ({
      comparedRuns: comparedRuns.map((run) => (run.id === id ? { ...run, ...change } : run)),
      version: version + 1,
    }));
  }

  /** @param place used unless another run has it */
  function addPinned(run: NewRun, place?: number): ComparedRun {
    const added = newRun({ ...run, kind: "pinned", place: freePlace(store.getState().comparedRuns, place) });
    store.setState(({ comparedRuns, version }) => ({ comparedRuns: [...comparedRuns, added], version: version + 1 }));
    return added;
  }

  /** A compared run on a worker of its own, at step 0. */
  function started({ recipe, case: from, table = null }: ComparedRun): AlongsideRun {
    const { engine, judged } = host.request();
    const training = new AlongsideRun(host.startTrainer, { recipe, case: from, table, engine, judged }, host.tables);
    training.events.on("changed", () => store.setState(({ version }) => ({ version: version + 1 })));
    return training;
  }

  async function trainAgain(run: ComparedRun, goal: number): Promise<void> {
    const { id } = run;
    const training = started(run);
    training.events.on("failed", (error) => {
      host.notify(`A pinned run is not restored after step ${training.step}. ${messageOf(error)}`);
    });
    restoredRuns.set(id, training);
    replace(id, drawnOf(training, run.history()));
    await training.trainTo(goal);
    training.stop();
    // The run may have been removed, or trained alongside, meanwhile.
    if (restoredRuns.delete(id)) replace(id, { goal: null });
  }

  async function restore(pinned: readonly KeptPinned[]): Promise<void> {
    const waiting: ComparedRun[] = [];
    for (const { recipe, case: from, table, step, place, alongside } of pinned) {
      try {
        const empty = new History([]);
        const added = addPinned({ recipe, case: from, table, history: () => empty, goal: step }, place);
        if (alongside) store.getState().setAlongside(added.id, true);
        else waiting.push(added);
      } catch (error) {
        return host.notify(`A pinned run is not restored. ${messageOf(error)}`);
      }
    }
    const current = (id: number) => store.getState().comparedRuns.find((run) => run.id === id);
    for (const { id } of waiting) {
      const run = current(id);
      if (run && !run.alongside && run.goal !== null) await trainAgain(run, run.goal);
    }
  }

  function newRun(run: NewRun & Pick<ComparedRun, "kind" | "place">): ComparedRun {
    return { goal: null, ...run, id: ++lastId, alongside: false, trained: () => run.history().length };
  }

  function removePreviousBranch(): void {
    const { comparedRuns, remove } = store.getState();
    for (const { id, kind } of comparedRuns) if (kind === "branch") remove(id);
  }

  host.store.subscribe(({ step }, previous) => {
    if (step !== previous.step) for (const alongsideRun of alongsideRuns.values()) void alongsideRun.trainTo(step);
  });

  return {
    store,
    restore,
    addPreviousBranch(recipe, history) {
      removePreviousBranch();
      const branch = newRun({ ...copyOf({ ...host.request(), recipe }, history), kind: "branch", place: 0 });
      store.setState(({ comparedRuns, version }) => ({
        comparedRuns: [branch, ...comparedRuns],
        version: version + 1,
      }));
    },
    removePreviousBranch,
    maxStep() {
      let step = Number.POSITIVE_INFINITY;
      for (const alongsideRun of alongsideRuns.values()) step = Math.min(step, alongsideRun.step + maxLead);
      return step;
    },
    async catchUp() {
      const { length } = host.history();
      await Promise.all([...alongsideRuns.values()].map((alongsideRun) => alongsideRun.trainTo(length)));
    },
  };
}

/** The steps of a run in training: the earlier measurements until the training has as many steps. */
function drawnOf(training: AlongsideRun, previous: History): Pick<ComparedRun, "history" | "trained"> {
  return {
    history: () => (training.history.length < previous.length ? previous : training.history),
    trained: () => training.step,
  };
}

function copyOf(request: LoadRequest, history: History): NewRun {
  const { recipe, case: from, table = null, recording } = request;
  const copy = history.copy();
  return { recipe, case: from, table, ...(recording && { recording }), history: () => copy };
}

/** The first place that no pinned run has, `wanted` before others. @throws Error when there is none */
function freePlace(comparedRuns: readonly ComparedRun[], wanted = 0): number {
  const taken = comparedRuns.flatMap(({ kind, place }) => (kind === "pinned" ? [place] : []));
  const places = Array.from({ length: maxPinned }, (_, place) => place);
  const free = [wanted, ...places].find((place) => !taken.includes(place));
  if (free === undefined) throw new Error(`${maxPinned} runs are pinned already. Remove one to pin another.`);
  return free;
}
