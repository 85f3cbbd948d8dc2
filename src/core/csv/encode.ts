import type { CategoryColumn, Column, NumberColumn } from "./columnTypes";
import { quoted } from "./quoted";

/** A column as `width` inputs or targets of the network. */
export interface Encoded {
  readonly width: number;
  /** Writes the `width` numbers of a row to `into` from the index `at` on; `into` is all zeros before. */
  write(row: number, into: Float32Array, at: number): void;
}

/** The largest number of categories of an input. A column with more, such as names or dates, does not generalise to new rows. */
const maxCategories = 32;

export function isMissing(column: Column, row: number): boolean {
  return column.kind === "number" ? Number.isNaN(column.values[row]) : column.values[row] === null;
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
    const input = column.kind === "number" ? numberInput(column, trained) : categoryInput(column, trained);
    if (typeof input === "string") notes.push(`Left out: ${quoted(column.name)}, ${input}.`);
    else {
      inputs.push(input);
      const replacement = column.kind === "number" ? "set to the mean" : "encoded as zeros";
      if (filled) notes.push(`${quoted(column.name)}: ${filled}, ${replacement}.`);
    }
  }
  return inputs;
}

/** A standardised column, with missing values at the mean, 0. The reason, as the end of a sentence, where it is omitted. */
function numberInput(column: NumberColumn, trained: readonly number[]): Encoded | string {
  const unit = standard(column, trained);
  if (unit === null) return column.different === 0 ? "an empty column" : "all numbers equal";
  return {
    width: 1,
    write(row, into, at) {
      const value = column.values[row] as number;
      into[at] = Number.isNaN(value) ? 0 : (value - unit.mean) / unit.deviation;
    },
  };
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
  return {
    width: names.length,
    write(row, into, at) {
      const index = indices.get(String(column.values[row]));
      if (index !== undefined) into[at + index] = 1;
    },
  };
}

/** The different values of a column in these rows, as texts: numbers in ascending order, texts in alphabetical order. */
export function namesIn(column: Column, rows: readonly number[]): string[] {
  const present = rows.filter((row) => !isMissing(column, row));
  const names = [...new Set(present.map((row) => String(column.values[row])))];
  return column.kind === "number" ? names.sort((a, b) => Number(a) - Number(b)) : names.sort();
}

/** Mean and standard deviation (with divisor N) of the values in these rows; null where all are equal. */
export function standard(
  { values }: NumberColumn,
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
