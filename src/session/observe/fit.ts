import { createStore, type StoreApi } from "zustand/vanilla";
import type { History } from "../../core/history/history";
import type { Predictions } from "../../engine/inspect/predictor";
import type { AskOptions } from "../run/runObserver";
import { Poller } from "./poller";
import { createSelectedStep, type SelectedStepHost } from "./selectedStep";
import { Users } from "./users";

/** θ before the step, after the step taken, at α* of the minibatch and of the next one, and at the trial α. */
export type FitPoint = "start" | "taken" | "best" | "next" | "trial";

/** The network as a function at several points along d of one step. */
export interface Fit extends Predictions {
  /** The points, one for each of `alphas`. */
  readonly points: readonly FitPoint[];
  /** Rows in the minibatch, of which `batch` may have a part only. */
  readonly batchRows: number;
}

/** The fit of the selected step, or of the previous one until it arrives. */
export interface FitState {
  /** null before the first answer and where training has diverged. */
  readonly fit: Fit | null;
  /** Whether a panel in sight shows the fit. */
  readonly used: boolean;
  /** Requests the fit for a panel in sight. @returns ends it */
  use(): () => void;
}

export interface FitHost extends SelectedStepHost {
  predict(step: number, alphas: Float64Array, options: AskOptions): Promise<Predictions>;
}

interface FitKey {
  readonly step: number;
  /** For display during play only; see `StepQuestion.quick`. */
  readonly quick: boolean;
  readonly trial: number | null;
}

/** The rest after an answer is this share of its time, as for the slice. */
const restFactor = 2;

/** Keeps the fit of the selected step up to date while panels use it. */
export function createFit(host: FitHost): StoreApi<FitState> {
  const selected = createSelectedStep(host);
  const users = new Users();
  const store = createStore<FitState>()(() => ({ fit: null, used: false, use: () => users.add() }));

  const poller = new Poller<FitKey>({
    missing(answered) {
      const step = selected.step();
      const key = { step, quick: selected.isQuick(), trial: host.view.getState().trialAlpha };
      if (step < 1 || !users.any) return null;
      const same = answered?.step === step && answered.trial === key.trial && (key.quick || !answered.quick);
      return same ? null : key;
    },
    async request(key, signal) {
      const { step, quick, trial } = key;
      const points = pointsOf(host.history(), step, trial);
      const alphas = Float64Array.from(points, ({ alpha }) => alpha);
      const predictions = points.length > 0 ? await host.predict(step, alphas, { quick, signal }) : null;
      const batchRows = host.history().value("batch", step);
      return {
        key,
        ...(predictions && { ms: predictions.ms }),
        publish() {
          store.setState({
            fit: predictions && { ...predictions, batchRows, points: points.map(({ point }) => point) },
          });
        },
      };
    },
    interval: selected.interval,
    rest: (ms) => restFactor * ms,
  });

  users.events.on("wanted", () => {
    store.setState({ used: true });
    poller.poll();
  });
  users.events.on("unused", () => {
    // The fit stays on the page, but is not updated.
    poller.invalidate();
    store.setState({ used: false });
  });
  selected.events.on("invalidated", (cleared) => {
    poller.invalidate();
    if (cleared) store.setState({ fit: null });
  });
  selected.events.on("changed", (jumped) => {
    if (jumped) poller.overtake();
    poller.retry();
  });
  host.view.subscribe(({ trialAlpha }, before) => {
    if (trialAlpha !== before.trialAlpha) poller.poll();
  });
  return store;
}

/** The points of a step along its d; none where training has diverged. */
function pointsOf(
  history: History,
  step: number,
  trial: number | null,
): { readonly point: FitPoint; readonly alpha: number }[] {
  const verdict = history.verdict(step);
  const taken = history.value("stepTaken", step);
  if (!verdict || verdict === "diverged" || !Number.isFinite(taken)) return [];
  return [
    { point: "start", alpha: 0 },
    { point: "taken", alpha: taken },
    ...(verdict === "minimum" ? [{ point: "best" as const, alpha: history.value("alphaStar", step) }] : []),
    ...(history.nextVerdict(step) === "minimum"
      ? [{ point: "next" as const, alpha: history.value("nextAlphaStar", step) }]
      : []),
    ...(trial === null ? [] : [{ point: "trial" as const, alpha: trial }]),
  ];
}
