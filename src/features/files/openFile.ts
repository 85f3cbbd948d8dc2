import type { Table } from "../../core/data/table";
import { InputError, messageOf } from "../../core/errors";
import { missingColumns } from "../../core/files/laterColumns";
import type { Session } from "../../session/session";
import type { RunState } from "../../session/state";
import { Cancelled, isCsv, notifyOpened, type OpenedCsv, readCsvFile, showCsv, tableForLesson } from "./openCsv";
import { type Content, readFile } from "./readFile";

/**
 * Opens a run file, paused at step 0, or at the last step of a recorded run, or a lesson, at its first scene.
 * @returns true where the run trains on `table`, which is only for lessons
 * @throws InputError whose message names the file; the run then stays unchanged
 */
async function openContent(
  { load, seek, store, lesson }: Pick<Session, "load" | "seek" | "store" | "lesson">,
  { name, format, input }: Content,
  table?: Table,
): Promise<boolean> {
  try {
    if (format === "alphascope-lesson") return await lesson.getState().open(input, table);
    await load(input);
    const { recording } = store.getState();
    if (recording) await seek(recording.columns.count);
    return false;
  } catch (error) {
    throw new InputError(`${name}: ${messageOf(error)}`);
  }
}

/** The content of picked or dropped files. */
interface Picked {
  readonly content: Content | null;
  readonly csv: OpenedCsv | null;
  /** The table with the target column that the opened or current lesson names; null where the user must select the target. */
  readonly table: Table | null;
}

/** Opens picked or dropped files and shows a notice of success or failure. Of a lesson and its CSV file, both are opened or neither. */
export async function openPicked(session: Session, files: readonly File[]): Promise<void> {
  try {
    const { content, csv, table } = await pickedIn(session, files);
    const open = (on: Table) => (content ? openContent(session, content, on) : session.openTable(on));
    if (table) notifyOpened(session, table, await open(table));
    // A lesson that names no column starts when the user has selected the target.
    else if (csv) showCsv({ ...csv, open });
    else if (content) await openContent(session, content);
    // The first scene of a lesson shows its own notice.
    if (content?.format === "alphascope-run") session.notify("info", openedText(content, session.store.getState()));
  } catch (error) {
    session.notify(error instanceof Cancelled ? "info" : "error", messageOf(error));
  }
}

function openedText(content: Content, { recording, step }: RunState): string {
  if (recording)
    return `Opened ${content.name}, a recorded run, at its last step, ${step}. A reload of the page closes the file.`;
  return `Opened ${content.name} at step 0. Play replays the run, with its changes at their steps.${missingText(content)}`;
}

function missingText({ input }: Content): string {
  const missing = missingColumns(input);
  return missing.length === 0 ? "" : ` The file has no columns ${missing.join(", ")}: the replay measures them.`;
}

async function pickedIn(session: Session, files: readonly File[]): Promise<Picked> {
  const [csvFile = null, ...moreCsv] = files.filter(isCsv);
  const [file = null, ...moreFiles] = files.filter((one) => !isCsv(one));
  const rethrow = (error: unknown): never => {
    throw files.length === 1 ? error : new InputError(`${messageOf(error)}. No file was opened.`);
  };
  const tooMany = moreCsv.length > 0 || moreFiles.length > 0;
  const content = file && !tooMany ? await readFile(file).catch(rethrow) : null;
  if (tooMany || (csvFile && content?.format === "alphascope-run"))
    throw new InputError(`Found ${files.length} files; allowed: one file, or a lesson with its CSV file.`);
  const csv = csvFile && (await readCsvFile(csvFile).catch(rethrow));
  const shown = session.lesson.getState().lesson?.csv ?? null;
  const named = content ? content.csv : shown;
  if (!csv || !named) return { content, csv, table: null };
  const table = await tableForLesson(csv, named).catch((error: unknown) =>
    rethrow(content ? error : new InputError(`${messageOf(error)}; close the lesson to train on this file`)),
  );
  return { content, csv, table };
}
