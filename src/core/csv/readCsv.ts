import Papa from "papaparse";
import { InputError } from "../errors";
import { isNumber } from "./numberText";
import { placeOf, quoted } from "./quoted";

/** The cells of a CSV as texts, in rows of the length of the header. */
export interface Sheet {
  readonly names: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** The number of each row, counted as in a spreadsheet. */
  readonly lines: readonly number[];
  readonly delimiter: string;
  readonly notes: readonly string[];
}

/** In the order of preference where two delimiters fit: a comma comes last because it may be part of a number. */
const delimiters = ["\t", ";", "|", ","] as const;
/** The number of rows that determine the delimiter, and the largest number of columns. */
const [sampleRows, maxColumns] = [100, 1024];

/**
 * Divides a CSV into rows and columns, with quoting as in RFC 4180. The delimiter is detected, or set by a first line such as
 * `sep=;`. Blank rows are ignored. A first row of numbers is data, not a header.
 *
 * @throws InputError that names row and column
 */
export function readCsv(text: string): Sheet {
  const plain = text.replace(/^\uFEFF/, "");
  if (plain.includes("\0")) throw new InputError("row 1: found binary data; allowed: a table as text (CSV)");
  const separatorLine = /^"?sep=(.)"?\r?\n/i.exec(plain);
  const body = separatorLine ? plain.slice(separatorLine[0].length) : plain;
  const skippedLines = separatorLine ? 1 : 0;
  const delimiter = separatorLine?.[1] ?? detectDelimiter(body);
  const { data, errors } = Papa.parse<string[]>(body, { delimiter });
  const lines = data.map((_, index) => index + 1 + skippedLines);
  const full = data.map((cells, index) => ({ cells: cells.map((cell) => cell.trim()), line: lines[index] as number }));
  const [first, ...rest] = full.filter(({ cells }) => cells.some((cell) => cell !== ""));
  if (!first) throw new InputError("row 1, column 1: found nothing; the file is empty");

  const isHeader = !first.cells.every((cell) => cell === "" || isNumber(cell));
  // A delimiter at the end of every row does not add a column.
  const all = isHeader ? rest : [first, ...rest];
  let width = first.cells.length;
  while (width > 1 && first.cells[width - 1] === "" && all.every(({ cells }) => (cells[width - 1] ?? "") === ""))
    width--;
  const names = unique(first.cells.slice(0, width).map((name, c) => (isHeader && name) || `column ${c + 1}`));
  refuseQuotes(errors, data, names, skippedLines);
  if (names.length < 2) {
    throw new InputError(
      `${placeOf(first.line, names[0] as string)}: found one column; allowed: a target and at least one input, separated by ` +
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
  const notes = isHeader ? [] : ["The first row contains numbers, so it is data, and the columns are numbered."];
  return { names, rows, lines: all.map(({ line }) => line), delimiter, notes };
}

/** The delimiter with which most of the first rows have the same number of columns, at least two, as the first row. */
function detectDelimiter(text: string): string {
  let [best, bestFraction] = [",", 0];
  for (const delimiter of delimiters) {
    const { data } = Papa.parse<string[]>(text, { delimiter, preview: sampleRows, skipEmptyLines: "greedy" });
    const width = data[0]?.length ?? 0;
    const fraction = width < 2 ? 0 : data.filter((row) => row.length === width).length / data.length;
    if (fraction > bestFraction) [best, bestFraction] = [delimiter, fraction];
  }
  return best;
}

function refuseQuotes(
  errors: readonly Papa.ParseError[],
  data: readonly (readonly string[])[],
  names: readonly string[],
  skippedLines: number,
): void {
  const error = errors.find(({ type }) => type === "Quotes");
  if (!error) return;
  const row = error.row ?? 0;
  const cells = data[row] ?? [];
  const index = error.code === "MissingQuotes" ? cells.length - 1 : cells.findIndex((cell) => cell.includes('"'));
  const column = Math.max(0, index);
  const problem = error.code === "MissingQuotes" ? "a quote that is never closed" : "a quote inside a quoted text";
  throw new InputError(
    `${placeOf(row + 1 + skippedLines, names[column] ?? `column ${column + 1}`)}: found ${problem}; write a quote within quotes twice`,
  );
}

/** The row without empty cells after the last column of the header. */
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
