import type { Lesson, Scene } from "../core/lesson";
import { isOnCsv, lackOf, strangerIn } from "../core/lessonCsv";
import type { Table } from "../core/table";
import type { Session } from "./session";
import type { Tables } from "./tables";

/** The table that a scene is on, null where it is on none; or what it lacks, in a sentence. */
export type SceneTable = { readonly table: Table | null; readonly lack: null } | { readonly lack: string };

/** Where a lesson's scenes have their CSV from, and what is said of it. */
export function createLessonTable(tables: Pick<Tables, "own">, { notify }: Pick<Session, "notify">) {
  /** Of which table it has been said that the lesson names another file. */
  let told: Table | null = null;
  return {
    async of(scene: Scene, { csv }: Lesson): Promise<SceneTable> {
      if (!isOnCsv(scene)) return { table: null, lack: null };
      const table = await tables.own();
      const lack = lackOf(csv, table);
      return lack ? { lack } : { table, lack };
    },
    /** A scene runs on it: said once where the lesson names another file. */
    used(table: Table, { csv }: Lesson): void {
      const stranger = table !== told && strangerIn(csv, table);
      if (stranger) notify("info", stranger);
      told = table;
    },
  };
}
