/** User text in quotation marks, cut to 40 characters, for error messages and notes. */
export const quoted = (text: string): string => `“${text.length > 40 ? `${text.slice(0, 40)}…` : text}”`;

/** The place of a cell in error messages. Rows count as in a spreadsheet: the first is row 1, blank rows included. */
export const placeOf = (row: number, column: string): string => `row ${row}, column ${quoted(column)}`;
