import { createStore, type StoreApi } from "zustand/vanilla";
import { messageOf } from "../core/errors";
import type { Session } from "./session";

/** The phases of one step of the optimiser, in the order of computation. */
export const slowPhases = ["batch", "gradient", "moments", "direction", "curvature", "alphaStar", "step"] as const;
export type SlowPhase = (typeof slowPhases)[number];

/** Time of a phase while slow motion runs, in ms. */
const phaseMs = 2500;

/** One step of the run, shown phase by phase with its measured numbers. */
export interface SlowMotion {
  /** null while slow motion is off. */
  readonly phase: SlowPhase | null;
  /** The step that is shown. */
  readonly step: number;
  /** Whether the phases advance by time, up to the last phase. */
  readonly running: boolean;
  /** Takes one step and shows its first phase. @param running whether the phases advance by time */
  start(running: boolean): Promise<void>;
  /** Shows the next phase, or the next step after the last phase, and pauses. */
  next(): void;
  /** Lets the phases advance by time again; after the last phase with the next step. */
  resume(): void;
  pause(): void;
  leave(): void;
}

/** Creates slow motion. It ends when the run leaves the step: by play, a step, a reset or another run. */
export function createSlowMotion(
  session: Pick<Session, "store" | "view" | "pause" | "advance" | "notify">,
): StoreApi<SlowMotion> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stepping = false;

  const slow = createStore<SlowMotion>()((set, get) => {
    function show(phase: SlowPhase, running: boolean): void {
      clearTimeout(timer);
      const continues = running && phase !== slowPhases.at(-1);
      set({ phase, running: continues });
      if (continues) timer = setTimeout(() => show(phaseAfter(phase) ?? phase, true), phaseMs);
    }

    async function start(running: boolean): Promise<void> {
      if (stepping) return;
      clearTimeout(timer);
      stepping = true;
      try {
        session.pause();
        session.view.getState().setCursor(null);
        await session.advance(1);
        set({ step: session.store.getState().step });
        show("batch", running);
      } catch (error) {
        get().leave();
        session.notify("error", messageOf(error));
      } finally {
        stepping = false;
      }
    }

    return {
      phase: null,
      step: 0,
      running: false,
      start,
      next() {
        const next = phaseAfter(get().phase);
        if (next) show(next, false);
        else void start(false);
      },
      resume() {
        const { phase } = get();
        if (phase && phaseAfter(phase)) show(phase, true);
        else void start(true);
      },
      pause() {
        clearTimeout(timer);
        set({ running: false });
      },
      leave() {
        clearTimeout(timer);
        set({ phase: null, running: false });
      },
    };
  });

  session.store.subscribe((run) => {
    const { phase, step, leave } = slow.getState();
    if (phase !== null && !stepping && (run.phase === "playing" || run.step !== step)) leave();
  });
  return slow;
}

function phaseAfter(phase: SlowPhase | null): SlowPhase | undefined {
  return phase === null ? undefined : slowPhases[slowPhases.indexOf(phase) + 1];
}
