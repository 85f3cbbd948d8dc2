import { createStore, type StoreApi } from "zustand/vanilla";
import type { Inspection } from "../../engine/inspect/inspector";
import type { SliceLosses } from "../../engine/inspect/slicer";
import type { AskOptions } from "../run/runObserver";
import { Poller } from "./poller";
import { createSelectedStep, type SelectedStepHost } from "./selectedStep";
import { planSlice, type Slice } from "./slice";
import { Users } from "./users";

/** The parts of a step that panels use. */
type StepPart = "inspection" | "slice";

/** The quantities inside the selected step, or inside the previous one until they arrive. Both parts are published together. */
export interface InspectionState {
  /** The step of the parts that are used; null before the first answer, after a failure, and while no part is used. */
  readonly step: number | null;
  /** null before the first answer; of an earlier step while no panel uses it. */
  readonly inspection: Inspection | null;
  /** null also where training has diverged. */
  readonly slice: Slice | null;
  /** Requests a part for a panel in sight. @returns ends it */
  use(part: StepPart): () => void;
}

export interface InspectionHost extends SelectedStepHost {
  inspect(step: number, options: AskOptions): Promise<Inspection>;
  /** @param fullMs see `ObserverApi.slice` */
  slice(step: number, alphas: Float64Array, fullMs: number, options: AskOptions): Promise<SliceLosses>;
}

/** What an answer contains. */
interface StepKey {
  readonly step: number;
  /** For display during play only; see `StepQuestion.quick`. */
  readonly quick: boolean;
  readonly parts: Readonly<Record<StepPart, boolean>>;
  /** Whether the inspection of this step is on the page already. */
  readonly inspected: boolean;
  /** Time limit of the slice through all data, in ms. */
  readonly fullMs: number;
}

/** The rest after an answer is this share of its time: on two cores the page and the trainer need theirs. */
const restFactor = 2;
/** Time limit of the first slice through all data, in ms, and the factor of the next while the step stays selected. */
const [firstFullMs, fullGrowth] = [40, 8];
/** Computing time of a step size, in ms, above which slices during play have fewer step sizes. */
const coarseMs = 1.5;
/** Share of the distance to its own window that each slice moves during play. */
const glideShare = 0.3;

/**
 * Keeps the parts of the selected step that panels use up to date: at most some twelve times a second during play, and for at
 * most a third of the time where answers are slow.
 */
export function createInspection(host: InspectionHost): StoreApi<InspectionState> {
  const selected = createSelectedStep(host);
  const users = { inspection: new Users(), slice: new Users() };
  const store = createStore<InspectionState>()(() => ({
    step: null,
    inspection: null,
    slice: null,
    use: (part) => users[part].add(),
  }));

  const poller = new Poller<StepKey>({
    missing(answered) {
      const [step, quick] = [selected.step(), selected.isQuick()];
      const parts = { inspection: users.inspection.any, slice: users.slice.any };
      if (step < 1 || !(parts.inspection || parts.slice)) return null;
      const inspected = answered !== null && hasParts(answered, { step, quick, parts: onlyInspection });
      const first: StepKey = { step, quick, parts, inspected, fullMs: firstFullMs };
      if (!answered || !hasParts(answered, first)) return first;
      const { slice } = store.getState();
      const whole = quick || !slice || slice.fullRows >= slice.allRows;
      return whole || !parts.slice ? null : { ...first, fullMs: answered.fullMs * fullGrowth };
    },
    async request(key, signal) {
      const { step, quick, parts, inspected, fullMs } = key;
      const options = { quick, signal };
      const { inspection: known } = store.getState();
      const plan = parts.slice ? plannedSlice(step, selected.followsPlay()) : null;
      const [inspection, losses] = await Promise.all([
        parts.inspection && !inspected ? host.inspect(step, options) : known,
        plan && host.slice(step, plan.alphas, fullMs, options),
      ]).catch((error) => {
        if (!signal.aborted) store.setState({ step: null });
        throw error;
      });
      return {
        key,
        publish() {
          store.setState({ step, inspection, ...(parts.slice && { slice: plan && losses && { ...plan, ...losses } }) });
        },
      };
    },
    interval: selected.interval,
    rest: (ms) => restFactor * ms,
  });

  function plannedSlice(step: number, playing: boolean) {
    const { slice } = store.getState();
    const coarse = playing && slice !== null && slice.ms > coarseMs * slice.alphas.length;
    return planSlice(host.history(), step, slice?.window ?? null, playing ? glideShare : 1, coarse);
  }

  for (const { events } of Object.values(users)) {
    events.on("wanted", () => poller.poll());
    events.on("unused", () => {
      if (users.inspection.any || users.slice.any) return;
      // The parts stay on the page, but are not updated.
      poller.invalidate();
      store.setState({ step: null });
    });
  }
  selected.events.on("invalidated", (cleared) => {
    poller.invalidate();
    if (cleared) store.setState({ step: null, inspection: null, slice: null });
  });
  selected.events.on("changed", (jumped) => {
    if (jumped) poller.overtake();
    poller.retry();
  });
  return store;
}

const onlyInspection = { inspection: true, slice: false };

/** Whether an answer has all parts of another, as exact. */
function hasParts(answer: StepKey, { step, quick, parts }: Pick<StepKey, "step" | "quick" | "parts">): boolean {
  const contained = (part: StepPart) => answer.parts[part] || !parts[part];
  return answer.step === step && (quick || !answer.quick) && contained("inspection") && contained("slice");
}
