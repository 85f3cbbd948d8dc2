import type { CategoryColumn, Column, NumberColumn, TimeColumn } from "./columnTypes";
import { quoted } from "./quoted";
import { cyclesOf } from "./timeCycles";
import { momentText } from "./values/dateText";

/** A column as `width` inputs or targets of the network. */
export interface Encoded {
  readonly width: number;
  /** Writes the `width` numbers of a row to `into` from the index `at` on; `into` is all zeros before. */
  write(row: number, into: Float32Array, at: number): void;
}

/** The largest number of categories of an input. A column with more, such as names, does not generalise to new rows. */
export const maxCategories = 32;

export function isMissing(column: Column, row: number): boolean {
  return column.kind === "category" ? column.codes[row] === -1 : Number.isNaN(column.values[row]);
}

export const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? "" : "s"}`;

/**
 * All columns but the target, as inputs. Columns without information are omitted.
 *
 * @param trained the training rows, which determine means, standard deviations and categories
 * @param notes receives a sentence for each omitted column and for the missing values of each other column
 */
export function inputsOf(
  columns: readonly Column[],
  target: Column,
  trained: readonly number[],
  notes: string[],
): Encoded[] {
  const inputs: Encoded[] = [];
  for (const column of columns) {
    if (column === target) continue;
    const filled = column.missing > 0 ? count(column.missing, "missing value") : null;
    const input = inputOf(column, trained);
    if (typeof input === "string") notes.push(`Left out: ${quoted(column.name)}, ${input}.`);
    else {
      inputs.push(input);
      const replacement = column.kind === "category" ? "encoded as zeros" : "set to the mean";
      if (filled) notes.push(`${quoted(column.name)}: ${filled}, ${replacement}.`);
      if (column.kind === "time") notes.push(`${quoted(column.name)}: ${timeInputs(input.width)}.`);
    }
  }
  return inputs;
}

/** A column as inputs in the training rows; the reason, as the end of a sentence, where it is omitted. */
export function inputOf(column: Column, trained: readonly number[]): Encoded | string {
  if (column.kind === "category") return categoryInput(column, trained);
  return column.kind === "number" ? numberInput(column, trained) : timeInput(column, trained);
}

/** A standardised column, with missing values at the mean, 0. The reason, as the end of a sentence, where it is omitted. */
function numberInput(column: NumberColumn | TimeColumn, trained: readonly number[]): Encoded | string {
  const unit = standard(column, trained);
  if (unit === null) return column.different === 0 ? "an empty column" : `all ${column.kind}s equal`;
  return {
    width: 1,
    write(row, into, at) {
      const value = column.values[row] as number;
      into[at] = Number.isNaN(value) ? 0 : (value - unit.mean) / unit.deviation;
    },
  };
}

/** The standardised time, and the sine and cosine of each cycle that it contains; zeros for a missing value. */
function timeInput(column: TimeColumn, trained: readonly number[]): Encoded | string {
  const time = numberInput(column, trained);
  if (typeof time === "string") return time;
  const cycles = cyclesOf(column, trained);
  return {
    width: 1 + 2 * cycles.length,
    write(row, into, at) {
      time.write(row, into, at);
      const days = column.values[row] as number;
      if (Number.isNaN(days)) return;
      cycles.forEach((phaseOf, k) => {
        const angle = 2 * Math.PI * phaseOf(days);
        into[at + 1 + 2 * k] = Math.sin(angle);
        into[at + 2 + 2 * k] = Math.cos(angle);
      });
    },
  };
}

/** The inputs of a column of times, as the end of a sentence. */
function timeInputs(width: number): string {
  const cycles = (width - 1) / 2;
  return cycles === 0
    ? "time is one input"
    : `time, and sine and cosine of ${count(cycles, "cycle")}, are ${width} inputs`;
}

/** A one-hot column, with zeros for a missing value and for one that no training row has. The reason where it is omitted. */
function categoryInput(column: CategoryColumn, trained: readonly number[]): Encoded | string {
  const categories = namesIn(column, trained);
  if (column.different === 0) return "an empty column";
  if (categories.length < 2) return "all texts equal";
  if (column.different > maxCategories)
    return `${column.different} different texts, where at most ${maxCategories} are allowed`;
  return oneHot(column, categories);
}

/** One-hot encoding: 1 at the index of the row's category in `names`. */
export function oneHot(column: Column, names: readonly string[]): Encoded {
  const indices = new Map(names.map((name, index) => [name, index]));
  const byCode = column.kind === "category" ? column.names.map((name) => indices.get(name)) : [];
  const indexOf =
    column.kind === "category"
      ? (row: number) => byCode[column.codes[row] as number]
      : (row: number) => indices.get(textOf(column, column.values[row] as number));
  return {
    width: names.length,
    write(row, into, at) {
      const index = indexOf(row);
      if (index !== undefined) into[at + index] = 1;
    },
  };
}

/** The different values of a column in these rows, as texts: numbers and times in ascending order, texts in alphabetical order. */
export function namesIn(column: Column, rows: readonly number[]): string[] {
  const present = rows.filter((row) => !isMissing(column, row));
  if (column.kind === "category") {
    return [...new Set(present.map((row) => column.codes[row] as number))]
      .map((code) => column.names[code] as string)
      .sort();
  }
  const values = new Set(present.map((row) => column.values[row] as number));
  return [...values].sort((a, b) => a - b).map((value) => textOf(column, value));
}

const textOf = (column: NumberColumn | TimeColumn, value: number): string =>
  column.kind === "time" ? momentText(value, column) : String(value);

/** Mean and standard deviation (with divisor N) of the values in these rows; null where all are equal. */
export function standard(
  { values }: Pick<NumberColumn, "values">,
  rows: readonly number[],
): { mean: number; deviation: number } | null {
  const present = rows.map((row) => values[row] as number).filter((value) => !Number.isNaN(value));
  const mean = present.reduce((sum, value) => sum + value / present.length, 0);
  const deviation = Math.sqrt(present.reduce((sum, value) => sum + (value - mean) ** 2 / present.length, 0));
  // The computed deviation of equal values is rounding error, not 0.
  return deviation > 1e-12 * Math.abs(mean) ? { mean, deviation } : null;
}

/** The target, with the standard deviation in its own unit for a number, and the names of the classes for a class. */
export interface EncodedTarget extends Encoded {
  readonly deviation: number | null;
  readonly classes: readonly string[] | null;
}
