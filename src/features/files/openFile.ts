import type { Table } from "../../core/data/table";
import { messageOf } from "../../core/errors";
import type { Session } from "../../session/session";
import { isCsv, type OpenedCsv, openedCsv, readCsvFile, sayOpened, tableIn } from "./openCsv";
import { type Content, type RunFileSource, readFile } from "./readFile";

/**
 * Opens a run file: the run is then paused at step 0. Or a lesson, at its first scene. Either is data and nothing else.
 * @throws Error whose message names the file and the fault; the run before it is then untouched
 */
export async function openFile(session: Pick<Session, "load" | "lesson">, file: RunFileSource): Promise<void> {
  await openContent(session, await readFile(file));
}

/** @returns whether it trains on the table, which goes with a lesson only */
async function openContent(
  { load, lesson }: Pick<Session, "load" | "lesson">,
  { name, format, input }: Content,
  table?: Table,
): Promise<boolean> {
  try {
    if (format === "alphascope-lesson") return await lesson.getState().open(input, table);
    await load(input);
    return false;
  } catch (error) {
    throw new Error(`${name}: ${messageOf(error)}`);
  }
}

/** What was picked or dropped, read. */
interface Picked {
  readonly content: Content | null;
  readonly csv: OpenedCsv | null;
  /** The CSV as the lesson has it that it came with, or that is shown; null where its target is to be asked for. */
  readonly table: Table | null;
}

/** Opens what was picked or dropped, and says what came of it. A lesson and its CSV are opened together, both or neither. */
export async function openPicked(session: Session, files: readonly File[]): Promise<void> {
  try {
    const { content, csv, table } = await pickedIn(session, files);
    const open = (on: Table) => (content ? openContent(session, content, on) : session.openTable(on));
    if (table) sayOpened(session, table, await open(table));
    // A lesson that names no column begins when one has been picked.
    else if (csv) openedCsv.setState({ csv: { ...csv, open } });
    else if (content) await openContent(session, content);
    // A lesson's first scene says itself that it has been opened.
    if (content?.format === "alphascope-run")
      session.notify("info", `Opened ${content.name}, at its step 0. Play runs it again; changes come at their steps.`);
  } catch (error) {
    session.notify("error", messageOf(error));
  }
}

async function pickedIn(session: Session, files: readonly File[]): Promise<Picked> {
  const [csvFile = null, ...moreCsv] = files.filter(isCsv);
  const [file = null, ...moreFiles] = files.filter((one) => !isCsv(one));
  const refuse = (error: unknown): never => {
    throw files.length === 1 ? error : new Error(`${messageOf(error)}. Nothing was opened.`);
  };
  const many = moreCsv.length > 0 || moreFiles.length > 0;
  const content = file && !many ? await readFile(file).catch(refuse) : null;
  if (many || (csvFile && content?.format === "alphascope-run"))
    throw new Error(`Found ${files.length} files; a lesson and its CSV can be opened together, others one at a time.`);
  const csv = csvFile && (await readCsvFile(csvFile).catch(refuse));
  const shown = session.lesson.getState().lesson?.csv ?? null;
  const named = content ? content.csv : shown;
  if (!csv || !named) return { content, csv, table: null };
  const table = await tableIn(csv, named).catch((error: unknown) =>
    refuse(content ? error : new Error(`${messageOf(error)}; leave the lesson to train on it`)),
  );
  return { content, csv, table };
}
