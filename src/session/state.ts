import type { Case } from "../core/files/case";
import type { Recording } from "../core/files/recording";
import type { StopCondition } from "../core/history/stopCondition";
import type { LiveSettings, Recipe } from "../core/recipe/recipe";
import type { EngineReport } from "../worker/api";

/** `starting`: no engine yet. `failed`: the engine has failed, and a notice gives the reason. */
export type Phase = "starting" | "paused" | "playing" | "diverged" | "failed";

/** The button of a notice; pressing it dismisses the notice. */
interface NoticeAction {
  readonly label: string;
  run(): void;
}

export interface NoticeOptions {
  readonly action?: NoticeAction;
  /** The event, where the text differs from one time to the next: a notice replaces the last one of its event. The text by default. */
  readonly about?: string;
}

export interface Notice extends NoticeOptions {
  readonly id: number;
  readonly kind: "error" | "info";
  readonly text: string;
  readonly about: string;
}

/** The state of the run without its measurements, which are in `History`. Published at most once a frame. */
export interface RunState {
  readonly phase: Phase;
  /** The run's recipe, its edits so far included. */
  readonly recipe: Recipe;
  /** The case of a run file whose data, parameters or row order the recipe does not generate; else null. */
  readonly case: Case | null;
  /** The file whose data the run uses, which a link cannot contain; null where the recipe is sufficient. */
  readonly file: string | null;
  /** The measurements of a recorded run, which has no data and no network; null for every other run. */
  readonly recording: Recording | null;
  /** The live settings that sliders show: in force at the next step, or being moved. */
  readonly settings: LiveSettings;
  readonly engine: EngineReport | null;
  /** Steps taken. */
  readonly step: number;
  /** Epochs, with the fraction of the present epoch. */
  readonly epoch: number;
  /** Measured over the last second; 0 while paused. */
  readonly stepsPerSecond: number;
  /** The chosen steps a second; Infinity is as fast as possible. */
  readonly speed: number;
  /** The range of steps of play to a step; null in other play and while paused. */
  readonly goal: { readonly from: number; readonly to: number } | null;
  /** Pauses play at the first step that meets it, and is then null. */
  readonly stopWhen: StopCondition | null;
  /** The step at which training diverged; null where it has not. */
  readonly divergedAt: number | null;
  /** The last measured step; after `step` where the run has gone back. */
  readonly measuredSteps: number;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly notices: readonly Notice[];
  /** Grows whenever `history` has changed. */
  readonly historyVersion: number;
}
