import { createStore, type StoreApi } from "zustand/vanilla";
import type { StepMarks } from "../../core/history/stepMarks";
import type { Inspection } from "../../engine/inspect/inspector";
import type { HistoryHost } from "./historyChanges";
import type { InspectionState } from "./inspection";
import type { SelectedStepHost } from "./selectedStep";
import type { Slice } from "./slice";

/** The step whose numbers all texts of the page show. */
export interface Shown {
  /** 0 before the first step. */
  readonly step: number;
  /** As in `InspectionState`. */
  readonly inspection: Inspection | null;
  readonly slice: Slice | null;
  readonly marks: StepMarks | null;
}

export interface ShownHost extends HistoryHost {
  readonly view: SelectedStepHost["view"];
  readonly inspection: Pick<StoreApi<InspectionState>, "getState" | "subscribe">;
}

/** Least time between two steps in fast play, in ms: numbers that change faster cannot be read. */
const readableMs = 350;
/** Steps a second above which play is fast. */
const readableSpeed = 2;

/**
 * One step for all texts. During play without a cursor this is the step of the newest inspection or slice, where panels use
 * them: the texts then belong to the curves. Otherwise it is the latest step.
 */
export function createShown(host: ShownHost): StoreApi<Shown> {
  const { store: run, view, inspection: inspected } = host;
  const store = createStore<Shown>()(() => present());
  let timer: ReturnType<typeof setTimeout> | undefined;
  let changedAt = Number.NEGATIVE_INFINITY;

  function present(): Shown {
    const { length } = host.history();
    const { step, inspection, slice, marks } = inspected.getState();
    return { step: followsPlay() && step !== null ? Math.min(step, length) : length, inspection, slice, marks };
  }

  function followsPlay(): boolean {
    return run.getState().phase === "playing" && view.getState().cursor === null;
  }

  function publish(): void {
    clearTimeout(timer);
    timer = undefined;
    const [before, now] = [store.getState(), present()];
    const { step, inspection, slice, marks } = now;
    if (before.step === step && before.inspection === inspection && before.slice === slice && before.marks === marks)
      return;
    changedAt = performance.now();
    store.setState(now);
  }

  function update(): void {
    const fast = followsPlay() && run.getState().speed > readableSpeed;
    const wait = changedAt + readableMs - performance.now();
    if (fast && wait > 0) timer ??= setTimeout(publish, wait);
    else publish();
  }

  run.subscribe(update);
  view.subscribe(update);
  inspected.subscribe(update);
  return store;
}
