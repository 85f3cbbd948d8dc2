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
} from "../../engine/inspect/probes";
import { createLookedAt, type LookedAt } from "./selectedStep";

/** The latest answers, each of the step it names; null before the first, where there is none, and while no one asks. */
export interface ProbesState extends ProbeOptions {
  /** Whether someone looks: only then is anything asked. */
  readonly open: boolean;
  readonly along: AlongProbe | null;
  readonly resampled: ResamplesProbe | null;
  readonly extremes: ExtremesProbe | null;
  readonly spectrum: SpectrumProbe | null;
  /** On all rows, while it is followed. */
  readonly edge: EdgeProbe | null;
  setOpen(open: boolean): void;
  /** Asks for `edge`, open or not, for a picture of the run's way to the edge of stability; what it returns ends that. */
  followEdge(): () => void;
  setRows(on: ProbeRows): void;
  /** Other minibatches, 1 to 64. */
  setResamples(count: number): void;
}

/** What is needed of the run. */
export interface Probeable extends LookedAt {
  probe<K extends ProbeKind>(kind: K, step: number, options: ProbeOptions, quick: boolean): Promise<ProbeAnswers[K]>;
}

/** A question, or two that are asked together, with a pace of its own: a slow one must not make the others slow. */
interface Lane {
  readonly kinds: readonly ProbeKind[];
  /** The rows that it is always of; null for those chosen. */
  readonly on: ProbeRows | null;
  busy: boolean;
  /** What it has been answered for, as the run now is. */
  done: string | null;
  notBefore: number;
}

const laneOf = (kinds: readonly ProbeKind[], on: ProbeRows | null = null): Lane => ({
  kinds,
  on,
  busy: false,
  done: null,
  notBefore: 0,
});

/** An answer that takes no longer than this, in ms, has mostly waited for the run's own requests. */
const waiting = 100;
/** So many times as long as an answer took beyond that a lane waits for its next: all of them leave the run its time. */
const patience = 3;

const unasked = { along: null, resampled: null, extremes: null, spectrum: null } as const;
const places = {
  along: "along",
  resamples: "resampled",
  extremes: "extremes",
  spectrum: "spectrum",
  edge: "edge",
} as const;

/**
 * Keeps the probes of the step that is looked at up to date while they are open: never more than one request of a kind
 * under way, the newest step wins, and where answers are slow the run keeps most of the worker's time.
 */
export function createProbes(run: Probeable): StoreApi<ProbesState> {
  const opened = [laneOf(["along", "resamples"]), laneOf(["extremes"]), laneOf(["spectrum"])];
  // Training on all rows has an edge to come to: whatever the run's batches are, these are what it is measured on.
  const followed = laneOf(["edge"], "full");
  /** Pictures of it that are in sight. */
  let followers = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;
  /** A request that failed is put again only when something has changed. */
  let failed = false;

  const store = createStore<ProbesState>()((set) => ({
    ...unasked,
    edge: null,
    open: false,
    on: "batch",
    resamples: 16,
    setOpen(open) {
      if (!open) drop();
      set(open ? { open } : { open, ...unasked });
      changed();
    },
    followEdge() {
      followers++;
      changed();
      return () => {
        followers--;
        if (followers > 0) return;
        drop();
        set({ edge: null });
        changed();
      };
    },
    setRows(on) {
      set({ on });
      changed();
    },
    setResamples(count) {
      set({ resamples: Math.min(Math.max(1, Math.round(count)), maxResamples) });
      changed();
    },
  }));

  const looked = createLookedAt(run, {
    gone(all) {
      forget();
      if (all) store.setState({ ...unasked, edge: null });
    },
    changed,
  });

  function forget(): void {
    for (const lane of [...opened, followed]) lane.done = null;
  }

  function drop(): void {
    looked.drop();
    forget();
  }

  function optionsOf(lane: Lane): ProbeOptions {
    const { on, resamples } = store.getState();
    return { on: lane.on ?? on, resamples };
  }

  /** All that an answer depends on. */
  function keyOf(lane: Lane, step: number): string {
    const { on, resamples } = optionsOf(lane);
    return [step, looked.gliding(), on, lane.kinds.includes("resamples") ? resamples : 0].join();
  }

  /** Something may have changed: asks for what is missing, now or as soon as it may. */
  function look(): void {
    const wanted = [...(store.getState().open ? opened : []), ...(followers > 0 ? [followed] : [])];
    if (wanted.length === 0 || failed) return;
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const step = looked.step();
    if (step < 1) return;
    const missing = wanted.filter((lane) => !lane.busy && lane.done !== keyOf(lane, step));
    const now = performance.now();
    for (const lane of missing.filter(({ notBefore }) => notBefore <= now)) void ask(lane, step);
    const later = missing.map(({ notBefore }) => notBefore).filter((time) => time > now);
    if (later.length > 0) timer = setTimeout(look, Math.min(...later) - now);
  }

  async function ask(lane: Lane, step: number): Promise<void> {
    lane.busy = true;
    const [began, current, key, quick] = [performance.now(), looked.asking(), keyOf(lane, step), looked.gliding()];
    const options = optionsOf(lane);
    try {
      const answers = await Promise.all(
        lane.kinds.map(async (kind) => [places[kind], await run.probe(kind, step, options, quick)]),
      );
      if (current()) {
        lane.done = key;
        store.setState(Object.fromEntries(answers));
      }
    } catch {
      // The run itself tells the user of whatever is the matter with the worker.
      failed = current();
    }
    lane.busy = false;
    const took = performance.now() - began;
    lane.notBefore = began + Math.max(looked.leastInterval(), took + patience * Math.max(0, took - waiting));
    look();
  }

  function changed(): void {
    failed = false;
    look();
  }

  return store;
}
