import { createStore } from "zustand/vanilla";
import type { Columns } from "../../core/csv/columnTypes";
import type { Table } from "../../core/data/table";
import { messageOf } from "../../core/errors";
import { type LessonCsv, targetIn } from "../../core/lesson/lessonCsv";
import { shortName } from "../../core/lesson/shortName";
import { tableSentence } from "../../kit/text/tableSentence";
import type { Session } from "../../session/session";

/** Larger CSVs are refused unread, in bytes: a page reads one this large in about a second. */
export const maxCsvBytes = 32 * 2 ** 20;

export type CsvSource = Pick<File, "name" | "size" | "arrayBuffer">;

/** A CSV that has been read, and waits for its target to be picked. */
export interface OpenedCsv extends Columns {
  readonly name: string;
  /** What is then done with its table; the session's own `openTable` unless something else is waiting for it. */
  readonly open?: Session["openTable"];
}

/** The CSV whose target is being picked. */
export const openedCsv = createStore<{ readonly csv: OpenedCsv | null }>()(() => ({ csv: null }));

/** Whether a file is to be read as a table: by its name, since browsers disagree about the type. */
export const isCsv = ({ name }: { readonly name: string }): boolean => /\.(csv|tsv|tab|txt)$/i.test(name);

/**
 * Reads a CSV in the browser; nothing is sent anywhere.
 * @throws Error whose message names the file and, where the fault is in it, row and column
 */
export async function readCsvFile(file: CsvSource): Promise<OpenedCsv> {
  const name = shortName(file.name);
  try {
    if (file.size > maxCsvBytes) {
      throw new Error(
        `found ${Math.ceil(file.size / 2 ** 20)} MB; allowed: CSV files of at most ${maxCsvBytes / 2 ** 20} MB`,
      );
    }
    const bytes = await file.arrayBuffer().catch(() => {
      throw new Error("the browser cannot read it");
    });
    const { columnsOf, decodeText } = await import("../../core/csv/csv");
    return { ...columnsOf(decodeText(new Uint8Array(bytes))), name };
  } catch (error) {
    throw new Error(`${name}: ${messageOf(error)}`);
  }
}

/**
 * The table that a lesson names, of an opened CSV.
 * @throws Error whose message names the file and the fault
 */
export async function tableIn(csv: OpenedCsv, named: LessonCsv): Promise<Table> {
  const { name } = csv;
  try {
    const { tableOf } = await import("../../core/csv/csv");
    return tableOf(name, csv, targetIn(csv, named));
  } catch (error) {
    throw new Error(`${name}: ${messageOf(error)}`);
  }
}

/**
 * Trains on an opened CSV: the same recipe on its rows, from step 0; in a lesson on a CSV, the scene that is shown.
 * @throws Error where the column cannot be learned so; the run before it is then untouched
 */
export async function trainOn(
  session: Session,
  { name, open = session.openTable, ...columns }: OpenedCsv,
  column: number,
  as: "number" | "class",
): Promise<void> {
  const { tableOf } = await import("../../core/csv/csv");
  const table = tableOf(name, columns, { column, as });
  sayOpened(session, table, await open(table));
}

/** Says that a table has been opened, and what is done with it. */
export function sayOpened(session: Pick<Session, "notify">, table: Table, trains: boolean): void {
  const use = trains ? tableSentence(table) : "It is kept for the lesson’s scenes on it.";
  session.notify("info", [`Opened ${table.name}, which stays in this browser.`, use, ...table.notes].join(" "));
}
