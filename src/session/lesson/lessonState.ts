import type { StoreApi } from "zustand/vanilla";
import type { Table } from "../../core/data/table";
import type { Lesson, Scene } from "../../core/lesson/lesson";
import type { Recipe } from "../../core/recipe/recipe";
import type { ComparedRunsState } from "../compare/comparedRuns";
import type { Notice, NoticeOptions, RunState } from "../state";
import type { Tables } from "../storage/tables";
import type { PageView } from "../view/pageView";
import type { findLesson, LessonSource } from "./findLesson";
import type { LessonPlace } from "./lessonPlace";

export interface LessonState {
  /** null while no lesson is open. */
  readonly lesson: Lesson | null;
  /** Index of the present scene, from 0. */
  readonly at: number;
  readonly scene: Scene | null;
  /** Why the scene has not begun, as a sentence: its CSV is not open in this browser. null otherwise. */
  readonly lack: string | null;
  /** Where the lesson comes from; `file`: a file that the user opened, or scenes added on the page. */
  readonly source: LessonSource | "file";
  /** The part of the lesson that the address names: the lesson has its scenes only. null: it has all scenes. */
  readonly part: string | null;
  /** Whether scenes were added that no file contains. */
  readonly unsaved: boolean;
  /**
   * Opens a lesson file at its first scene. Rejects with `InputError` for a fault in the file; the page is then unchanged.
   *
   * @param table the table for its scenes on a CSV
   * @returns whether the scene trains on the table, once it has begun
   */
  open(file: unknown, table?: Table): Promise<boolean>;
  /** Opens the lesson of a source at its first scene. Faults become notices. */
  find(source: LessonSource): Promise<void>;
  /** Begins a scene; the present scene begins again. */
  go(at: number): void;
  next(): void;
  previous(): void;
  /** Adds the run, the chart and the pinned runs as the next scene of the user's own lesson; begins one where none is open. */
  add(): Promise<void>;
  /** Closes the lesson; the run of its last scene stays. */
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
  stopWhen(condition: unknown): Promise<void>;
  notify(kind: Notice["kind"], text: string, options?: NoticeOptions): void;
}

export interface LessonOptions {
  readonly place: LessonPlace;
  readonly find?: typeof findLesson;
  /** Holds the CSV that is open in this browser. */
  readonly tables: Pick<Tables, "own" | "keep">;
  /** The lesson that the address names; null where it names none. */
  readonly source: LessonSource | null;
  /** The part that the address names; null where it names none. */
  readonly part: string | null;
  /** The scene that the address names, from 1; null where it names none. */
  readonly scene: number | null;
  /** Whether the first scene begins paused. */
  readonly paused: boolean;
}

export interface Lessons {
  readonly store: StoreApi<LessonState>;
  /** Opens the lesson that the address names, or that the tab has kept. @returns whether a lesson is open */
  begin(): Promise<boolean>;
  /** See `Session.openTable`. */
  openTable(table: Table): Promise<boolean>;
}
