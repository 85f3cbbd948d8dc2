import { createStore, type StoreApi } from "zustand/vanilla";
import type { Verdict } from "../../core/history/alpha";
import { nextWindow, type SliceWindow, sliceAlphas, sliceTarget } from "../../core/history/slice";
import type { Inspection, SliceLosses } from "../../engine/inspect/inspector";
import { createLookedAt, type LookedAt } from "./selectedStep";
import { watched } from "./watched";

/** The loss along d of one step, truly evaluated, with what was measured at that step. */
export interface Slice extends SliceLosses {
  readonly window: SliceWindow;
  /** Ascending; the step's marks (0, s, lr, α*, 2α*) are among them where they lie in the window. */
  readonly alphas: Float64Array;
  /** Rows in the minibatch. */
  readonly rows: number;
  /** h(0) as the run measured it. */
  readonly loss: number;
  readonly slope: number;
  readonly curvature: number;
  readonly verdict: Verdict;
  readonly alphaStar: number;
  readonly lr: number;
  readonly stepTaken: number;
  readonly reductionRatio: number;
}

export interface InspectionState {
  /** The inside of the step that is looked at: the cursor's, else the latest. null before the first step. */
  readonly inspection: Inspection | null;
  /** Along d of that step or, for a moment, of the one before; null where it has diverged, and where no one asks for it. */
  readonly slice: Slice | null;
  /** Evaluates slices, too, from now on; the answer ends it. */
  withSlice(): () => void;
}

/** What is needed of the run. */
export interface Inspectable extends LookedAt {
  inspect(step: number, quick: boolean): Promise<Inspection>;
  slice(alphas: Float64Array): Promise<SliceLosses>;
}

/** An answer that takes no longer than this, in ms, has mostly waited for the run's own requests, several times in turn. */
const waiting = 150;
/** How far the window goes towards its target at each slice while playing. */
const glideShare = 0.3;

/**
 * Keeps the inspection of the step that is looked at up to date while someone subscribes: at most ten a second while
 * the run plays, never more than one request under way, the newest step wins.
 */
export function createInspection(run: Inspectable): StoreApi<InspectionState> {
  let slicers = 0;
  let busy = false;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let notBefore = 0;
  /** The steps that what is shown is of, as the run now is; a slice may turn out to be none. */
  let inspected: number | null = null;
  /** Whether that was quick work, which will do while the run goes on. */
  let quickly = false;
  let sliced: number | null = null;
  /** A request that failed is put again only when something has changed. */
  let failed = false;

  const store = createStore<InspectionState>()(() => ({
    inspection: null,
    slice: null,
    withSlice() {
      slicers++;
      look();
      return () => {
        if (--slicers > 0) return;
        sliced = null;
        store.setState({ slice: null });
      };
    },
  }));
  const seen = watched(store, () => look());

  const looked = createLookedAt(run, {
    gone(all) {
      inspected = sliced = null;
      if (all) store.setState({ inspection: null, slice: null });
    },
    changed,
  });

  const upToDate = (step: number) =>
    inspected === step && (!quickly || looked.gliding()) && (slicers === 0 || sliced === step);

  /** Something may have changed: asks for what is missing, now or as soon as it may. */
  function look(): void {
    if (!seen.watching() || busy || failed || timer !== null) return;
    const step = looked.step();
    if (step < 1 || upToDate(step)) return;
    const wait = notBefore - performance.now();
    if (wait > 0) {
      timer = setTimeout(() => {
        timer = null;
        look();
      }, wait);
    } else ask(step);
  }

  async function ask(step: number): Promise<void> {
    busy = true;
    const [began, current] = [performance.now(), looked.asking()];
    try {
      // Both at once: the second does not wait again for what the first has waited for.
      await Promise.all([inspect(step, current), slicers > 0 && slice(step, current)]);
    } catch {
      // The run itself tells the user of whatever is the matter with the worker.
      failed = current();
    }
    busy = false;
    const now = performance.now();
    // As long again without one: where inspecting is slow, the run still has most of the worker's time.
    notBefore = Math.max(began + looked.leastInterval(), now + (now - began) - waiting);
    look();
  }

  async function inspect(step: number, current: () => boolean): Promise<void> {
    const quick = looked.gliding();
    const inspection = await run.inspect(step, quick);
    if (!current()) return;
    inspected = step;
    quickly = quick;
    store.setState({ inspection });
  }

  /** Along d of the step that has been asked for just before. */
  async function slice(step: number, current: () => boolean): Promise<void> {
    const begun = measured(step);
    const losses = begun && (await run.slice(begun.alphas));
    // Someone else may have had another step inspected in between: then this one is asked for again.
    if (!current() || slicers === 0 || (losses && losses.step !== step)) return;
    sliced = step;
    store.setState({ slice: losses && { ...begun, ...losses } });
  }

  /** A slice but for its losses; null where training has diverged. */
  function measured(step: number): Omit<Slice, keyof SliceLosses> | null {
    const steps = run.history();
    const verdict = steps.verdict(step);
    if (!verdict || verdict === "diverged") return null;
    const [alphaStar, lr] = [steps.value("alphaStar", step), steps.value("lr", step)];
    const stepTaken = steps.value("stepTaken", step);
    const target = sliceTarget({ verdict, alphaStar, stepTaken });
    const window = nextWindow(store.getState().slice?.window ?? null, target, looked.gliding() ? glideShare : 1);
    return (
      window && {
        window,
        alphas: sliceAlphas(window, [0, stepTaken, lr, alphaStar, 2 * alphaStar]),
        rows: steps.value("batch", step),
        loss: steps.value("loss", step),
        slope: steps.value("slope", step),
        curvature: steps.value("curvature", step),
        verdict,
        alphaStar,
        lr,
        stepTaken,
        reductionRatio: steps.value("reductionRatio", step),
      }
    );
  }

  function changed(): void {
    failed = false;
    look();
  }

  return seen.store;
}
