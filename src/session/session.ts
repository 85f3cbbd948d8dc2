import type { StoreApi } from "zustand/vanilla";
import type { Table } from "../core/data/table";
import type { RunFile, RunSoFar } from "../core/files/runfile";
import type { History } from "../core/history/history";
import type { Settings } from "../core/recipe/recipe";
import type { Piece } from "../core/schedule/piecewise";
import type { Inspection } from "../engine/inspect/inspector";
import type { ComparedRunsState } from "./compare/comparedRuns";
import type { LessonState } from "./lesson/lessonState";
import type { EdgeState } from "./observe/edge";
import type { EvaluationState } from "./observe/evaluation";
import type { InspectionState } from "./observe/inspection";
import type { ProbesState } from "./observe/probes";
import type { PageView } from "./pageView";
import type { Notice, NoticeAction, RunState } from "./state";

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
  /** Sends the learning rate along pieces from the next step on, as edits that are taken back as one. Plays on. */
  schedule(pieces: readonly Piece[]): Promise<void>;
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
