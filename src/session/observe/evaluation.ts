import { createStore, type StoreApi } from "zustand/vanilla";
import { lossOfDataset } from "../../core/data/datasets";
import type { Evaluation } from "../../engine/evaluate";
import type { LoadRequest } from "../../worker/api";
import { type HistoryHost, watchHistory } from "./historyChanges";
import { Poller } from "./poller";
import { Users } from "./users";

/** Loss and accuracy of the parameters after a step, on all training rows and on the held-out rows. */
interface Score extends Evaluation {
  readonly step: number;
}

export interface EvaluationState {
  /** In ascending order of steps; not of every step. */
  readonly scores: readonly Score[];
  /** The score of the present step, or of an earlier one until it arrives; null where the run has no scores. */
  readonly latest: Score | null;
  /** One unit of a standardised target, in the target's own unit: √loss times this is an error in that unit. null otherwise. */
  readonly deviation: number | null;
  /** Requests scores for a panel in sight. @returns ends it */
  use(): () => void;
}

export interface EvaluationHost extends HistoryHost {
  request(): LoadRequest;
  /** Evaluates the parameters after the latest step. */
  evaluate(signal: AbortSignal): Promise<Evaluation>;
}

/** Least time between two evaluations, in ms. */
const intervalMs = 100;
/** The rest after an evaluation is this many times its computing time: scores take at most a tenth of the observer's time. */
const restFactor = 9;
/** Maximum number of scores kept; above it every second score is removed. */
const maxScores = 2000;

const noScores = { scores: [], latest: null, deviation: null } as const;

/** Keeps scores of the run while panels use them, where the run has held-out rows or classes. */
export function createEvaluation(host: EvaluationHost): StoreApi<EvaluationState> {
  const users = new Users();
  const store = createStore<EvaluationState>()(() => ({ ...noScores, use: () => users.add() }));

  function scoreOf(step: number): Score | undefined {
    const { scores, latest } = store.getState();
    return latest?.step === step ? latest : scores.find((score) => score.step === step);
  }

  const poller = new Poller<number>({
    missing() {
      const { step, phase } = host.store.getState();
      if (!users.any || phase === "starting" || phase === "failed") return null;
      return isScored(host.request()) && !scoreOf(step) ? step : null;
    },
    async request(key, signal) {
      // The step of the parameters; the published step may be a frame older.
      const step = host.history().length;
      const evaluation = await host.evaluate(signal);
      return { key, ms: evaluation.ms, publish: () => add({ step, ...evaluation }) };
    },
    interval: () => 0,
    rest: (ms) => Math.max(intervalMs, restFactor * ms),
  });

  function add(score: Score): void {
    const others = store.getState().scores.filter(({ step }) => step !== score.step);
    const scores = [...others, score].sort((a, b) => a.step - b.step);
    const kept = scores.length > maxScores ? scores.filter((_, i) => i % 2 === 0) : scores;
    store.setState({ scores: kept, latest: score, deviation: host.request().table?.deviation ?? null });
  }

  const changes = watchHistory(host);
  changes.on("replaced", () => {
    poller.invalidate();
    store.setState(noScores);
  });
  changes.on("truncated", (measuredSteps) => {
    poller.invalidate();
    const { scores, latest } = store.getState();
    const left = scores.filter(({ step }) => step <= measuredSteps);
    store.setState({ scores: left, latest: latest && latest.step <= measuredSteps ? latest : null });
  });
  host.store.subscribe(({ step }, previous) => {
    showScoreOf(step);
    // After a failure, the next step is evaluated and not the same step again.
    if (step === previous.step) poller.poll();
    else poller.retry();
  });
  users.events.on("wanted", () => {
    showScoreOf(host.store.getState().step);
    poller.poll();
  });

  function showScoreOf(step: number): void {
    const score = scoreOf(step);
    if (score && score !== store.getState().latest && users.any) store.setState({ latest: score });
  }

  return store;
}

/** Whether the run has held-out rows, or classes to predict. */
function isScored({ recipe, case: from, table, recording }: LoadRequest): boolean {
  if (recording) return false;
  if (from) return from.held !== undefined || from.loss === "cross-entropy";
  return Boolean(table) || lossOfDataset(recipe.dataset) === "cross-entropy";
}
