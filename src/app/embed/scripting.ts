import type { RunFile } from "../../core/files/runFileSchema";
import { type Trace, traceOf } from "../../core/history/trace";
import type { Recipe } from "../../core/recipe/recipe";
import { type TextKind, textOf } from "../../export/texts";
import type { Session } from "../../session/session";

/** `window.alphascope`: the page's run, for the console, for a slide that embeds the page, for tests. */
export interface Alphascope {
  readonly version: string;
  /** Resolves when the engine is up and the recipe loaded; rejects with what is missing. */
  readonly ready: Promise<void>;
  /**
   * A recipe, whose missing keys take their defaults, or a run file; then paused at step 0. Rejects with a message that
   * names the fault; the run before it is then untouched.
   */
  load(recipeOrRunFile: unknown): Promise<void>;
  /** As if the sliders had been moved now: becomes an edit when the run has begun. */
  set(settings: unknown): Promise<void>;
  /** Exactly this many more steps, measured and in the history when it resolves. */
  advance(steps: number): Promise<void>;
  play(): void;
  pause(): void;
  /** Back, or on, to a step of this run. */
  seek(step: number): Promise<void>;
  /** Step 0 of the same recipe, paused; its edits will be replayed at their steps. */
  reset(): Promise<void>;
  status(): Status;
  recipe(): Recipe;
  trace(): Trace;
  /** d itself, by tensor, at the latest step if none is named. */
  direction(step?: number): { name: string; shape: number[]; values: number[] }[];
  runFile(): RunFile;
  /** The run as a text: its trace as CSV, its run file, or a PyTorch notebook. Throws a message that names any other kind. */
  export(kind: TextKind): string;
}

export interface Status {
  /** What trains; the CPU as long as no engine is up. */
  engine: "webgl" | "cpu";
  renderer: string;
  step: number;
  /** Epochs done, with the fraction of the one under way. */
  epoch: number;
  stepsPerSecond: number;
  playing: boolean;
  /** starting, paused, playing, diverged or failed. */
  state: string;
}

declare global {
  interface Window {
    alphascope: Alphascope;
  }
}

/** The scripting interface to a session. */
export function scriptingOf(session: Session): Alphascope {
  const { ready, load, set, advance, play, pause, seek, reset, direction, runFile } = session;
  return {
    version: __APP_VERSION__,
    ready,
    load,
    set,
    advance,
    play,
    pause,
    seek,
    reset,
    status() {
      const { engine, epoch, stepsPerSecond, phase } = session.store.getState();
      return {
        engine: engine?.kind ?? "cpu",
        renderer: engine?.renderer ?? "",
        step: session.history().length,
        epoch,
        stepsPerSecond,
        playing: phase === "playing",
        state: phase,
      };
    },
    recipe: () => structuredClone(session.store.getState().recipe),
    trace: () => traceOf(session.history()),
    direction,
    runFile,
    export: (kind) => textOf(kind, session.runSoFar()),
  };
}

/** Puts the scripting interface where scripts look for it. */
export function installScripting(session: Session): Alphascope {
  window.alphascope = scriptingOf(session);
  return window.alphascope;
}
