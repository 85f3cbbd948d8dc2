import type { Table } from "../../core/data/table";
import type { Lesson, Scene } from "../../core/lesson/lesson";
import { missingCsv, otherFileName } from "../../core/lesson/lessonCsv";
import { isOnCsv } from "../../core/lesson/lessonFormat";
import type { Tables } from "../storage/tables";
import type { LessonHost } from "./lessonState";

/** The table of a scene (null for a scene without a CSV), or a sentence that names the missing table. */
export type SceneTable = { readonly table: Table | null; readonly lack: null } | { readonly lack: string };

/** Finds the CSV tables of a lesson's scenes. */
export function createLessonTable(tables: Pick<Tables, "own">, { notify }: Pick<LessonHost, "notify">) {
  /** The last notice about a table of another name than the lesson's. */
  let reported: string | null = null;
  return {
    /** Another lesson was opened. */
    reset(): void {
      reported = null;
    },
    /** @param offered used in place of the table that is open in this browser */
    async tableFor(scene: Scene, { csv }: Lesson, offered?: Table): Promise<SceneTable> {
      if (!isOnCsv(scene)) return { table: null, lack: null };
      const table = offered ?? (await tables.own());
      const lack = missingCsv(csv, table);
      return lack ? { lack } : { table, lack };
    },
    /** Reports once that a scene runs on a table of another name than the lesson's. */
    reportOther(table: Table, { csv }: Lesson): void {
      const other = otherFileName(csv, table);
      if (other && other !== reported) notify("info", other);
      reported = other;
    },
  };
}
