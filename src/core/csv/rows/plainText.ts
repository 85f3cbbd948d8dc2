import { InputError } from "../../errors";

/** A CSV text in one form of line ends and quotes, and its delimiter where the first line sets one. */
export interface PlainText {
  readonly body: string;
  /** null where the first rows determine the delimiter. */
  readonly delimiter: string | null;
  /** The number of lines of the file before `body`. */
  readonly skippedLines: number;
}

/**
 * Removes a byte order mark and a first line such as `sep=;`. All line ends become “\n”.
 *
 * @throws InputError for binary data
 */
export function plainText(text: string): PlainText {
  const unmarked = text.replace(/^\uFEFF/, "");
  if (unmarked.includes("\0")) throw new InputError("row 1: found binary data; allowed: a table as text (CSV)");
  const lines = unmarked.replace(/\r\n?|\u2028|\u2029|\x85/g, "\n");
  const first = /^"?sep=(.)"?\n/i.exec(lines);
  return first
    ? { body: lines.slice(first[0].length), delimiter: first[1] as string, skippedLines: 1 }
    : { body: lines, delimiter: null, skippedLines: 0 };
}

/**
 * The text without blanks between a delimiter and the quote after it, as in `a, "b, c"`: RFC 4180 has no such blanks, and a CSV
 * parser reads the quote after them as a part of the text.
 */
export function withoutBlanksBeforeQuotes(body: string, delimiter: string): string {
  const blanks = delimiter === "\t" ? " " : " \t";
  const mark = escaped(delimiter);
  if (!new RegExp(`(?:^|${mark}|\n)[${blanks}]+"`).test(body)) return body;
  const fieldStart = new RegExp(`(^|${mark}|\n)([${blanks}]*)("[^"]*(?:""[^"]*)*")?`, "g");
  return body.replace(fieldStart, (_, before: string, blank: string, quoted: string | undefined) =>
    quoted === undefined ? before + blank : before + quoted,
  );
}

const escaped = (delimiter: string): string => delimiter.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
