import type { CategoryColumn, Column, NumberColumn } from "./columnTypes";
import { quoted } from "./quoted";

/** A column as it enters the network: so many numbers a row. */
export interface Encoded {
  readonly width: number;
  /** Writes a row's numbers at `at`. */
  write(row: number, into: Float32Array, at: number): void;
}

/** Categories that an input may have: names and dates, which have more, say nothing about rows that are not there. */
const maxCategories = 32;

export function isMissing(column: Column, row: number): boolean {
  return column.kind === "number" ? Number.isNaN(column.values[row]) : column.values[row] === null;
}

export const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? "" : "s"}`;

/**
 * All columns but the target, as inputs. Those that say nothing are left out.
 *
 * @param trained the rows that are trained on, whose mean, deviation and categories are used
 * @param notes what was left out or filled in is added here, a sentence each
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
      const way = column.kind === "number" ? "set to the mean" : "count as no category";
      if (filled) notes.push(`${quoted(column.name)}: ${filled}, ${way}.`);
    }
  }
  return inputs;
}

/** Standardised; what is missing lies at the mean, which is 0. A sentence's end where the column says nothing. */
function numberInput(column: NumberColumn, trained: readonly number[]): Encoded | string {
  const unit = standard(column, trained);
  if (unit === null) return column.different === 0 ? "which is empty" : "whose numbers are all the same";
  return {
    width: 1,
    write(row, into, at) {
      const value = column.values[row] as number;
      into[at] = Number.isNaN(value) ? 0 : (value - unit.mean) / unit.deviation;
    },
  };
}

/** One-hot; a value that is missing, or that no training row has, is 0 everywhere. A sentence's end where it says nothing. */
function categoryInput(column: CategoryColumn, trained: readonly number[]): Encoded | string {
  const known = namesIn(column, trained);
  if (column.different === 0) return "which is empty";
  if (known.length < 2) return "whose texts are all the same";
  if (column.different > maxCategories)
    return `${column.different} different texts, more than ${maxCategories} categories`;
  return oneHot(column, known);
}

/** 1 at the place of the row's category among `names`. */
export function oneHot(column: Column, names: readonly string[]): Encoded {
  const places = new Map(names.map((name, place) => [name, place]));
  return {
    width: names.length,
    write(row, into, at) {
      const place = places.get(String(column.values[row]));
      if (place !== undefined) into[at + place] = 1;
    },
  };
}

/** The different values of a column in these rows, numbers by size and texts by their letters. */
export function namesIn(column: Column, rows: readonly number[]): string[] {
  const there = rows.filter((row) => !isMissing(column, row));
  const names = [...new Set(there.map((row) => String(column.values[row])))];
  return column.kind === "number" ? names.sort((a, b) => Number(a) - Number(b)) : names.sort();
}

/** Mean and standard deviation (over N) of the values that these rows have; null where they do not differ. */
export function standard(
  { values }: NumberColumn,
  rows: readonly number[],
): { mean: number; deviation: number } | null {
  const there = rows.map((row) => values[row] as number).filter((value) => !Number.isNaN(value));
  const mean = there.reduce((sum, value) => sum + value / there.length, 0);
  const deviation = Math.sqrt(there.reduce((sum, value) => sum + (value - mean) ** 2 / there.length, 0));
  // What is left of equal values is rounding.
  return deviation > 1e-12 * Math.abs(mean) ? { mean, deviation } : null;
}

/** The target as the network is to say it, with what its numbers and its classes mean. */
export interface EncodedTarget extends Encoded {
  readonly deviation: number | null;
  readonly classes: readonly string[] | null;
}
