import type { StoreApi } from "zustand/vanilla";
import type { Table } from "../core/data/table";
import type { Case } from "../core/files/case";
import type { RunFile, RunSoFar } from "../core/files/runfile";
import type { History } from "../core/history/history";
import type { LiveSettings, Recipe, Settings } from "../core/recipe/recipe";
import type { Stair } from "../core/schedule/stairs";
import type { Inspection } from "../engine/inspect/inspector";
import type { EngineReport } from "../worker/api";
import type { ComparedRunsState } from "./compare/comparedRuns";
import type { LessonState } from "./lesson/lessonState";
import type { EdgeState } from "./observe/edge";
import type { EvaluationState } from "./observe/evaluation";
import type { InspectionState } from "./observe/inspection";
import type { ProbesState } from "./observe/probes";
import type { PageView } from "./pageView";

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
  readonly known: number;
  /** Whether there is an edit to take back, or one taken back to make again. */
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly notices: readonly Notice[];
  /** Grows whenever `history` has changed: what charts subscribe to. */
  readonly historyVersion: number;
}

/** The run and everything one can do to it; `window.alphascope` and the page's controls call the same functions. */
export interface Session {
  readonly store: StoreApi<RunState>;
  /** What the reader looks at: cursor, zoom, what is picked. */
  readonly view: StoreApi<PageView>;
  /** Runs drawn beside this one. */
  readonly comparedRuns: StoreApi<ComparedRunsState>;
  /** The lesson that is shown, if one is, and its scenes. */
  readonly lesson: StoreApi<LessonState>;
  /** Every measured step. The object is replaced when a run is loaded. */
  history(): History;
  /** Resolves when the engine is up and the recipe loaded. */
  readonly ready: Promise<void>;
  load(recipeOrRunFile: unknown): Promise<void>;
  set(settings: unknown): Promise<void>;
  /** Follows a hand on a slider: shown at once, in force when the hand rests or `settle` says that it has let go. */
  move(settings: unknown): Promise<void>;
  settle(): void;
  /** Sends the learning rate along stairs from the next step on, as edits that are taken back as one. Plays on. */
  schedule(stairs: readonly Stair[]): Promise<void>;
  /** Takes back the last edit: from just before it, the run goes on as if it had not been made. */
  undo(): Promise<void>;
  redo(): Promise<void>;
  /** A change that needs a restart (seed, data, network): the same recipe with these settings, from step 0, sliders as they stand. */
  restart(settings: Partial<Settings>): Promise<void>;
  /**
   * A table of the user's own: the same recipe on its rows, from step 0, sliders as they stand; in a lesson on a CSV the scene
   * that is shown, on them. It never leaves the browser. Resolves to whether it is trained on, and not only kept for the lesson's
   * other scenes. Rejects with what is the matter; all then stays as it was.
   */
  openTable(table: Table): Promise<boolean>;
  /** The rows that are trained on, where they are real data. */
  table(): Table | null;
  advance(steps: number): Promise<void>;
  play(): void;
  pause(): void;
  setSpeed(stepsPerSecond: number): void;
  /** To this step, and pauses there: at once where it is known, else at full speed unless told otherwise. */
  runTo(step: number, speed?: number): void;
  /** Step 0 of the same recipe, paused; its edits will be replayed at their steps. */
  reset(): Promise<void>;
  /** Step 0 with the sliders as they stand, edits folded in; paused. */
  startOver(): Promise<void>;
  seek(step: number): Promise<void>;
  /** Follows a hand on the time line, as quickly as steps come back: to steps that are known. Pauses. Resolves
   *  when the newest of them is there. */
  scrub(step: number): Promise<void>;
  /** A step back from where the hand is: presses that come faster than steps all count. */
  back(): Promise<void>;
  /** The address of this run: its recipe, edits included, and the page as it is for everyone. */
  link(): string;
  /** The inside of the step that is looked at, kept up to date while someone subscribes. */
  readonly inspection: StoreApi<InspectionState>;
  /** Questions about the step that is looked at, asked while they are open. */
  readonly probes: StoreApi<ProbesState>;
  /** What the probes have found of the run's largest eigenvalues, step by step. */
  readonly edge: StoreApi<EdgeState>;
  /** Loss and accuracy on all rows and on those held out, kept up to date while someone subscribes. */
  readonly evaluation: StoreApi<EvaluationState>;
  /** What happened inside a step, whichever is looked at. */
  inspect(step: number): Promise<Inspection>;
  direction(step?: number): { name: string; shape: number[]; values: number[] }[];
  /** The run as it stands, for what is exported. Synchronous, and good until the run goes on.
   *  @throws Error where no run has been loaded */
  runSoFar(): RunSoFar;
  /** The run so far as a run file. Synchronous: the page holds the last checkpoint. */
  runFile(): RunFile;
  notify(kind: Notice["kind"], text: string, action?: NoticeAction): void;
  dismiss(id: number): void;
}
