import { createStore, type StoreApi } from "zustand/vanilla";
import type { History } from "../../core/history/history";
import type { Evaluation } from "../../engine/evaluate";
import type { LoadRequest } from "../../worker/api";
import type { RunState } from "../state";
import { watched } from "./watched";

/** How well the parameters after a step do, on all rows. */
export interface Scored extends Evaluation {
  readonly step: number;
}

export interface EvaluationState {
  /** By step, ascending: those steps at which there was time for it. */
  readonly scores: readonly Scored[];
  /** Of the present step or, for a moment, of one before; null where the run is not scored, or not yet. */
  readonly latest: Scored | null;
  /** One unit of the target, where it was standardised: √loss times this is an error in the target's own unit. */
  readonly deviation: number | null;
}

/** What is needed of the run. */
export interface Evaluable {
  readonly store: Pick<StoreApi<RunState>, "getState" | "subscribe">;
  history(): History;
  request(): LoadRequest;
  /** At the step at which the run is when this is called. */
  evaluate(): Promise<Evaluation>;
}

/** Least time from one evaluation to the next, in ms, and how many times as long as it worked there is none. */
const [interval, rest] = [100, 3];
/** Scores kept at most; past it every other one goes. */
const maxScores = 2000;

const nothing = { scores: [], latest: null, deviation: null } as const;

/**
 * Keeps scores of the run while someone subscribes, where there is something to score: rows held out, or classes. It takes
 * at most a quarter of the worker's time, never more than one request at once, and moves the run by nothing.
 */
export function createEvaluation(run: Evaluable): StoreApi<EvaluationState> {
  let busy = false;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let notBefore = 0;
  let history = run.history();
  let known = 0;
  /** Grows when the run takes another way: scores under way are of none of its steps. */
  let generation = 0;
  /** A request that failed is put again only when the run has gone on. */
  let failedAt = -1;

  const store = createStore<EvaluationState>()(() => nothing);
  const seen = watched(store, () => look());

  function look(): void {
    const { step, phase } = run.store.getState();
    if (!seen.watching() || busy || timer !== null || phase === "starting" || phase === "failed") return;
    if (step === failedAt || store.getState().latest?.step === step || !isScored(run.request())) return;
    const there = store.getState().scores.find((score) => score.step === step);
    if (there) {
      store.setState({ latest: there });
      return;
    }
    const wait = notBefore - performance.now();
    if (wait <= 0) {
      void ask(step);
      return;
    }
    timer = setTimeout(() => {
      timer = null;
      look();
    }, wait);
  }

  async function ask(shown: number): Promise<void> {
    busy = true;
    const asked = generation;
    let ms = 0;
    // As it is now: the page may be a frame behind.
    const step = run.history().length;
    try {
      const evaluation = await run.evaluate();
      ms = evaluation.ms;
      if (asked === generation) add({ step, ...evaluation });
    } catch {
      // Whatever is the matter with the worker, the run itself tells.
      failedAt = shown;
    }
    busy = false;
    notBefore = performance.now() + Math.max(interval, rest * ms);
    look();
  }

  function add(score: Scored): void {
    const others = store.getState().scores.filter(({ step }) => step !== score.step);
    const scores = [...others, score].sort((a, b) => a.step - b.step);
    const kept = scores.length > maxScores ? scores.filter((_, i) => i % 2 === 0) : scores;
    store.setState({ scores: kept, latest: score, deviation: run.request().table?.deviation ?? null });
  }

  run.store.subscribe(() => {
    const now = run.history();
    if (now !== history) {
      history = now;
      known = 0;
      generation++;
      failedAt = -1;
      store.setState(nothing);
    } else if (now.known < known) {
      generation++;
      const { scores, latest } = store.getState();
      const left = scores.filter(({ step }) => step <= now.known);
      store.setState({ scores: left, latest: latest && latest.step <= now.known ? latest : null });
    }
    known = now.known;
    look();
  });

  return seen.store;
}

/** Whether there are rows held out, or classes to be right about. */
function isScored({ recipe, case: from, table }: LoadRequest): boolean {
  if (from) return from.held !== undefined || from.loss === "cross-entropy";
  return Boolean(table) || recipe.dataset === "classes";
}
