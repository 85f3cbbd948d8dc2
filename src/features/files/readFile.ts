import { InputError, messageOf } from "../../core/errors";
import { parseJson } from "../../core/files/json";
import type { LessonCsv } from "../../core/lesson/lesson";
import { lessonLimits } from "../../core/lesson/lessonFormat";
import { shortName } from "../../core/lesson/shortName";
import { fieldsOf, found } from "../../core/untrusted";
import { refuseBinary } from "./refuseBinary";

/** The largest run file that is read, in bytes: ten times a run file of ordinary length. */
export const maxFileBytes = 64 * 2 ** 20;

const formats = ["alphascope-run", "alphascope-lesson"] as const;

/** The content of a run file or lesson that is not yet opened. */
export interface Content {
  readonly name: string;
  readonly format: (typeof formats)[number];
  readonly input: unknown;
  /** The CSV file that a lesson names; null for a run file. */
  readonly csv: LessonCsv | null;
}

/**
 * Reads a run file, whose content is checked later, or a lesson, whose content is checked here.
 * @throws InputError whose message names the file
 */
export async function readFile(file: File): Promise<Content> {
  const name = shortName(file.name);
  try {
    return { name, ...(await contentOf(file)) };
  } catch (error) {
    throw new InputError(`${name}: ${messageOf(error)}`);
  }
}

async function contentOf(file: File): Promise<Omit<Content, "name">> {
  if (file.size > maxFileBytes) {
    throw new InputError(
      `found ${Math.ceil(file.size / 2 ** 20)} MB; allowed: run files of at most ${maxFileBytes / 2 ** 20} MB`,
    );
  }
  const text = await file.text().catch(() => {
    throw new InputError("the browser cannot read this file");
  });
  const input = await parseText(text, file);
  const format = formatOf(input);
  if (format === "alphascope-run") return { format, input, csv: null };
  if (file.size > lessonLimits.bytes)
    throw new InputError(
      `found ${(file.size / 2 ** 20).toFixed(1)} MB; allowed: lessons of at most ${lessonLimits.bytes / 2 ** 20} MB`,
    );
  const { parseLesson } = await import("../../core/lesson/parseLesson");
  return { format, input, csv: parseLesson(input).csv };
}

const wrongFile = "this is neither a run file nor a lesson";

async function parseText(text: string, file: File): Promise<unknown> {
  try {
    return await parseJson(text);
  } catch (error) {
    await refuseBinary(file);
    throw new InputError(`${wrongFile}: ${messageOf(error)}`);
  }
}

function formatOf(content: unknown): Content["format"] {
  const fields = fieldsOf(content);
  if (!fields) throw new InputError(`${wrongFile}: found ${found(content)}; allowed: a JSON object`);
  if (fields.format === undefined) throw new InputError(`${wrongFile}: the field “format” is missing`);
  const format = formats.find((one) => one === fields.format);
  if (!format) throw new InputError(`format: found ${found(fields.format)}; allowed: ${formats.join(", ")}`);
  return format;
}
