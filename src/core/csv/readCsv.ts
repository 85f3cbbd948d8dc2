import Papa from "papaparse";
import { InputError } from "../errors";
import { isNumber } from "./numberText";
import { placeOf, quoted } from "./quoted";

/** A CSV as texts, every row as long as the header. */
export interface Sheet {
  readonly names: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Each row's number as in a spreadsheet. */
  readonly lines: readonly number[];
  readonly delimiter: string;
  readonly notes: readonly string[];
}

/** In the order in which they are preferred where a file can be read by two: a comma may be part of a number. */
const delimiters = ["\t", ";", "|", ","] as const;
/** Rows that the guess of the delimiter looks at, and columns that a table may have. */
const [guessRows, maxColumns] = [100, 1024];

/**
 * Splits a CSV into rows and columns, with the quoting of RFC 4180. The delimiter is found, or told by a first line `sep=;`;
 * blank rows are passed over; a first row of numbers is no header.
 *
 * @throws InputError naming row and column
 */
export function readCsv(text: string): Sheet {
  const plain = text.replace(/^\uFEFF/, "");
  if (plain.includes("\0")) throw new InputError("row 1: found binary data; allowed: a table as text (CSV)");
  const told = /^"?sep=(.)"?\r?\n/i.exec(plain);
  const body = told ? plain.slice(told[0].length) : plain;
  const before = told ? 1 : 0;
  const delimiter = told?.[1] ?? guess(body);
  const { data, errors } = Papa.parse<string[]>(body, { delimiter });
  const lines = data.map((_, index) => index + 1 + before);
  const full = data.map((cells, index) => ({ cells: cells.map((cell) => cell.trim()), line: lines[index] as number }));
  const [first, ...rest] = full.filter(({ cells }) => cells.some((cell) => cell !== ""));
  if (!first) throw new InputError("row 1, column 1: found nothing; the file is empty");

  const isHeader = !first.cells.every((cell) => cell === "" || isNumber(cell));
  // A delimiter at the end of every row makes no column.
  const all = isHeader ? rest : [first, ...rest];
  let width = first.cells.length;
  while (width > 1 && first.cells[width - 1] === "" && all.every(({ cells }) => (cells[width - 1] ?? "") === ""))
    width--;
  const names = unique(first.cells.slice(0, width).map((name, c) => (isHeader && name) || `column ${c + 1}`));
  refuseQuotes(errors, data, names, before);
  if (names.length < 2) {
    throw new InputError(
      `${placeOf(first.line, names[0] as string)}: found one column; allowed: a target and at least one input, apart by ` +
        "commas, semicolons, tabs or |",
    );
  }
  if (names.length > maxColumns) {
    throw new InputError(
      `${placeOf(first.line, names[maxColumns] as string)}: found ${names.length} columns; allowed: ${maxColumns}`,
    );
  }
  if (all.length === 0) {
    throw new InputError(
      `${placeOf(first.line + 1, names[0] as string)}: found nothing; there are no rows below the header`,
    );
  }
  const rows = all.map(({ cells, line }) => ofWidth(cells, names, line));
  const notes = isHeader ? [] : ["The first row holds numbers, so it counts as data and the columns are numbered."];
  return { names, rows, lines: all.map(({ line }) => line), delimiter, notes };
}

/** The delimiter by which most of the first rows have as many columns as the first of them, two or more. */
function guess(text: string): string {
  let [best, most] = [",", 0];
  for (const delimiter of delimiters) {
    const { data } = Papa.parse<string[]>(text, { delimiter, preview: guessRows, skipEmptyLines: "greedy" });
    const width = data[0]?.length ?? 0;
    const alike = width < 2 ? 0 : data.filter((row) => row.length === width).length / data.length;
    if (alike > most) [best, most] = [delimiter, alike];
  }
  return best;
}

function refuseQuotes(
  errors: readonly Papa.ParseError[],
  data: readonly (readonly string[])[],
  names: readonly string[],
  before: number,
): void {
  const error = errors.find(({ type }) => type === "Quotes");
  if (!error) return;
  const row = error.row ?? 0;
  const cells = data[row] ?? [];
  const broken = error.code === "MissingQuotes" ? cells.length - 1 : cells.findIndex((cell) => cell.includes('"'));
  const column = Math.max(0, broken);
  const what = error.code === "MissingQuotes" ? "a quote that is never closed" : "a quote inside a quoted text";
  throw new InputError(
    `${placeOf(row + 1 + before, names[column] ?? `column ${column + 1}`)}: found ${what}; a quote within quotes is written twice`,
  );
}

/** The row without empty cells past the header's last. */
function ofWidth(cells: readonly string[], names: readonly string[], line: number): readonly string[] {
  const extra = cells.findIndex((cell, c) => c >= names.length && cell !== "");
  if (extra >= 0) {
    throw new InputError(
      `${placeOf(line, `column ${extra + 1}`)}: found ${quoted(cells[extra] as string)}; the first row has ${names.length} columns`,
    );
  }
  if (cells.length < names.length) {
    throw new InputError(
      `${placeOf(line, names[cells.length] as string)}: found the end of the row after ${cells.length} of ${names.length} columns`,
    );
  }
  return cells.slice(0, names.length);
}

/** Names told apart: of two that are the same the second is “name (2)”. */
function unique(names: readonly string[]): string[] {
  const seen = new Set<string>();
  return names.map((name) => {
    let own = name;
    for (let n = 2; seen.has(own); n++) own = `${name} (${n})`;
    seen.add(own);
    return own;
  });
}
