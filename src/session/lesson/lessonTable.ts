import type { Table } from "../../core/data/table";
import type { Lesson, Scene } from "../../core/lesson/lesson";
import { lackOf, strangerIn } from "../../core/lesson/lessonCsv";
import { isOnCsv } from "../../core/lesson/lessonFormat";
import type { Tables } from "../storage/tables";
import type { LessonHost } from "./lessonState";

/** The table that a scene is on, null where it is on none; or what it lacks, in a sentence. */
export type SceneTable = { readonly table: Table | null; readonly lack: null } | { readonly lack: string };

/** Where a lesson's scenes have their CSV from, and what is said of it. */
export function createLessonTable(tables: Pick<Tables, "own">, { notify }: Pick<LessonHost, "notify">) {
  /** What has been said of the table that scenes run on. */
  let told: string | null = null;
  return {
    /** Another lesson: nothing has been said in it. */
    begin(): void {
      told = null;
    },
    /** @param offered what it is to be on; else it is the one that is open here */
    async of(scene: Scene, { csv }: Lesson, offered?: Table): Promise<SceneTable> {
      if (!isOnCsv(scene)) return { table: null, lack: null };
      const table = offered ?? (await tables.own());
      const lack = lackOf(csv, table);
      return lack ? { lack } : { table, lack };
    },
    /** A scene runs on it: said once where the lesson names another file. */
    used(table: Table, { csv }: Lesson): void {
      const stranger = strangerIn(csv, table);
      if (stranger && stranger !== told) notify("info", stranger);
      told = stranger;
    },
  };
}
