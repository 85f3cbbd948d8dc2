import { parseJson } from "../core/json";
import { lessonLimits } from "../core/lesson";
import { messageOf } from "../core/messageOf";
import { fieldsOf } from "../core/parse";
import { oneOf } from "../core/parsecase";
import type { Session } from "../store/session";
import { isCsv, openCsv } from "./openCsv";

/** Larger files are refused unread, in bytes: the largest that the page writes for a run of ordinary length is a tenth of it. */
export const maxFileBytes = 64 * 2 ** 20;

const formats = ["alphascope-run", "alphascope-lesson"] as const;

/** What a file turned out to hold. */
export type Opened = "run" | "lesson";

type RunFileSource = Pick<File, "name" | "size" | "text">;

/**
 * Opens a run file: the run is then paused at step 0. Or a lesson, at its first scene. Either is data and nothing else.
 * @throws Error whose message names the file and the fault; the run before it is then untouched
 */
export async function openFile(
  { load, lesson }: Pick<Session, "load" | "lesson">,
  file: RunFileSource,
): Promise<Opened> {
  const name = file.name.length > 60 ? `${file.name.slice(0, 60)}…` : file.name;
  const refuse = (fault: string): never => {
    throw new Error(`${name}: ${fault}`);
  };
  if (file.size > maxFileBytes) {
    refuse(`found ${Math.ceil(file.size / 2 ** 20)} MB; allowed: run files of at most ${maxFileBytes / 2 ** 20} MB`);
  }
  const text = await file.text().catch(() => refuse("the browser cannot read it"));
  let run: unknown;
  let format: (typeof formats)[number];
  try {
    run = parsed(text);
    format = formatOf(run);
  } catch (error) {
    return refuse(messageOf(error));
  }
  if (format === "alphascope-lesson") {
    if (file.size > lessonLimits.bytes)
      refuse(`found more than ${lessonLimits.bytes / 2 ** 20} MB; allowed: less, for a lesson`);
    try {
      lesson.getState().open(run);
    } catch (error) {
      refuse(messageOf(error));
    }
    return "lesson";
  }
  await load(run).catch((error: unknown) => refuse(messageOf(error)));
  return "run";
}

const neither = "this is neither a run file nor a lesson";

function parsed(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    throw new Error(`${neither}: ${messageOf(error)}`);
  }
}

function formatOf(content: unknown): (typeof formats)[number] {
  const fields = fieldsOf(content);
  if (!fields) throw new Error(`${neither}, which are JSON objects`);
  if (fields.format === undefined) throw new Error(`${neither}, which name their “format”`);
  return oneOf("format", fields.format, formats);
}

/** Opens what was picked or dropped, a lesson before the CSV that it is on, and says what came of it. */
export async function openPicked(session: Session, files: readonly File[]): Promise<void> {
  const [csv, ...moreCsv] = files.filter(isCsv);
  const [file, ...moreFiles] = files.filter((one) => !isCsv(one));
  try {
    if (moreCsv.length > 0 || moreFiles.length > 0)
      throw new Error(
        `Found ${files.length} files; a lesson and its CSV can be opened together, others one at a time.`,
      );
    // A lesson's first scene says itself that it has been opened.
    if (file && (await openFile(session, file)) === "run")
      session.notify("info", `Opened ${file.name}, at its step 0. Play runs it again; changes come at their steps.`);
    if (csv) await openCsv(session, csv);
  } catch (error) {
    session.notify("error", messageOf(error));
  }
}
