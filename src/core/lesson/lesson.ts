import type { Recipe, Settings } from "../recipe/recipe";
import type { LessonCsv } from "./lessonCsv";

/**
 * The charts that a scene, a room or a slide can show. `edge`, the edge of stability, has no place of its own on the page: a
 * scene's takes α*'s, and the probes have one on the rows that they are of.
 */
export const sceneCharts = ["slice", "alpha", "loss", "norms", "slope", "ratio", "edge"] as const;
export type SceneChart = (typeof sceneCharts)[number];

/** What a scene can show besides: `lateDirection`, d as the notebook read it, one step late. */
export const scenePanels = ["lateDirection"] as const;
export type ScenePanel = (typeof scenePanels)[number];

/** How a scene looks at its run. What is null stays as the lecturer has it. */
export interface SceneView {
  readonly chart: SceneChart | null;
  /** The time axes follow the whole run, or its last so many steps. */
  readonly span: "run" | number;
  /** Begins to present; leaving that is the lecturer's. */
  readonly present: boolean;
  readonly panel: ScenePanel | null;
}

/** How a scene's run begins. */
export interface SceneStart {
  /** The step that it goes to first. */
  readonly at: number;
  /** The step at which it pauses; null plays on. */
  readonly to: number | null;
  /** Steps a second; Infinity is as fast as possible. */
  readonly speed: number;
  /** Stands still until someone plays it. */
  readonly paused: boolean;
}

export interface Scene {
  readonly title: string;
  /** Two or three sentences. */
  readonly text: string;
  /** To the room; empty where there is none. */
  readonly question: string;
  readonly recipe: Recipe;
  readonly view: SceneView;
  /** Runs trained in step with the scene's own. */
  readonly beside: readonly Recipe[];
  /** The setting to move. */
  readonly control: keyof Settings | null;
  readonly play: SceneStart;
}

/** What a lecturer shows, scene by scene: a file that anyone can write. */
export interface Lesson {
  readonly title: string;
  /** The CSV that its scenes with the data set `csv` are on; null where any will do. */
  readonly csv: LessonCsv | null;
  readonly scenes: readonly Scene[];
}

/** Texts at most so long that they stay beside the page, in characters, and as many scenes as an evening holds. */
export const lessonLimits = {
  scenes: 100,
  title: 60,
  text: 400,
  question: 160,
  /** Names of a file and of a column. */
  file: 80,
  target: 400,
  /** As many runs as can be told apart. */
  beside: 4,
  /** The last step that a scene goes to before anyone sees it. */
  at: 20_000,
  speed: 100_000,
  /** Of a lesson's file, in bytes. */
  bytes: 2 ** 20,
} as const;
