import type { Case } from "../core/files/case";
import type { LiveSettings, Recipe } from "../core/recipe/recipe";
import type { EngineReport } from "../worker/api";

/** `starting`: no engine yet. `failed`: the engine is gone and its message is among the notices. */
export type Phase = "starting" | "paused" | "playing" | "diverged" | "failed";

/** What a notice offers to do, by a button; taking it dismisses the notice. */
export interface NoticeAction {
  readonly label: string;
  run(): void;
}

export interface Notice {
  readonly id: number;
  readonly kind: "error" | "info";
  readonly text: string;
  readonly action?: NoticeAction;
}

/** What the page's chrome shows. Changes at human rates only; measurements live in `History`. */
export interface RunState {
  readonly phase: Phase;
  /** The run's recipe, its edits so far included. */
  readonly recipe: Recipe;
  /** A file's own data, parameters or orders that it starts from: then the recipe alone is not the run. */
  readonly case: Case | null;
  /** Whether it starts from data of the user's own, which no link can carry. */
  readonly fromFile: boolean;
  /** The live settings in force at the next step: what the sliders show. */
  readonly settings: LiveSettings;
  readonly engine: EngineReport | null;
  /** Steps taken. Updated at most once a frame. */
  readonly step: number;
  /** Epochs done, with the fraction of the one under way. */
  readonly epoch: number;
  /** Measured over the last second or so. */
  readonly stepsPerSecond: number;
  /** Steps a second to play at; Infinity is as fast as possible. */
  readonly speed: number;
  /** A run to a step under way: where it began and where it ends. */
  readonly goal: { readonly from: number; readonly to: number } | null;
  /** The step at which training diverged. */
  readonly divergedAt: number | null;
  /** The last step ever measured of this run: beyond `step` where it has gone back. */
  readonly measuredSteps: number;
  /** Whether there is an edit to take back, or one taken back to make again. */
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly notices: readonly Notice[];
  /** Grows whenever `history` has changed: what charts subscribe to. */
  readonly historyVersion: number;
}
