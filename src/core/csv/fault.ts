/** What is wrong with a CSV: the row and the column, what was found there and, where it helps, what to do. */
export class CsvFault extends Error {
  override readonly name = "CsvFault";
}

/** Text of a stranger's, short enough to be said. */
export const quoted = (text: string): string => `“${text.length > 40 ? `${text.slice(0, 40)}…` : text}”`;

/** Rows count as in a spreadsheet: the first is row 1, blank ones included. */
export const placeOf = (row: number, column: string): string => `row ${row}, column ${quoted(column)}`;
