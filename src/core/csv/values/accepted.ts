import type { Cells } from "../rows/cells";
import type { Moment } from "./dateText";
import type { WrittenNumber } from "./numberText";

/** The values of the texts of a column, null for a text without one, and the number of rows with a value. */
interface Accepted {
  readonly values: readonly (number | null)[];
  readonly rows: number;
}

/**
 * The numbers of a column in one unit: amounts in the most frequent currency or without a sign, and percentages or else plain
 * numbers. Texts in another unit have no value.
 */
export function acceptedNumbers({ texts, counts }: Cells, read: (text: string) => WrittenNumber | null): Accepted {
  const written = texts.map(read);
  const rowsByUnit = new Map<string, number>();
  written.forEach((number, i) => {
    if (number) rowsByUnit.set(number.unit, (rowsByUnit.get(number.unit) ?? 0) + (counts[i] as number));
  });
  const bare = rowsByUnit.get("") ?? 0;
  const [unit = "", rows = 0] = [...rowsByUnit].filter(([one]) => one !== "").sort(([, a], [, b]) => b - a)[0] ?? [];
  const isShare = unit === "%" || unit === "‰";
  const main = isShare && bare > rows ? "" : unit;
  const fits = ({ value, unit: one }: WrittenNumber) => one === main || (one === "" && (!isShare || value === 0));
  return withRows(
    written.map((number) => (number && fits(number) ? number.value : null)),
    counts,
  );
}

/** The moments of a column: dates where most of them are dates, else times of day. */
export function acceptedMoments(
  { texts, counts }: Cells,
  read: (text: string) => Moment | null,
): Accepted & { readonly dated: boolean; readonly timed: boolean } {
  const moments = texts.map(read);
  const rowsOf = (dated: boolean) =>
    moments.reduce((sum, moment, i) => sum + (moment?.dated === dated ? (counts[i] as number) : 0), 0);
  const dated = rowsOf(true) >= rowsOf(false);
  const kept = moments.map((moment) => (moment?.dated === dated ? moment : null));
  const values = kept.map((moment) => moment?.days ?? null);
  return { ...withRows(values, counts), dated, timed: kept.some((moment) => moment?.timed) };
}

function withRows(values: readonly (number | null)[], counts: readonly number[]): Accepted {
  return {
    values,
    rows: values.reduce<number>((sum, value, i) => sum + (value === null ? 0 : (counts[i] as number)), 0),
  };
}
