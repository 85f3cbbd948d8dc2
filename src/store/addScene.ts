import { type Lesson, lessonLimits, type Scene } from "../core/lesson";
import { csvOf, isOnCsv, lackOf } from "../core/lessonCsv";
import type { Session } from "./session";

/** What a scene is made of. */
export type Staged = Pick<Session, "store" | "view" | "ghosts" | "table">;

/**
 * A lesson with the run as it stands, the chart and the runs pinned beside it as one scene more, at this place; a new lesson
 * where there is none. The scene's words are still to be written.
 * @throws Error that says why it cannot be a scene of this lesson
 */
export function withScene(session: Staged, own: Lesson | null, at: number): Lesson {
  const { title = "My lesson", scenes = [] } = own ?? {};
  const scene = sceneOf(session);
  const table = isOnCsv(scene) ? session.table() : null;
  const csv = own?.csv ?? csvOf(table);
  const lack = table && lackOf(csv, table);
  if (scenes.length >= lessonLimits.scenes) throw new Error(`A lesson has ${lessonLimits.scenes} scenes at most.`);
  if (lack) throw new Error(`A lesson has one CSV. ${lack}`);
  return { title, csv, scenes: scenes.toSpliced(at, 0, scene) };
}

function sceneOf({ store, view, ghosts }: Staged): Scene {
  const { recipe, speed } = store.getState();
  const { presentedChart: chart, span } = view.getState();
  return {
    title: "A scene",
    text: "What this run shows, in two or three sentences.",
    question: "What do you think happens next?",
    recipe,
    view: { chart, span, present: false, panel: null },
    beside: ghosts
      .getState()
      .ghosts.filter(({ kind }) => kind === "pinned")
      .map((ghost) => ghost.recipe),
    control: null,
    play: { at: 0, to: null, speed, paused: false },
  };
}
