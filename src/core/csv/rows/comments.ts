/** The marks that begin a comment line. */
const mark = /^\s*(?:#|\/\/|%)/;

/** Lines at the beginning of a file that are no data. */
export interface Preamble {
  /** The comment lines, without blank lines. */
  readonly comments: readonly string[];
  /** Their length in the text, and the number of lines, blank lines included. */
  readonly length: number;
  readonly lines: number;
}

/** The comment lines and blank lines at the beginning of a text, which has another line; else none. */
export function preambleOf(body: string): Preamble {
  const comments: string[] = [];
  let [at, lines] = [0, 0];
  while (at < body.length) {
    const found = body.indexOf("\n", at);
    const end = found < 0 ? body.length : found;
    const line = body.slice(at, end);
    if (line.trim() !== "" && !mark.test(line)) return { comments, length: at, lines };
    if (line.trim() !== "") comments.push(line.trim());
    [at, lines] = [end + 1, lines + 1];
  }
  return { comments: [], length: 0, lines: 0 };
}

/** Whether a row that does not have the columns of the table is a comment. */
export const isComment = (first: string): boolean => mark.test(first);

/**
 * The names of the columns where the last comment line holds them: it has as many cells as the first row, which has a value and so
 * is no header. A blank after the mark, as in `# id,x`, means that the mark is no part of the name.
 */
export function headerInComment(cells: readonly string[], width: number, firstRowHasValue: boolean): string[] | null {
  if (cells.length !== width || width < 2 || !firstRowHasValue) return null;
  const [first = "", ...others] = cells;
  return [first.replace(/^(?:#|\/\/)\s+(?=.)/, ""), ...others];
}
