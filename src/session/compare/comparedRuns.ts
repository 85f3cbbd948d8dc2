import { createStore, type StoreApi } from "zustand/vanilla";
import type { Table } from "../../core/data/table";
import { messageOf } from "../../core/errors";
import type { Case } from "../../core/files/case";
import { History } from "../../core/history/history";
import type { Recipe } from "../../core/recipe/recipe";
import type { LoadRequest } from "../../worker/api";
import type { StartTrainer } from "../../worker/client";
import type { RunState } from "../state";
import type { Tables } from "../storage/tables";
import { Companion } from "./companion";

/** Runs that can be pinned at once: more colours and dashes could not be told apart. */
export const maxPinned = 4;

/** How far the run may be ahead of one that is trained alongside, in steps. */
export const lead = 64;

/** A run drawn beside the one that trains, on every chart but the edge of stability: λmax is measured of one run only. */
export interface ComparedRun {
  readonly id: number;
  /** Pinned by hand; or what the run was before it took another way, until that happens again. */
  readonly kind: "pinned" | "before";
  /** Which colour and dash, from 0; `before` has one of its own. */
  readonly place: number;
  readonly recipe: Recipe;
  readonly case: Case | null;
  /** The rows that it is trained on, where they are real: the page may hold another CSV by now. */
  readonly table?: Table | null;
  /** Whether it is trained in step with the run. */
  readonly alongside: boolean;
  /** Steps that it has been trained: fewer than it shows while one that is trained alongside catches up. */
  trained(): number;
  /** Its steps; of one that is trained alongside, those so far. */
  history(): History;
}

export interface ComparedRunsState {
  readonly comparedRuns: readonly ComparedRun[];
  /** Grows whenever what a comparedRun has measured has changed. */
  readonly version: number;
  /** Keeps the run as it stands, beside whatever it becomes. @throws Error when `maxPinned` are there already */
  pin(): void;
  /** A recipe of its own, trained in step with the run. @throws Error when `maxPinned` are there already */
  race(recipe: Recipe): void;
  /** Makes a pin of what the run was before it took another way. @throws Error when `maxPinned` are there already */
  keep(id: number): void;
  /** Trains it in step with the run from now on, on a trainer of its own; or leaves it as it is. */
  setAlongside(id: number, alongside: boolean): void;
  remove(id: number): void;
}

/** What is needed of the session. */
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
  /** The run takes another way: what it was stays in sight. */
  before(recipe: Recipe, whole: History): void;
  /** Another run: what the one before once was is no longer in sight. */
  forget(): void;
  /** The last step that the run may be at, so that those trained alongside keep up. */
  reach(): number;
  /** Resolves when those trained alongside are at the run's step. */
  level(): Promise<void>;
}

export function createComparedRuns(session: ComparedRunsHost): ComparedRuns {
  const companions = new Map<number, Companion>();
  let ids = 0;

  /** @param first before all others, instead of after them */
  function add(comparedRun: Omit<ComparedRun, "id" | "alongside" | "trained">, first = false): number {
    const made = { ...comparedRun, id: ++ids, alongside: false, trained: () => comparedRun.history().length };
    store.setState(({ comparedRuns, version }) => ({
      comparedRuns: first ? [made, ...comparedRuns] : [...comparedRuns, made],
      version: version + 1,
    }));
    return made.id;
  }

  function forget(): void {
    const { comparedRuns, remove } = store.getState();
    for (const { id, kind } of comparedRuns) if (kind === "before") remove(id);
  }

  const store = createStore<ComparedRunsState>()((set, get) => {
    const replace = (id: number, change: Partial<ComparedRun>) =>
      set(({ comparedRuns, version }) => ({
        comparedRuns: comparedRuns.map((comparedRun) =>
          comparedRun.id === id ? { ...comparedRun, ...change } : comparedRun,
        ),
        version: version + 1,
      }));

    /** The first place that no pinned run has. */
    function freePlace(): number {
      const taken = get().comparedRuns.flatMap(({ kind, place }) => (kind === "pinned" ? [place] : []));
      const free = Array.from({ length: maxPinned }, (_, place) => place).find((place) => !taken.includes(place));
      if (free === undefined) throw new Error(`${maxPinned} runs are pinned already. Remove one to pin another.`);
      return free;
    }

    return {
      comparedRuns: [],
      version: 0,
      pin() {
        const place = freePlace();
        const { recipe, case: from, table = null } = session.request();
        const copy = session.history().copy();
        add({ kind: "pinned", place, recipe, case: from, table, history: () => copy });
      },
      race(recipe) {
        const place = freePlace();
        const empty = new History([]);
        const id = add({ kind: "pinned", place, recipe, case: null, table: null, history: () => empty });
        get().setAlongside(id, true);
      },
      keep(id) {
        replace(id, { kind: "pinned", place: freePlace() });
      },
      setAlongside(id, alongside) {
        const comparedRun = get().comparedRuns.find((one) => one.id === id);
        if (!comparedRun || comparedRun.alongside === alongside) return;
        const running = companions.get(id);
        if (!alongside) {
          const { history } = comparedRun;
          const last = history();
          running?.stop();
          companions.delete(id);
          replace(id, { alongside, history: () => last, trained: () => last.length });
          return;
        }
        const { recipe, case: from } = comparedRun;
        const last = comparedRun.history();
        const companion = new Companion(
          session.startTrainer,
          { recipe, case: from, table: comparedRun.table ?? null, engine: session.request().engine },
          session.tables,
          {
            changed: () => set(({ version }) => ({ version: version + 1 })),
            failed: (error) => {
              session.notify(`A pinned run is no longer trained alongside. ${messageOf(error)}`);
              get().setAlongside(id, false);
            },
          },
        );
        companions.set(id, companion);
        // What it has been stays in sight until it has been as far again.
        const history = () => (companion.history.length < last.length ? last : companion.history);
        replace(id, { alongside, history, trained: () => companion.step });
        void companion.follow(session.history().length);
      },
      remove(id) {
        companions.get(id)?.stop();
        companions.delete(id);
        set(({ comparedRuns, version }) => ({
          comparedRuns: comparedRuns.filter((comparedRun) => comparedRun.id !== id),
          version: version + 1,
        }));
      },
    };
  });

  session.store.subscribe(({ step }, was) => {
    if (step !== was.step) for (const companion of companions.values()) void companion.follow(step);
  });

  return {
    store,
    before(recipe, whole) {
      forget();
      const copy = whole.copy();
      const { case: from, table = null } = session.request();
      add({ kind: "before", place: 0, recipe, case: from, table, history: () => copy }, true);
    },
    forget,
    reach() {
      let reach = Number.POSITIVE_INFINITY;
      for (const companion of companions.values()) reach = Math.min(reach, companion.step + lead);
      return reach;
    },
    level: async () => {
      await Promise.all([...companions.values()].map((companion) => companion.follow(session.history().length)));
    },
  };
}
