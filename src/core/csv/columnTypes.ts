import { quoted } from "./quoted";
import type { Cells } from "./rows/cells";
import { readCsv } from "./rows/readCsv";
import type { Sheet } from "./rows/sheet";
import { acceptedMoments, acceptedNumbers } from "./values/accepted";
import { momentOf } from "./values/dateText";
import { isMissingText, numberOf } from "./values/numberText";
import { type Choices, type Question, readingsOf } from "./values/readings";

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

/** A column of dates, of times of day, or of both, in UTC; NaN for a missing value. */
export interface TimeColumn extends Common {
  readonly kind: "time";
  /** Days since 1970-01-01, or fractions of a day without dates. */
  readonly values: Float64Array;
  readonly dated: boolean;
  /** Whether any value has a time of day. */
  readonly timed: boolean;
}

/** A column of categories, named by texts. */
export interface CategoryColumn extends Common {
  readonly kind: "category";
  /** An index into `names` for each row; −1 for a missing value. */
  readonly codes: Int32Array;
  readonly names: readonly string[];
}

export type Column = NumberColumn | TimeColumn | CategoryColumn;

/** The columns of a CSV with their types. */
export interface Columns {
  readonly columns: readonly Column[];
  readonly rows: number;
  readonly notes: readonly string[];
  /** The choices between two readings that the file leaves open. */
  readonly questions: readonly Question[];
}

/** A column with a larger fraction of numbers, or of times, is a column of numbers, or times; its other texts count as missing. */
const minRead = 0.5;
/** The number of unreadable texts that a note names. */
const named = 5;

/**
 * The columns of a CSV with the number format and the order of day and month that all columns together decide, or that are chosen.
 *
 * @throws InputError that names row and column
 */
export function columnsOf(source: string | Sheet, choices: Choices = {}): Columns {
  const sheet = typeof source === "string" ? readCsv(source) : source;
  const { readings, questions, notes: readingNotes } = readingsOf(sheet, choices);
  const notes = [...sheet.notes, ...readingNotes];
  const columns = sheet.names.map((name, c): Column => {
    const cells = sheet.columns[c] as Cells;
    const { decimal, order } = readings[c] as (typeof readings)[number];
    const present = sheet.rows - missingRows(cells);
    const numbers = acceptedNumbers(cells, (text) => numberOf(text, decimal));
    if (numbers.rows > minRead * present) {
      return { name, kind: "number", ...valuesOf(sheet, name, cells, numbers.values, "number", notes) };
    }
    const moments = acceptedMoments(cells, (text) => momentOf(text, order));
    if (moments.rows > minRead * present) {
      const { dated, timed } = moments;
      return {
        name,
        kind: "time",
        ...valuesOf(sheet, name, cells, moments.values, dated ? "date" : "time", notes),
        dated,
        timed,
      };
    }
    return categoriesOf(name, cells);
  });
  return { columns, rows: sheet.rows, notes, questions };
}

function missingRows({ texts, counts }: Cells): number {
  return texts.reduce((sum, text, i) => sum + (isMissingText(text) ? (counts[i] as number) : 0), 0);
}

/** The values of the rows; notes the rows whose texts have none. */
function valuesOf(
  { lines }: Sheet,
  name: string,
  { texts, codes }: Cells,
  values: readonly (number | null)[],
  noun: "number" | "date" | "time",
  notes: string[],
): Pick<NumberColumn, "values" | "missing" | "different"> {
  const byCode = Float64Array.from(values, (value) => value ?? Number.NaN);
  const unreadable = texts.map((text, i) => values[i] === null && !isMissingText(text));
  const all = new Float64Array(codes.length);
  const examples: string[] = [];
  let [missing, unread] = [0, 0];
  codes.forEach((code, row) => {
    const value = byCode[code] as number;
    all[row] = value;
    if (!Number.isNaN(value)) return;
    missing++;
    if (!unreadable[code]) return;
    unread++;
    if (unread <= named) examples.push(`${quoted(texts[code] as string)} (row ${lines[row]})`);
  });
  if (unread > 0) {
    const others = unread > named ? ` and ${unread - named} more` : "";
    const verb = unread === 1 ? `1 value is not a ${noun} and counts` : `${unread} values are not ${noun}s and count`;
    notes.push(`${quoted(name)}: ${verb} as missing: ${examples.join(", ")}${others}.`);
  }
  return { values: all, missing, different: differentIn(byCode) };
}

/** The number of different numbers. NaN is sorted to the end. */
function differentIn(values: Float64Array): number {
  const sorted = values.toSorted();
  let different = 0;
  for (let i = 0; i < sorted.length && !Number.isNaN(sorted[i]); i++)
    if (i === 0 || sorted[i] !== sorted[i - 1]) different++;
  return different;
}

function categoriesOf(name: string, { texts, counts, codes }: Cells): CategoryColumn {
  const known = new Map<string, number>();
  const indices = Int32Array.from(texts, (text) => {
    if (isMissingText(text)) return -1;
    const index = known.get(text) ?? known.size;
    known.set(text, index);
    return index;
  });
  const missing = texts.reduce((sum, _, i) => sum + (indices[i] === -1 ? (counts[i] as number) : 0), 0);
  return {
    name,
    kind: "category",
    codes: codes.map((code) => indices[code] as number),
    names: [...known.keys()],
    missing,
    different: known.size,
  };
}
