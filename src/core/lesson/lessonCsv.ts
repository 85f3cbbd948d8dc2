import type { Columns } from "../csv/columnTypes";
import { quoted } from "../csv/quoted";
import type { Target } from "../csv/tableOf";
import { targetKinds } from "../csv/targetKinds";
import type { Table } from "../data/table";
import { InputError } from "../errors";
import type { LessonCsv } from "./lesson";
import { shortName } from "./shortName";

/** What a table lacks to be the lesson's, in a sentence; null where it is. */
export function lackOf(csv: LessonCsv | null, table: Table | null): string | null {
  if (!csv) return table ? null : "This scene is on a CSV of your own, and none is open in this browser.";
  if (table && isOf(csv, table)) return null;
  const open = table?.target ? ` (${unlike(csv, table)} is)` : "";
  return `This scene learns ${learned(csv.target, csv.file)}, which is not open in this browser${open}.`;
}

/** That something is on another table than the lesson, in a sentence; null where it is not. */
export function otherThan(csv: LessonCsv | null, table: Table, what: string): string | null {
  if (!csv || isOf(csv, table)) return null;
  return `This lesson is on ${learned(csv.target, csv.file)}; ${what} is on ${unlike(csv, table)}.`;
}

/** What a lesson runs on that names another file or none, in a sentence; null where it is what it names. */
export function strangerIn(csv: LessonCsv | null, { name, target }: Table): string | null {
  // Whoever writes the lesson may have written the folder, too; a table's name is cut.
  if (csv && shortName(csv.file.replace(/^.*[/\\]/, "")) === name) return null;
  return `The lesson names ${csv?.file ?? "no CSV"}; what it runs on is ${learned(target, name)}.`;
}

/** @throws InputError where there is no such column, or none that can be learned so */
export function targetIn({ columns }: Pick<Columns, "columns">, { target, as }: LessonCsv): Target {
  const column = columns.findIndex(({ name }) => name === target);
  const found = columns[column];
  if (!found) {
    const names = columns.slice(0, 12).map(({ name }) => quoted(name));
    const known = `${names.join(", ")}${columns.length > names.length ? ", …" : ""}`;
    throw new InputError(`found no column ${quoted(target)}, which the lesson learns; known: ${known}`);
  }
  return { column, as: as ?? targetKinds(found)[0] ?? "number" };
}

/** How a lesson names a table; null where the table does not know its columns, as one that came with a run file. */
export function csvOf(table: Table | null): LessonCsv | null {
  return table?.target ? { file: table.name, target: table.target, as: learnedAs(table) } : null;
}

const isOf = ({ target, as }: LessonCsv, table: Table): boolean =>
  table.target === target && learnedAs(table) === (as ?? (isNumber(table) ? "number" : "class"));

/** Whether the target could be learned as a number: it is, or all its classes are called by numbers. */
const isNumber = ({ classes }: Table): boolean => !classes?.some((name) => !Number.isFinite(Number(name)));

/** Of a table that came with a run file only the name is known. */
const learned = (target: string, file: string): string => (target ? `${quoted(target)} of ${file}` : file);

/** A table that is not the lesson's: its column, and where only that is the same, as what it is learned. */
const unlike = ({ target }: LessonCsv, table: Table): string =>
  `${learned(table.target, table.name)}${table.target === target ? ` as a ${learnedAs(table)}` : ""}`;

const learnedAs = ({ loss }: Table): Target["as"] => (loss === "mse" ? "number" : "class");
