import { fetchPart } from "../../core/async/fetchPart";
import type { Table } from "../../core/data/table";
import { messageOf } from "../../core/errors";
import type { Lesson, Scene } from "../../core/lesson/lesson";
import { csvMismatch, csvOf } from "../../core/lesson/lessonCsv";
import { lessonText } from "../../core/lesson/lessonText";
import type { LessonHost } from "./lessonState";

/** The parts of the session that a scene is made of. */
export type SceneSource = Pick<LessonHost, "store" | "view" | "comparedRuns" | "table">;

/**
 * A lesson with one more scene, made of the recipe of the run, the chart and the pinned runs. Its texts are placeholders.
 *
 * @param own the lesson to extend; null begins a new lesson
 * @param at the index of the new scene
 * @throws Error where the run cannot be a scene of this lesson
 */
export async function withScene(session: SceneSource, own: Lesson | null, at: number): Promise<Lesson> {
  const { title = "My lesson", scenes = [] } = own ?? {};
  const tables = csvTablesOf(session);
  const csv = own?.csv ?? tables.map(({ table }) => csvOf(table)).find((named) => named !== null) ?? null;
  for (const { table, of } of tables) {
    const other = csvMismatch(csv, table, of);
    if (other) throw new Error(other);
  }
  const extended = { title, csv, scenes: scenes.toSpliced(at, 0, sceneOf(session)) };
  // A lesson that the page writes must be one that the page opens.
  const { parseLesson } = await fetchPart("The reader of lessons", () => import("../../core/lesson/parseLesson"));
  try {
    parseLesson(JSON.parse(lessonText(extended)));
  } catch (error) {
    throw new Error(`The scene was not added: ${messageOf(error)}`);
  }
  return extended;
}

/** The CSV tables of the run and of the pinned runs. */
function csvTablesOf({ store, table, comparedRuns }: SceneSource): { readonly table: Table; readonly of: string }[] {
  const { recipe } = store.getState();
  const pinned = pinnedIn(comparedRuns).map((comparedRun) => ({ ...comparedRun, of: "a pinned run" }));
  return [{ recipe, table: table(), of: "the run" }, ...pinned].flatMap(({ recipe, table, of }) =>
    recipe.dataset === "csv" && table ? [{ table, of }] : [],
  );
}

const pinnedIn = (comparedRuns: SceneSource["comparedRuns"]) =>
  comparedRuns.getState().comparedRuns.filter(({ kind }) => kind === "pinned");

function sceneOf({ store, view, comparedRuns }: SceneSource): Scene {
  const { recipe, speed, stopWhen } = store.getState();
  const { presentedChart: chart, span } = view.getState();
  return {
    title: "A scene",
    part: null,
    text: "Describe this run in two or three sentences.",
    question: "What do you think happens next?",
    recipe,
    view: { chart, span, present: false, panel: null },
    beside: pinnedIn(comparedRuns).map((comparedRun) => comparedRun.recipe),
    control: null,
    experiment: null,
    stopWhen,
    play: { at: 0, to: null, speed, paused: false },
  };
}
