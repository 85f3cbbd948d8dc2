import Papa from "papaparse";
import { InputError } from "../../errors";
import { placeOf, quoted } from "../quoted";
import { momentOf } from "../values/dateText";
import { isMissingText, numberOf } from "../values/numberText";
import { type Cells, CellsBuilder } from "./cells";
import { headerInComment, isComment, type Preamble } from "./comments";

/** The cells of a CSV as texts, by columns. */
export interface Sheet {
  readonly names: readonly string[];
  readonly columns: readonly Cells[];
  readonly rows: number;
  /** The number of each row, counted as in a spreadsheet. */
  readonly lines: readonly number[];
  readonly delimiter: string;
  readonly notes: readonly string[];
}

/** The largest number of columns. */
const maxColumns = 1024;

interface Header {
  readonly names: readonly string[];
  /** The number of columns up to the last one with a name: only the columns after it may be absent in a row. */
  readonly solid: number;
  readonly source: "row" | "comment" | "none";
  /** The number of the first row that is not blank. */
  readonly line: number;
}

/** Collects the rows of a CSV, part by part. */
export class SheetBuilder {
  readonly #delimiter: string;
  readonly #preamble: Preamble;
  #line: number;
  #header: Header | null = null;
  #columns: readonly CellsBuilder[] = [];
  readonly #lines: number[] = [];
  #comments: number;

  /** @param line the number of the first row */
  constructor(delimiter: string, preamble: Preamble, line: number) {
    this.#delimiter = delimiter;
    this.#preamble = preamble;
    this.#line = line;
    this.#comments = preamble.comments.length;
  }

  /** @throws InputError that names row and column */
  add(data: readonly (readonly string[])[], errors: readonly Papa.ParseError[]): void {
    const first = data.find((cells) => cells.some((cell) => cell.trim() !== ""));
    if (!this.#header && first)
      this.#begin(
        first.map((cell) => cell.trim()),
        this.#line + data.indexOf(first),
      );
    refuseQuotes(errors, data, this.#header?.names ?? [], this.#line);
    if (this.#header) refuseWidth(this.#header.names, this.#header.line);
    for (const cells of data) this.#addRow(cells, this.#line++);
  }

  #begin(first: readonly string[], line: number): void {
    const values = first.map(isValue);
    const isData = values.every((value, c) => value || isMissingText(first[c] as string)) && values.includes(true);
    const comment = this.#preamble.comments.at(-1);
    const cells = comment === undefined ? null : Papa.parse<string[]>(comment, { delimiter: this.#delimiter }).data[0];
    const commented =
      cells &&
      headerInComment(
        cells.map((cell) => cell.trim()),
        first.length,
        values.includes(true),
      );
    const source = commented ? "comment" : isData ? "none" : "row";
    const given = commented ?? first.map((cell) => (isData ? "" : cell));
    const solid = first.findLastIndex((cell, c) => cell !== "" || given[c] !== "") + 1;
    this.#header = { names: unique(given.map((name, c) => name || `column ${c + 1}`)), solid, source, line };
    this.#columns = given.map(() => new CellsBuilder());
  }

  #addRow(row: readonly string[], line: number): void {
    const header = this.#header;
    if (!header || (header.source === "row" && line === header.line)) return;
    const cells = row.map((cell) => cell.trim());
    const used = cells.findLastIndex((cell) => cell !== "") + 1;
    if (used === 0) return;
    if ((used > header.names.length || cells.length < header.solid) && isComment(cells[0] as string)) {
      this.#comments++;
      return;
    }
    refuseRow(cells, header, line);
    for (const [c, column] of this.#columns.entries()) column.add(cells[c] ?? "");
    this.#lines.push(line);
  }

  /** @throws InputError where there is no row */
  sheet(): Sheet {
    const header = this.#header;
    if (!header) throw new InputError("row 1, column 1: found nothing; the file is empty");
    if (this.#lines.length === 0) {
      throw new InputError(
        `${placeOf(header.line + 1, header.names[0] as string)}: found nothing; there are no rows below the header`,
      );
    }
    // A delimiter at the end of every row does not add a column.
    const columns = this.#columns.map((column) => column.cells());
    const isEmpty = ({ texts }: Cells) => texts.every((text) => text === "");
    let width = columns.length;
    while (width > header.solid && isEmpty(columns[width - 1] as Cells)) width--;
    refuseWidth(header.names.slice(0, width), header.line);
    const notes: string[] = [];
    if (header.source === "none")
      notes.push("The first row contains values, so it is data, and the columns are numbered.");
    const comments = this.#comments - (header.source === "comment" ? 1 : 0);
    if (comments > 0)
      notes.push(comments === 1 ? "1 comment line is ignored." : `${comments} comment lines are ignored.`);
    return {
      names: header.names.slice(0, width),
      columns: columns.slice(0, width),
      rows: this.#lines.length,
      lines: this.#lines,
      delimiter: this.#delimiter,
      notes,
    };
  }
}

/** Whether a text is a number or a date in any format. */
const isValue = (text: string): boolean =>
  numberOf(text, ".") !== null ||
  numberOf(text, ",") !== null ||
  momentOf(text, "day") !== null ||
  momentOf(text, "month") !== null;

function refuseQuotes(
  errors: readonly Papa.ParseError[],
  data: readonly (readonly string[])[],
  names: readonly string[],
  firstLine: number,
): void {
  const error = errors.find(({ type }) => type === "Quotes");
  if (!error) return;
  const row = error.row ?? 0;
  const cells = data[row] ?? [];
  const index = error.code === "MissingQuotes" ? cells.length - 1 : cells.findIndex((cell) => cell.includes('"'));
  const column = Math.max(0, index);
  const problem = error.code === "MissingQuotes" ? "a quote that is never closed" : "a quote inside a quoted text";
  throw new InputError(
    `${placeOf(firstLine + row, names[column] ?? `column ${column + 1}`)}: found ${problem}; write a quote within quotes twice`,
  );
}

function refuseWidth(names: readonly string[], line: number): void {
  if (names.length < 2) {
    throw new InputError(
      `${placeOf(line, names[0] as string)}: found one column; allowed: a target and at least one input, separated by ` +
        "commas, semicolons, tabs or |",
    );
  }
  if (names.length > maxColumns) {
    throw new InputError(
      `${placeOf(line, names[maxColumns] as string)}: found ${names.length} columns; allowed: ${maxColumns}`,
    );
  }
}

/** Refuses a row with values after the last column, or without all columns that have a name. */
function refuseRow(cells: readonly string[], { names, solid }: Header, line: number): void {
  const extra = cells.findIndex((cell, c) => c >= names.length && cell !== "");
  if (extra >= 0) {
    throw new InputError(
      `${placeOf(line, `column ${extra + 1}`)}: found ${quoted(cells[extra] as string)}; the first row has ${names.length} columns`,
    );
  }
  if (cells.length < solid) {
    throw new InputError(
      `${placeOf(line, names[cells.length] as string)}: found the end of the row after ${cells.length} of ${solid} columns`,
    );
  }
}

/** Unique names: the second of two equal names becomes “name (2)”. */
function unique(names: readonly string[]): string[] {
  const seen = new Set<string>();
  return names.map((name) => {
    let candidate = name;
    for (let n = 2; seen.has(candidate); n++) candidate = `${name} (${n})`;
    seen.add(candidate);
    return candidate;
  });
}
