import type { StoreApi } from "zustand/vanilla";
import type { Table } from "../../core/data/table";
import type { Lesson, Scene } from "../../core/lesson/lesson";
import type { Recipe } from "../../core/recipe/recipe";
import type { ComparedRunsState } from "../compare/comparedRuns";
import type { PageView } from "../pageView";
import type { Notice, NoticeAction, RunState } from "../state";
import type { Tables } from "../storage/tables";
import type { findLesson, LessonSource } from "./findLesson";
import type { LessonPlace } from "./lessonPlace";

export interface LessonState {
  /** null while none is shown. */
  readonly lesson: Lesson | null;
  /** The scene that is shown, from 0. */
  readonly at: number;
  readonly scene: Scene | null;
  /** What the scene waits for, in a sentence: it is on a CSV that is not open here. null where it has begun. */
  readonly lack: string | null;
  /**
   * Opens a lesson from a file's content at its first scene, with a table that its scenes are to be on. Resolves when the scene
   * has begun, to whether it trains on the table. Rejects with what is the matter; a fault in the file leaves all as it was.
   */
  open(file: unknown, table?: Table): Promise<boolean>;
  /** Finds a lesson (of the page's own folder, or "" for the page's own) and opens it. Faults become notices. */
  find(source: LessonSource): Promise<void>;
  /** To a scene, which then begins: also to the one that is shown, again. */
  go(at: number): void;
  next(): void;
  previous(): void;
  /**
   * Adds the run as it stands, the chart and the runs pinned beside it as the scene after the one that is shown; to a
   * lesson of one's own, begun where there is none yet. Its texts are to be written.
   */
  add(): void;
  /** Leaves the lesson; its last scene's run stays. */
  close(): void;
}

/** The parts of the session that lessons use. */
export interface LessonHost {
  readonly store: Pick<StoreApi<RunState>, "getState">;
  readonly view: Pick<StoreApi<PageView>, "getState">;
  readonly comparedRuns: Pick<StoreApi<ComparedRunsState>, "getState">;
  /** The rows of the run where they are real data; else null. */
  table(): Table | null;
  /** Loads the run of a scene, with a table where its data come from a CSV. */
  loadScene(recipe: Recipe, table: Table | null): Promise<void>;
  /** Starts the current run over on a table, outside of any scene. */
  trainOn(table: Table): Promise<void>;
  advance(steps: number): Promise<void>;
  play(): void;
  pause(): void;
  runTo(step: number, speed?: number): void;
  setSpeed(stepsPerSecond: number): void;
  notify(kind: Notice["kind"], text: string, action?: NoticeAction): void;
}

export interface LessonOptions {
  readonly place: LessonPlace;
  readonly find?: typeof findLesson;
  /** Where the CSV that is open in this browser is kept. */
  readonly tables: Pick<Tables, "own" | "keep">;
  /** How the address opens the page: with this lesson (null: none is named), at this scene from 1, standing still. */
  readonly source: LessonSource | null;
  readonly scene: number | null;
  readonly paused: boolean;
}

export interface Lessons {
  readonly store: StoreApi<LessonState>;
  /** Opens what the address names. Resolves to whether that has become a lesson. */
  begin(): Promise<boolean>;
  /** As the session's, unless the lesson has scenes on a CSV: it is then theirs, and the one that is shown begins on it. */
  openTable(table: Table): Promise<boolean>;
}
