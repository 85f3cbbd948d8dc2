import { createStore, type StoreApi } from "zustand/vanilla";
import type { Inspection, SliceLosses } from "../../engine/inspect/inspector";
import { Poller } from "./poller";
import { createSelectedStep, type SelectedStepHost } from "./selectedStep";
import { planSlice, type Slice } from "./slice";
import { countSubscribers } from "./subscribers";

export interface InspectionState {
  /** The inspection of the selected step, or of the previous one until it arrives; null before the first step. */
  readonly inspection: Inspection | null;
  /** The slice of the selected step, or of the previous one until it arrives; null where training has diverged, and while
   *  `sliceUsers` is 0. */
  readonly slice: Slice | null;
  /** The step that `slice` was evaluated for; null where it is outdated. */
  readonly slicedStep: number | null;
  /** Number of panels that use the slice. */
  readonly sliceUsers: number;
  /** Evaluates slices too. @returns ends it */
  withSlice(): () => void;
}

export interface InspectionHost extends SelectedStepHost {
  inspect(step: number, quick: boolean): Promise<Inspection>;
  /** h(α) along d of the step inspected last. */
  slice(alphas: Float64Array): Promise<SliceLosses>;
}

/** The key of an inspection. */
interface Inspected {
  readonly step: number;
  /** For display during play only; see `TrainerApi.inspect`. */
  readonly quick: boolean;
}

/** Answers that take less time than this, in ms, have mostly waited for training requests. */
const queueingMs = 150;
/** Share of the distance to its own window that each slice moves during play. */
const glideShare = 0.3;

/**
 * Keeps the inspection of the selected step up to date while the store has subscribers: at most some twelve times a second
 * during play, and for at most half of the worker's time where inspections are slow.
 */
export function createInspection(host: InspectionHost): StoreApi<InspectionState> {
  const selected = createSelectedStep(host);
  const store = createStore<InspectionState>()((set, get) => ({
    inspection: null,
    slice: null,
    slicedStep: null,
    sliceUsers: 0,
    withSlice() {
      set({ sliceUsers: get().sliceUsers + 1 });
      return () => {
        const sliceUsers = get().sliceUsers - 1;
        set(sliceUsers > 0 ? { sliceUsers } : { sliceUsers, slice: null, slicedStep: null });
      };
    },
  }));
  const counted = countSubscribers(store);
  const slicing = () => store.getState().sliceUsers > 0;

  const poller = new Poller<Inspected>({
    missing(answered) {
      const [step, quick] = [selected.step(), selected.followsPlay()];
      const inspected = answered?.step === step && (quick || !answered.quick);
      const sliced = !slicing() || store.getState().slicedStep === step;
      return !counted.hasSubscribers() || step < 1 || (inspected && sliced) ? null : { step, quick };
    },
    async request(key, isCurrent) {
      // Both requests at once: the slice then waits for training requests only once.
      await Promise.all([inspect(key, isCurrent), slicing() && slice(key, isCurrent)]);
      return { key };
    },
    interval: selected.interval,
    rest: (ms) => ms - queueingMs,
  });

  async function inspect({ step, quick }: Inspected, isCurrent: () => boolean): Promise<void> {
    const inspection = await host.inspect(step, quick);
    if (isCurrent()) store.setState({ inspection });
  }

  async function slice({ step, quick }: Inspected, isCurrent: () => boolean): Promise<void> {
    const previous = store.getState().slice?.window ?? null;
    const plan = planSlice(host.history(), step, previous, quick ? glideShare : 1);
    const losses = plan && (await host.slice(plan.alphas));
    // Another inspection in between makes the losses those of its step: the slice is then requested again.
    if (!isCurrent() || !slicing() || (losses && losses.step !== step)) return;
    store.setState({ slice: losses && { ...plan, ...losses }, slicedStep: step });
  }

  counted.events.on("subscribed", () => poller.poll());
  store.subscribe(({ sliceUsers }, previous) => {
    if (sliceUsers > previous.sliceUsers) poller.poll();
  });
  selected.events.on("invalidated", (cleared) => {
    poller.invalidate();
    store.setState({ slicedStep: null, ...(cleared && { inspection: null, slice: null }) });
  });
  selected.events.on("changed", () => poller.retry());
  return counted.store;
}
