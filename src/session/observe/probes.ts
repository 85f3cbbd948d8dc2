import { createStore, type StoreApi } from "zustand/vanilla";
import {
  type AlongProbe,
  type EdgeProbe,
  type ExtremesProbe,
  maxResamples,
  type ProbeAnswers,
  type ProbeKind,
  type ProbeOptions,
  type ProbeRows,
  type ResamplesProbe,
  type SpectrumProbe,
} from "../../engine/inspect/probes/probes";
import { Poller } from "./poller";
import { createSelectedStep, type SelectedStepHost } from "./selectedStep";

/** The latest answers, each of the step that it names; null before the first answer, where none exists, and while not requested. */
export interface ProbesState extends ProbeOptions {
  /** Whether the probes are shown: only then are they requested. */
  readonly open: boolean;
  readonly along: AlongProbe | null;
  readonly resampled: ResamplesProbe | null;
  readonly extremes: ExtremesProbe | null;
  readonly spectrum: SpectrumProbe | null;
  /** On all rows, while it is followed. */
  readonly edge: EdgeProbe | null;
  /** Number of charts that follow the edge of stability. */
  readonly edgeFollowers: number;
  setOpen(open: boolean): void;
  /** Requests `edge`, whether or not the probes are open. @returns ends it */
  followEdge(): () => void;
  setRows(on: ProbeRows): void;
  /** @param count number of other minibatches, 1 to `maxResamples` */
  setResamples(count: number): void;
}

export interface ProbesHost extends SelectedStepHost {
  probe<K extends ProbeKind>(kind: K, step: number, options: ProbeOptions, quick: boolean): Promise<ProbeAnswers[K]>;
}

/** Probes that are requested together, at a pace of their own: slow probes do not delay quick ones. */
interface Lane {
  readonly kinds: readonly ProbeKind[];
  /** The rows of these probes; null for the rows that the user has chosen. */
  readonly on: ProbeRows | null;
  isWanted(state: ProbesState): boolean;
}

/** All that an answer depends on. */
interface ProbeKey extends ProbeOptions {
  readonly step: number;
  /** For display during play only. */
  readonly quick: boolean;
}

/** Answers that take less time than this, in ms, have mostly waited for training requests. */
const queueingMs = 100;
/** A lane rests for this many times its answer's computing time. */
const restFactor = 3;

const unanswered = { along: null, resampled: null, extremes: null, spectrum: null } as const;
const fields = {
  along: "along",
  resamples: "resampled",
  extremes: "extremes",
  spectrum: "spectrum",
  edge: "edge",
} as const;

const isOpen = ({ open }: ProbesState) => open;
const openLanes: readonly Lane[] = [
  { kinds: ["along", "resamples"], on: null, isWanted: isOpen },
  { kinds: ["extremes"], on: null, isWanted: isOpen },
  { kinds: ["spectrum"], on: null, isWanted: isOpen },
];
/** The edge of stability is defined for training on all rows. */
const edgeLane: Lane = { kinds: ["edge"], on: "full", isWanted: ({ edgeFollowers }) => edgeFollowers > 0 };

/**
 * Keeps the probes of the selected step up to date while they are open: at most one request of a kind at a time, always
 * for the newest step, and with most of the worker's time left to training where answers are slow.
 */
export function createProbes(host: ProbesHost): StoreApi<ProbesState> {
  const selected = createSelectedStep(host);
  const store = createStore<ProbesState>()((set, get) => ({
    ...unanswered,
    edge: null,
    open: false,
    edgeFollowers: 0,
    on: "batch",
    resamples: 16,
    setOpen: (open) => set(open ? { open } : { open, ...unanswered }),
    followEdge() {
      set({ edgeFollowers: get().edgeFollowers + 1 });
      return () => {
        const edgeFollowers = get().edgeFollowers - 1;
        set(edgeFollowers > 0 ? { edgeFollowers } : { edgeFollowers, edge: null });
      };
    },
    setRows: (on) => set({ on }),
    setResamples: (count) => set({ resamples: Math.min(Math.max(1, Math.round(count)), maxResamples) }),
  }));

  function pollerOf(lane: Lane): Poller<ProbeKey> {
    return new Poller<ProbeKey>({
      missing(answered) {
        const state = store.getState();
        const step = selected.step();
        if (!lane.isWanted(state) || step < 1) return null;
        const key = { step, quick: selected.followsPlay(), on: lane.on ?? state.on, resamples: state.resamples };
        return answered && sameKey(lane, answered, key) ? null : key;
      },
      async request(key, isCurrent) {
        const { step, quick, ...options } = key;
        const answers = await Promise.all(
          lane.kinds.map(async (kind) => [fields[kind], await host.probe(kind, step, options, quick)]),
        );
        if (isCurrent()) store.setState(Object.fromEntries(answers));
        return { key };
      },
      interval: selected.interval,
      rest: (ms) => restFactor * Math.max(0, ms - queueingMs),
    });
  }

  const lanes = [...openLanes, edgeLane].map((lane) => ({ lane, poller: pollerOf(lane) }));

  store.subscribe((state, previous) => {
    const { open, edgeFollowers, on, resamples } = state;
    const changed = open !== previous.open || edgeFollowers !== previous.edgeFollowers;
    if (!changed && on === previous.on && resamples === previous.resamples) return;
    for (const { lane, poller } of lanes) {
      if (lane.isWanted(state)) poller.retry();
      // Answers in progress when a lane is closed are not shown.
      else if (lane.isWanted(previous)) poller.invalidate();
    }
  });
  selected.events.on("invalidated", (cleared) => {
    for (const { poller } of lanes) poller.invalidate();
    if (cleared) store.setState({ ...unanswered, edge: null });
  });
  selected.events.on("changed", () => {
    for (const { poller } of lanes) poller.retry();
  });
  return store;
}

/** Only resamples depend on the number of resamples. */
function sameKey({ kinds }: Lane, a: ProbeKey, b: ProbeKey): boolean {
  const same = a.step === b.step && a.quick === b.quick && a.on === b.on;
  return same && (a.resamples === b.resamples || !kinds.includes("resamples"));
}
