import { createStore, type StoreApi } from "zustand/vanilla";
import {
  type AlongProbe,
  type EdgeProbe,
  type ExtremesProbe,
  maxResamples,
  type PlaneProbe,
  type ProbeAnswers,
  type ProbeKind,
  type ProbeOptions,
  type ProbeRows,
  type ResamplesProbe,
  type SpectrumProbe,
} from "../../engine/inspect/probes/probes";
import type { AskOptions } from "../run/runObserver";
import { Poller } from "./poller";
import { createSelectedStep, type SelectedStepHost } from "./selectedStep";
import { Users } from "./users";

/** The latest answers, each of the step that it names; null before the first answer, where none exists, and while not requested. */
export interface ProbesState extends ProbeOptions {
  /** Whether the probes are shown. */
  readonly open: boolean;
  readonly along: AlongProbe | null;
  readonly resampled: ResamplesProbe | null;
  readonly extremes: ExtremesProbe | null;
  readonly spectrum: SpectrumProbe | null;
  readonly plane: PlaneProbe | null;
  /** On all rows, while it is followed. */
  readonly edge: EdgeProbe | null;
  setOpen(open: boolean): void;
  /** Requests the probes for a panel in sight while they are open. @returns ends it */
  use(): () => void;
  /** Requests `edge` for a panel in sight, whether or not the probes are open. @returns ends it */
  followEdge(): () => void;
  setRows(on: ProbeRows): void;
  /** @param count number of other minibatches, 1 to `maxResamples` */
  setResamples(count: number): void;
}

export interface ProbesHost extends SelectedStepHost {
  probe<K extends ProbeKind>(kind: K, step: number, options: ProbeOptions, asked: AskOptions): Promise<ProbeAnswers[K]>;
}

/** Probes that are requested together, at a pace of their own: slow probes do not delay quick ones. */
interface Lane {
  readonly kinds: readonly ProbeKind[];
  /** The rows of these probes; null for the rows that the user has chosen. */
  readonly on: ProbeRows | null;
  /** Whether only the edge of stability, and not the open probes, needs them. */
  readonly edge: boolean;
}

/** All that an answer depends on. */
interface ProbeKey extends ProbeOptions {
  readonly step: number;
  /** For display during play only. */
  readonly quick: boolean;
}

/** A lane rests for this many times the time of its answer, which leaves the observer's time to the other questions. */
const restFactor = 2;

const unanswered = { along: null, resampled: null, extremes: null, spectrum: null, plane: null } as const;
const fields = {
  along: "along",
  resamples: "resampled",
  extremes: "extremes",
  spectrum: "spectrum",
  plane: "plane",
  edge: "edge",
} as const;

const openLanes: readonly Lane[] = [
  { kinds: ["along", "resamples"], on: null, edge: false },
  { kinds: ["extremes"], on: null, edge: false },
  { kinds: ["spectrum"], on: null, edge: false },
  { kinds: ["plane"], on: null, edge: false },
];
/** The edge of stability is defined for training on all rows. */
const edgeLane: Lane = { kinds: ["edge"], on: "full", edge: true };

/**
 * Keeps the probes of the selected step up to date while they are open: at most one request of a kind at a time, always
 * for the newest step, and with most of the observer's time left to other questions where answers are slow.
 */
export function createProbes(host: ProbesHost): StoreApi<ProbesState> {
  const selected = createSelectedStep(host);
  const [users, edgeUsers] = [new Users(), new Users()];
  const store = createStore<ProbesState>()((set) => ({
    ...unanswered,
    edge: null,
    open: false,
    on: "batch",
    resamples: 16,
    setOpen: (open) => set(open ? { open } : { open, ...unanswered }),
    use: () => users.add(),
    followEdge: () => edgeUsers.add(),
    setRows: (on) => set({ on }),
    setResamples: (count) => set({ resamples: Math.min(Math.max(1, Math.round(count)), maxResamples) }),
  }));

  const isWanted = ({ edge }: Lane) => (edge ? edgeUsers.any : store.getState().open && users.any);

  function pollerOf(lane: Lane): Poller<ProbeKey> {
    return new Poller<ProbeKey>({
      missing(answered) {
        const state = store.getState();
        const step = selected.step();
        if (!isWanted(lane) || step < 1) return null;
        const key = { step, quick: selected.isQuick(), on: lane.on ?? state.on, resamples: state.resamples };
        return answered && sameKey(lane, answered, key) ? null : key;
      },
      async request(key, signal) {
        const { step, quick, ...options } = key;
        const answers = await Promise.all(
          lane.kinds.map(async (kind) => [fields[kind], await host.probe(kind, step, options, { quick, signal })]),
        );
        return { key, publish: () => store.setState(Object.fromEntries(answers)) };
      },
      interval: selected.interval,
      rest: (ms) => restFactor * ms,
    });
  }

  const lanes = [...openLanes, edgeLane].map((lane) => ({ lane, poller: pollerOf(lane) }));

  store.subscribe(({ open, on, resamples }, previous) => {
    if (open === previous.open && on === previous.on && resamples === previous.resamples) return;
    for (const { lane, poller } of lanes) {
      if (isWanted(lane)) poller.retry();
      // Answers in progress when the probes are closed are not shown.
      else if (!open && !lane.edge) poller.invalidate();
    }
  });
  for (const { events } of [users, edgeUsers]) {
    events.on("wanted", () => {
      for (const { poller } of lanes) poller.poll();
    });
  }
  selected.events.on("invalidated", (cleared) => {
    for (const { poller } of lanes) poller.invalidate();
    if (cleared) store.setState({ ...unanswered, edge: null });
  });
  selected.events.on("changed", (jumped) => {
    for (const { poller } of lanes) {
      if (jumped) poller.overtake();
      poller.retry();
    }
  });
  return store;
}

/** Only resamples depend on the number of resamples. */
function sameKey({ kinds }: Lane, a: ProbeKey, b: ProbeKey): boolean {
  const same = a.step === b.step && a.quick === b.quick && a.on === b.on;
  return same && (a.resamples === b.resamples || !kinds.includes("resamples"));
}
