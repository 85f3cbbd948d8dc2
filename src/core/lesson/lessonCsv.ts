import { quoted } from "../csv/quoted";
import type { Summary } from "../csv/summary";
import type { Target } from "../csv/tableOf";
import type { Table } from "../data/table";
import { InputError } from "../errors";
import type { LessonCsv } from "./lesson";
import { shortName } from "./shortName";

/** The message that a scene cannot train, because no table or another table is open; null if the open table is the lesson's. */
export function missingCsv(csv: LessonCsv | null, table: Table | null): string | null {
  if (!csv) return table ? null : "This scene trains on your own CSV. No CSV is open in this browser.";
  if (table && matches(csv, table)) return null;
  const open = table?.target ? ` The open table is ${otherTarget(csv, table)}.` : "";
  return `This scene trains on ${targetOf(csv.target, csv.file)}, which is not open in this browser.${open}`;
}

/**
 * The message that a table is not the lesson's; null if it is.
 * @param owner the table's place in the message: "this table", "the run"
 */
export function csvMismatch(csv: LessonCsv | null, table: Table, owner: string): string | null {
  if (!csv || matches(csv, table)) return null;
  return `The target of this lesson is ${targetOf(csv.target, csv.file)}; the target of ${owner} is ${otherTarget(csv, table)}.`;
}

/** The message that a lesson names another file than its table's file, or none; null if the names are equal. */
export function otherFileName(csv: LessonCsv | null, { name, target }: Table): string | null {
  // A lesson may contain the folder of the file. The name of a table may be shortened.
  if (csv && shortName(csv.file.replace(/^.*[/\\]/, "")) === name) return null;
  return `The lesson names ${csv?.file ?? "no CSV"}; the run trains on ${targetOf(target, name)}.`;
}

/** @throws InputError if the CSV does not have the lesson's target column */
export function targetIn({ columns }: Pick<Summary, "columns">, { target, as }: LessonCsv): Target {
  const column = columns.findIndex(({ name }) => name === target);
  const found = columns[column];
  if (!found) {
    const shown = columns.slice(0, 12).map(({ name }) => quoted(name));
    const others = columns.length - shown.length;
    const known = `${shown.join(", ")}${others > 0 ? ` and ${others} more` : ""}`;
    throw new InputError(`found no column ${quoted(target)}, the target of the lesson; allowed: ${known}`);
  }
  return { column, as: as ?? found.targets[0] ?? "number" };
}

/** The `csv` of a lesson for a table; null if the table has no column names, as a table from a run file. */
export function csvOf(table: Table | null): LessonCsv | null {
  return table?.target ? { file: table.name, target: table.target, as: kindOf(table) } : null;
}

const matches = ({ target, as }: LessonCsv, table: Table): boolean =>
  table.target === target && kindOf(table) === (as ?? (isNumeric(table) ? "number" : "class"));

/** Whether the target could be a number: it is a number, or the names of all its classes are numbers. */
const isNumeric = ({ classes }: Table): boolean => !classes?.some((name) => !Number.isFinite(Number(name)));

/** A target with its file. A table from a run file has a file name only. */
const targetOf = (target: string, file: string): string => (target ? `${quoted(target)} of ${file}` : file);

/** The target of a table that is not the lesson's; with its kind if only the kind differs. */
const otherTarget = ({ target }: LessonCsv, table: Table): string =>
  `${targetOf(table.target, table.name)}${table.target === target ? ` as a ${kindOf(table)}` : ""}`;

const kindOf = ({ loss }: Table): Target["as"] => (loss === "mse" ? "number" : "class");
