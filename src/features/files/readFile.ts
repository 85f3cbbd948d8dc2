import { messageOf } from "../../core/errors";
import { parseJson } from "../../core/files/json";
import { oneOf } from "../../core/files/parseCase";
import { lessonLimits } from "../../core/lesson/lesson";
import type { LessonCsv } from "../../core/lesson/lessonCsv";
import { parseLesson } from "../../core/lesson/parseLesson";
import { shortName } from "../../core/lesson/shortName";
import { fieldsOf } from "../../core/untrusted";

/** Larger files are refused unread, in bytes: the largest that the page writes for a run of ordinary length is a tenth of it. */
export const maxFileBytes = 64 * 2 ** 20;

const formats = ["alphascope-run", "alphascope-lesson"] as const;

export type RunFileSource = Pick<File, "name" | "size" | "text">;

/** A run file or a lesson that has been read and not yet opened. */
export interface Content {
  readonly name: string;
  readonly format: (typeof formats)[number];
  readonly input: unknown;
  /** The CSV that a lesson names. */
  readonly csv: LessonCsv | null;
}

/**
 * Reads a run file, whose content is not yet checked, or a lesson, whose content is.
 * @throws Error whose message names the file and the fault
 */
export async function readFile(file: RunFileSource): Promise<Content> {
  const name = shortName(file.name);
  try {
    return { name, ...(await contentOf(file)) };
  } catch (error) {
    throw new Error(`${name}: ${messageOf(error)}`);
  }
}

async function contentOf(file: RunFileSource): Promise<Omit<Content, "name">> {
  if (file.size > maxFileBytes) {
    throw new Error(
      `found ${Math.ceil(file.size / 2 ** 20)} MB; allowed: run files of at most ${maxFileBytes / 2 ** 20} MB`,
    );
  }
  const text = await file.text().catch(() => {
    throw new Error("the browser cannot read it");
  });
  const input = await parsed(text);
  const format = formatOf(input);
  if (format === "alphascope-run") return { format, input, csv: null };
  if (file.size > lessonLimits.bytes)
    throw new Error(`found more than ${lessonLimits.bytes / 2 ** 20} MB; allowed: less, for a lesson`);
  return { format, input, csv: parseLesson(input).csv };
}

const neither = "this is neither a run file nor a lesson";

async function parsed(text: string): Promise<unknown> {
  try {
    return await parseJson(text);
  } catch (error) {
    throw new Error(`${neither}: ${messageOf(error)}`);
  }
}

function formatOf(content: unknown): Content["format"] {
  const fields = fieldsOf(content);
  if (!fields) throw new Error(`${neither}, which are JSON objects`);
  if (fields.format === undefined) throw new Error(`${neither}, which name their “format”`);
  return oneOf("format", fields.format, formats);
}
