import type { RunFile } from "../../core/files/runFileSchema";
import { type Trace, traceOf } from "../../core/history/trace";
import type { Recipe } from "../../core/recipe/recipe";
import { type TextKind, textOf } from "../../export/texts";
import { measuredNotebook } from "../../session/notebook";
import type { Session } from "../../session/session";

/** `window.alphascope`: the interface for the browser console, for slides that embed the page, and for tests. */
export interface Alphascope {
  readonly version: string;
  /** Resolves when the engine runs, the recipe is loaded and the page is drawn; rejects where no engine can run. */
  readonly ready: Promise<void>;
  /**
   * Loads a recipe, whose missing keys take their defaults, or a run file; then paused at step 0. Rejects with a message that
   * names the fault; the previous run is then unchanged.
   */
  load(recipeOrRunFile: unknown): Promise<void>;
  /** Sets live settings as the sliders do; an edit once the run has begun. */
  set(settings: unknown): Promise<void>;
  /** Takes exactly this many more steps. Resolves when they are measured and in the history. */
  advance(steps: number): Promise<void>;
  play(): void;
  pause(): void;
  /** Goes to an earlier or later step of this run. */
  seek(step: number): Promise<void>;
  /**
   * Pauses play once, at the first step that meets the condition: `{when: "ratio" | "loss", above | below: x}` or
   * `{when: "verdict", is: "behind"}`. null removes it. Steps of `advance` and `seek` are not tested.
   */
  stopWhen(condition: unknown): Promise<void>;
  /** Step 0 of the same recipe; paused. Its edits are replayed at their steps. */
  reset(): Promise<void>;
  status(): Status;
  recipe(): Recipe;
  trace(): Trace;
  /** d by tensor, of the latest step by default. */
  direction(step?: number): { name: string; shape: number[]; values: number[] }[];
  runFile(): RunFile;
  /** The run as text: its trace as CSV, its run file, or a PyTorch notebook without probes. @throws Error for an unknown kind */
  export(kind: TextKind): string;
  /** The PyTorch notebook of the Export menu, with probes and scores that are measured for it. */
  notebook(): Promise<string>;
}

interface Status {
  /** The engine; "cpu" until an engine runs. */
  engine: "webgl" | "cpu";
  renderer: string;
  step: number;
  /** Epochs, with the fraction of the present epoch. */
  epoch: number;
  stepsPerSecond: number;
  playing: boolean;
  /** The phase: starting, paused, playing, diverged or failed. */
  state: string;
}

declare global {
  interface Window {
    alphascope: Alphascope;
  }
}

/** The scripting interface of a session. */
export function scriptingOf(session: Session): Alphascope {
  const { ready, load, set, advance, play, pause, seek, stopWhen, reset, direction, runFile } = session;
  return {
    version: __APP_VERSION__,
    ready,
    load,
    set,
    advance,
    play,
    pause,
    seek,
    stopWhen,
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
    notebook: () => measuredNotebook(session),
    export: (kind) => textOf(kind, session.runSoFar()),
  };
}
