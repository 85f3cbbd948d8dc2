import { InputError } from "../errors";
import { dialectOf, numberOf } from "./numberText";
import { placeOf, quoted } from "./quoted";
import { readCsv, type Sheet } from "./readCsv";

interface Common {
  readonly name: string;
  /** The number of rows without a value. */
  readonly missing: number;
  /** The number of different values. */
  readonly different: number;
}

/** A column of numbers; NaN for a missing value. */
export interface NumberColumn extends Common {
  readonly kind: "number";
  readonly values: Float64Array;
}

/** A column of categories, named by texts; null for a missing value. */
export interface CategoryColumn extends Common {
  readonly kind: "category";
  readonly values: readonly (string | null)[];
}

export type Column = NumberColumn | CategoryColumn;

/** The columns of a CSV with their types. */
export interface Columns {
  readonly columns: readonly Column[];
  readonly rows: number;
  readonly notes: readonly string[];
}

/** Texts that mean a missing value, in lower case. */
const missingTexts = new Set(["", "na", "n/a", "#n/a", "nan", "null", "none", "nil", "?", "-", ".", "missing"]);
/** The largest magnitude of a number, so that its square is finite. */
const maxMagnitude = 1e100;
/** A column with a larger fraction of numbers is a column of numbers, and a text in it is an error. */
const minNumbers = 0.5;

/** @throws InputError that names row and column */
export function columnsOf(text: string): Columns {
  const sheet = readCsv(text);
  return {
    columns: sheet.names.map((name, c) => columnAt(sheet, name, c)),
    rows: sheet.rows.length,
    notes: sheet.notes,
  };
}

function columnAt({ rows, lines, delimiter }: Sheet, name: string, c: number): Column {
  const texts = rows.map((row) => row[c] as string);
  const present = texts.filter((text) => !isMissingText(text));
  const { dialect, read } = dialectOf(present, delimiter);
  const missing = texts.length - present.length;
  if (read === 0 || read <= minNumbers * present.length) {
    return {
      name,
      kind: "category",
      values: texts.map((text) => (isMissingText(text) ? null : text)),
      missing,
      different: new Set(present).size,
    };
  }
  const values = Float64Array.from(texts, (text, row) => {
    if (isMissingText(text)) return Number.NaN;
    const value = numberOf(text, dialect);
    const place = placeOf(lines[row] as number, name);
    if (value === null) {
      throw new InputError(
        `${place}: found ${quoted(text)} in a column of numbers; allowed: a number or an empty cell`,
      );
    }
    if (Math.abs(value) > maxMagnitude) {
      throw new InputError(`${place}: found ${quoted(text)}; allowed: numbers up to ${maxMagnitude}`);
    }
    return value;
  });
  return { name, kind: "number", values, missing, different: new Set(values).size - (missing > 0 ? 1 : 0) };
}

const isMissingText = (text: string): boolean => missingTexts.has(text.toLowerCase());
