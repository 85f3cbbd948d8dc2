import { createStore, type StoreApi } from "zustand/vanilla";
import { messageOf } from "../core/errors";
import type { Session } from "./session";

/** One step of the optimiser, in the order in which its numbers come about. */
export const slowPhases = ["batch", "gradient", "moments", "direction", "curvature", "alphaStar", "step"] as const;
export type SlowPhase = (typeof slowPhases)[number];

/** How long a phase stands while it moves on by itself, in ms. */
export const phaseMs = 2500;

/** One real step, walked through by its measured numbers. */
export interface SlowMotion {
  /** null: off. */
  readonly phase: SlowPhase | null;
  /** The step walked through. */
  readonly step: number;
  /** Whether it moves on by itself, up to the last phase. */
  readonly running: boolean;
  /** Takes one step and begins with its batch, moving on by itself where that is wanted. */
  start(running: boolean): Promise<void>;
  /** The next phase, by hand: from now on it waits; after the last phase, the next step. */
  next(): void;
  /** Moves on by itself again; after the last phase, with the next step. */
  resume(): void;
  pause(): void;
  leave(): void;
}

/** Slow motion of a session. Anything that moves the run away from the step ends it: play, a step, a reset, another run. */
export function createSlowMotion(
  session: Pick<Session, "store" | "view" | "pause" | "advance" | "notify">,
): StoreApi<SlowMotion> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stepping = false;

  const slow = createStore<SlowMotion>()((set, get) => {
    function show(phase: SlowPhase, running: boolean): void {
      clearTimeout(timer);
      const goesOn = running && phase !== slowPhases.at(-1);
      set({ phase, running: goesOn });
      if (goesOn) timer = setTimeout(() => show(after(phase) ?? phase, true), phaseMs);
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
        const next = after(get().phase);
        if (next) show(next, false);
        else void start(false);
      },
      resume() {
        const { phase } = get();
        if (phase && after(phase)) show(phase, true);
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

function after(phase: SlowPhase | null): SlowPhase | undefined {
  return phase === null ? undefined : slowPhases[slowPhases.indexOf(phase) + 1];
}
