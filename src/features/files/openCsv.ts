import { createStore } from "zustand/vanilla";
import type { Summary } from "../../core/csv/summary";
import type { Target } from "../../core/csv/tableOf";
import type { Choices } from "../../core/csv/values/readings";
import type { Table } from "../../core/data/table";
import { InputError, messageOf } from "../../core/errors";
import type { LessonCsv } from "../../core/lesson/lesson";
import { targetIn } from "../../core/lesson/lessonCsv";
import { shortName } from "../../core/lesson/shortName";
import { tableSentence } from "../../kit/text/tableSentence";
import type { Session } from "../../session/session";
import { type CsvReaderClient, startCsvReader } from "../../worker/csv/startCsvReader";
import { refuseBinary } from "./refuseBinary";

/** The largest CSV file that is read, in bytes: reading it takes several seconds and half a gigabyte of memory. */
const maxCsvBytes = 32 * 2 ** 20;

export type CsvSource = Pick<File, "name" | "size" | "arrayBuffer">;

/** A CSV file that has been read and has no target column yet. */
export interface OpenedCsv extends Summary {
  readonly name: string;
  readonly reader: CsvReaderClient;
  /** Receives the table when the target has been selected; the session's `openTable` if absent. */
  readonly open?: Session["openTable"];
}

/** A CSV file that is being read. */
export interface CsvProgress {
  readonly name: string;
  /** From 0 to 1. */
  readonly fraction: number;
  cancel(): void;
}

/** The CSV file whose target column the user selects, and the file that is being read; null without one. */
export const openedCsv = createStore<{ readonly csv: OpenedCsv | null; readonly reading: CsvProgress | null }>()(
  () => ({
    csv: null,
    reading: null,
  }),
);

/** The user has cancelled the reading of a file. */
export class Cancelled extends InputError {}

const cancelled = "the reading was cancelled";

/** Whether a file is read as a table. Its name decides, because browsers report different types. */
export const isCsv = ({ name }: { readonly name: string }): boolean => /\.(csv|tsv|tab|txt)$/i.test(name);

/**
 * Reads a CSV file in the browser, with its progress in `openedCsv` until `showCsv` or `tableForLesson`; no data are sent.
 * @throws InputError whose message names the file, and row and column where the error is in the data
 */
export async function readCsvFile(file: CsvSource): Promise<OpenedCsv> {
  const name = shortName(file.name);
  openedCsv.getState().reading?.cancel();
  let reader: CsvReaderClient | null = null;
  const cancel = () => reader?.close(cancelled);
  let ended = false;
  const progress = (fraction: number) => {
    // The worker's progress has a port of its own and can arrive after its answer.
    if (!ended) openedCsv.setState({ reading: { name, fraction, cancel } });
  };
  try {
    if (file.size > maxCsvBytes) {
      throw new InputError(
        `found ${Math.ceil(file.size / 2 ** 20)} MB; allowed: CSV files of at most ${maxCsvBytes / 2 ** 20} MB`,
      );
    }
    const unreadable = () => {
      throw new InputError("the browser cannot read this file");
    };
    const bytes = await file.arrayBuffer().catch(unreadable);
    await refuseBinary(new Blob([bytes]));
    reader = startCsvReader();
    progress(0);
    return { ...(await reader.open(new Uint8Array(bytes), progress)), name, reader };
  } catch (error) {
    reader?.close();
    if (openedCsv.getState().reading?.cancel === cancel) openedCsv.setState({ reading: null });
    const message = `${name}: ${messageOf(error)}`;
    throw messageOf(error) === cancelled ? new Cancelled(message) : new InputError(message);
  } finally {
    ended = true;
  }
}

/** Shows the dialog of a CSV file, or closes the dialog; the reader of the file before it ends. */
export function showCsv(csv: OpenedCsv | null): void {
  const before = openedCsv.getState().csv;
  if (before && before.reader !== csv?.reader) before.reader.close();
  openedCsv.setState({ csv, reading: null });
}

/** Reads the numbers and dates of the opened CSV file in another form. */
export async function chooseReadings(csv: OpenedCsv, choices: Choices): Promise<void> {
  openedCsv.setState({ csv: { ...csv, ...(await csv.reader.choose(choices)) } });
}

/**
 * The table of a CSV file with the target column that a lesson names.
 * @throws InputError whose message names the file
 */
export async function tableForLesson(csv: OpenedCsv, named: LessonCsv): Promise<Table> {
  const { name, reader } = csv;
  try {
    return await reader.table(name, targetIn(csv, named));
  } catch (error) {
    throw new InputError(`${name}: ${messageOf(error)}`);
  } finally {
    reader.close();
    openedCsv.setState({ reading: null });
  }
}

/**
 * Trains on a CSV file: the current recipe on its rows, from step 0, or the current scene of a lesson that uses a CSV file.
 * @throws InputError where the column cannot be this target; the run then stays unchanged
 */
export async function trainOn(
  session: Session,
  { name, reader, open = session.openTable }: OpenedCsv,
  column: number,
  as: Target["as"],
): Promise<void> {
  const table = await reader.table(name, { column, as });
  notifyOpened(session, table, await open(table));
}

/** Shows a notice that a table has been opened, with its use and its preprocessing. */
export function notifyOpened(session: Pick<Session, "notify">, table: Table, trains: boolean): void {
  const use = trains ? tableSentence(table) : "The lesson’s CSV scenes train on this table.";
  session.notify("info", [`Opened ${table.name}. The data stay in this browser.`, use, ...table.notes].join(" "));
}
