import { createStore, type StoreApi } from "zustand/vanilla";
import type { StepMarks } from "../../core/history/stepMarks";
import type { Inspection } from "../../engine/inspect/inspector";
import type { SliceLosses } from "../../engine/inspect/slicer";
import type { AskOptions } from "../run/runObserver";
import { Poller } from "./poller";
import { createSelectedStep, type SelectedStepHost } from "./selectedStep";
import { planSlice, type Slice } from "./slice";
import { Users } from "./users";

/** The parts of a step that panels use. */
const stepParts = ["inspection", "slice", "marks"] as const;
type StepPart = (typeof stepParts)[number];

/** The quantities inside the selected step, or inside the previous one until they arrive. All parts are published together. */
export interface InspectionState {
  /** The step of the parts that are used; null before the first answer, after a failure, and while no part is used. */
  readonly step: number | null;
  /** null before the first answer; of an earlier step while no panel uses it. */
  readonly inspection: Inspection | null;
  /** null also where training has diverged. */
  readonly slice: Slice | null;
  /** null also where training has diverged, and while not requested. */
  readonly marks: StepMarks | null;
  /** Requests a part for a panel in sight; `slice` includes the marks. Marks are requested while the view has some. @returns ends it */
  use(part: StepPart): () => void;
}

export interface InspectionHost extends SelectedStepHost {
  inspect(step: number, options: AskOptions): Promise<Inspection>;
  /** @param fullMs see `ObserverApi.slice` */
  slice(step: number, alphas: Float64Array, fullMs: number, options: AskOptions): Promise<SliceLosses>;
  mark(step: number, options: AskOptions): Promise<StepMarks | null>;
}

/** What an answer contains. */
interface StepKey {
  readonly step: number;
  /** For display during play only; see `StepQuestion.quick`. */
  readonly quick: boolean;
  readonly parts: readonly StepPart[];
  /** The parts of this step that are on the page already; a slice may need more rows. */
  readonly present: readonly StepPart[];
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
  const users = { inspection: new Users(), slice: new Users(), marks: new Users() };
  const store = createStore<InspectionState>()(() => ({
    step: null,
    inspection: null,
    slice: null,
    marks: null,
    use: (part) => users[part].add(),
  }));
  const hasMarks = () => host.view.getState().stepMarks.length > 0;
  const usedParts = () =>
    stepParts.filter((part) =>
      part === "marks" ? hasMarks() && (users.marks.any || users.slice.any) : users[part].any,
    );

  const poller = new Poller<StepKey>({
    missing(answered) {
      const [step, quick] = [selected.step(), selected.isQuick()];
      const parts = usedParts();
      if (step < 1 || parts.length === 0) return null;
      const last = answered?.step === step && (quick || !answered.quick) ? answered : null;
      const first: StepKey = { step, quick, parts, present: last?.parts ?? [], fullMs: firstFullMs };
      if (!last || !parts.every((part) => last.parts.includes(part))) return first;
      const { slice } = store.getState();
      const whole = quick || !slice || slice.fullRows >= slice.allRows;
      return whole || !parts.includes("slice") ? null : { ...first, fullMs: last.fullMs * fullGrowth };
    },
    async request(key, signal) {
      const { step, quick, parts, present, fullMs } = key;
      const options = { quick, signal };
      const known = store.getState();
      const asks = (part: StepPart) => parts.includes(part) && !present.includes(part);
      const sliced = parts.includes("slice");
      const plan = sliced ? plannedSlice(step, selected.followsPlay()) : null;
      const [inspection, losses, marks] = await Promise.all([
        asks("inspection") ? host.inspect(step, options) : known.inspection,
        plan && host.slice(step, plan.alphas, fullMs, options),
        asks("marks") ? host.mark(step, options) : known.marks,
      ]).catch((error) => {
        if (!signal.aborted) store.setState({ step: null });
        throw error;
      });
      return {
        key,
        publish() {
          store.setState({
            step,
            inspection,
            marks: hasMarks() ? marks : null,
            ...(sliced && { slice: plan && losses && { ...plan, ...losses } }),
          });
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

  /** The parts stay on the page, but are not updated. */
  function rest(): void {
    poller.invalidate();
    store.setState({ step: null });
  }

  for (const { events } of Object.values(users)) {
    events.on("wanted", () => poller.poll());
    events.on("unused", () => {
      if (usedParts().length === 0) rest();
    });
  }
  host.view.subscribe(({ stepMarks }, before) => {
    if (stepMarks === before.stepMarks) return;
    if (stepMarks.length === 0) store.setState({ marks: null });
    if (usedParts().length > 0) poller.poll();
    else rest();
  });
  selected.events.on("invalidated", (cleared) => {
    poller.invalidate();
    if (cleared) store.setState({ step: null, inspection: null, slice: null, marks: null });
  });
  selected.events.on("changed", (jumped) => {
    if (jumped) poller.overtake();
    poller.retry();
  });
  return store;
}
