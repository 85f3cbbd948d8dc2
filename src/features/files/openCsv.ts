import { createStore } from "zustand/vanilla";
import type { Columns } from "../../core/csv/columnTypes";
import type { Table } from "../../core/data/table";
import { InputError, messageOf } from "../../core/errors";
import type { LessonCsv } from "../../core/lesson/lesson";
import { targetIn } from "../../core/lesson/lessonCsv";
import { shortName } from "../../core/lesson/shortName";
import { tableSentence } from "../../kit/text/tableSentence";
import type { Session } from "../../session/session";

/** The largest CSV file that is read, in bytes: reading it takes about a second. */
const maxCsvBytes = 32 * 2 ** 20;

export type CsvSource = Pick<File, "name" | "size" | "arrayBuffer">;

/** A CSV file that has been read and has no target column yet. */
export interface OpenedCsv extends Columns {
  readonly name: string;
  /** Receives the table when the target has been selected; the session's `openTable` if absent. */
  readonly open?: Session["openTable"];
}

/** The CSV file whose target column the user selects; null without one. */
export const openedCsv = createStore<{ readonly csv: OpenedCsv | null }>()(() => ({ csv: null }));

/** Whether a file is read as a table. Its name decides, because browsers report different types. */
export const isCsv = ({ name }: { readonly name: string }): boolean => /\.(csv|tsv|tab|txt)$/i.test(name);

/**
 * Reads a CSV file in the browser; no data are sent.
 * @throws InputError whose message names the file, and row and column where the error is in the data
 */
export async function readCsvFile(file: CsvSource): Promise<OpenedCsv> {
  const name = shortName(file.name);
  try {
    if (file.size > maxCsvBytes) {
      throw new InputError(
        `found ${Math.ceil(file.size / 2 ** 20)} MB; allowed: CSV files of at most ${maxCsvBytes / 2 ** 20} MB`,
      );
    }
    const bytes = await file.arrayBuffer().catch(() => {
      throw new InputError("the browser cannot read this file");
    });
    const { columnsOf, decodeText } = await import("../../core/csv/csv");
    return { ...columnsOf(decodeText(new Uint8Array(bytes))), name };
  } catch (error) {
    throw new InputError(`${name}: ${messageOf(error)}`);
  }
}

/**
 * The table of a CSV file with the target column that a lesson names.
 * @throws InputError whose message names the file
 */
export async function tableForLesson(csv: OpenedCsv, named: LessonCsv): Promise<Table> {
  const { name } = csv;
  try {
    const { tableOf } = await import("../../core/csv/csv");
    return tableOf(name, csv, targetIn(csv, named));
  } catch (error) {
    throw new InputError(`${name}: ${messageOf(error)}`);
  }
}

/**
 * Trains on a CSV file: the current recipe on its rows, from step 0, or the current scene of a lesson that uses a CSV file.
 * @throws InputError where the column cannot be this target; the run then stays unchanged
 */
export async function trainOn(
  session: Session,
  { name, open = session.openTable, ...columns }: OpenedCsv,
  column: number,
  as: "number" | "class",
): Promise<void> {
  const { tableOf } = await import("../../core/csv/csv");
  const table = tableOf(name, columns, { column, as });
  notifyOpened(session, table, await open(table));
}

/** Shows a notice that a table has been opened, with its use and its preprocessing. */
export function notifyOpened(session: Pick<Session, "notify">, table: Table, trains: boolean): void {
  const use = trains ? tableSentence(table) : "The lesson’s CSV scenes train on this table.";
  session.notify("info", [`Opened ${table.name}. The data stay in this browser.`, use, ...table.notes].join(" "));
}
