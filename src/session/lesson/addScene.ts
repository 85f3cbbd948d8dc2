import type { Table } from "../../core/data/table";
import { messageOf } from "../../core/errors";
import type { Lesson, Scene } from "../../core/lesson/lesson";
import { csvOf, otherThan } from "../../core/lesson/lessonCsv";
import { lessonText } from "../../core/lesson/lessonText";
import { parseLesson } from "../../core/lesson/parseLesson";
import type { LessonHost } from "./lessonState";

/** What a scene is made of. */
export type Staged = Pick<LessonHost, "store" | "view" | "comparedRuns" | "table">;

/**
 * A lesson with the run as it stands, the chart and the runs pinned beside it as one scene more, at this place; a new lesson
 * where there is none. The scene's words are still to be written.
 * @throws Error that says why it cannot be a scene of this lesson
 */
export function withScene(session: Staged, own: Lesson | null, at: number): Lesson {
  const { title = "My lesson", scenes = [] } = own ?? {};
  const tables = csvTablesOf(session);
  const csv = own?.csv ?? tables.map(({ table }) => csvOf(table)).find((named) => named !== null) ?? null;
  for (const { table, of } of tables) {
    const other = otherThan(csv, table, of);
    if (other) throw new Error(other);
  }
  const longer = { title, csv, scenes: scenes.toSpliced(at, 0, sceneOf(session)) };
  // What the page writes it has to open again.
  try {
    parseLesson(JSON.parse(lessonText(longer)));
  } catch (error) {
    throw new Error(`The scene was not added: ${messageOf(error)}`);
  }
  return longer;
}

/** The CSVs that the run and those pinned beside it are on. */
function csvTablesOf({ store, table, comparedRuns }: Staged): { readonly table: Table; readonly of: string }[] {
  const { recipe } = store.getState();
  const pinned = pinnedIn(comparedRuns).map((comparedRun) => ({ ...comparedRun, of: "a pinned run" }));
  return [{ recipe, table: table(), of: "the run" }, ...pinned].flatMap(({ recipe, table, of }) =>
    recipe.dataset === "csv" && table ? [{ table, of }] : [],
  );
}

const pinnedIn = (comparedRuns: Staged["comparedRuns"]) =>
  comparedRuns.getState().comparedRuns.filter(({ kind }) => kind === "pinned");

function sceneOf({ store, view, comparedRuns }: Staged): Scene {
  const { recipe, speed } = store.getState();
  const { presentedChart: chart, span } = view.getState();
  return {
    title: "A scene",
    text: "What this run shows, in two or three sentences.",
    question: "What do you think happens next?",
    recipe,
    view: { chart, span, present: false, panel: null },
    beside: pinnedIn(comparedRuns).map((comparedRun) => comparedRun.recipe),
    control: null,
    play: { at: 0, to: null, speed, paused: false },
  };
}
