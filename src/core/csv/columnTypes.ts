import { InputError } from "../errors";
import { dialectOf, numberOf } from "./numberText";
import { placeOf, quoted } from "./quoted";
import { readCsv, type Sheet } from "./readCsv";

interface Common {
  readonly name: string;
  /** How many rows have no value here. */
  readonly missing: number;
  /** How many different values there are. */
  readonly different: number;
}

/** A column of numbers; NaN where there is none. */
export interface NumberColumn extends Common {
  readonly kind: "number";
  readonly values: Float64Array;
}

/** A column of texts, each of which stands for a category; null where there is none. */
export interface CategoryColumn extends Common {
  readonly kind: "category";
  readonly values: readonly (string | null)[];
}

export type Column = NumberColumn | CategoryColumn;

/** A CSV whose columns are understood. */
export interface Columns {
  readonly columns: readonly Column[];
  readonly rows: number;
  readonly notes: readonly string[];
}

/** How tables say that there is no value. */
const nothing = new Set(["", "na", "n/a", "#n/a", "nan", "null", "none", "nil", "?", "-", ".", "missing"]);
/** Numbers beyond this are no measurements, and their squares no numbers. */
const largest = 1e100;
/** A column with so large a share of numbers is one of numbers, and what else is in it a mistake. */
const mostly = 0.5;

/** @throws InputError naming row and column */
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
  const there = texts.filter((text) => !isNothing(text));
  const { dialect, read } = dialectOf(there, delimiter);
  const missing = texts.length - there.length;
  if (read === 0 || read <= mostly * there.length) {
    return {
      name,
      kind: "category",
      values: texts.map((text) => (isNothing(text) ? null : text)),
      missing,
      different: new Set(there).size,
    };
  }
  const values = Float64Array.from(texts, (text, row) => {
    if (isNothing(text)) return Number.NaN;
    const value = numberOf(text, dialect);
    const place = placeOf(lines[row] as number, name);
    if (value === null) {
      throw new InputError(`${place}: found ${quoted(text)} in a column of numbers; allowed: a number, or nothing`);
    }
    if (Math.abs(value) > largest) {
      throw new InputError(`${place}: found ${quoted(text)}; allowed: numbers up to ${largest}`);
    }
    return value;
  });
  return { name, kind: "number", values, missing, different: new Set(values).size - (missing > 0 ? 1 : 0) };
}

const isNothing = (text: string): boolean => nothing.has(text.toLowerCase());
