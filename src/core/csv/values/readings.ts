import { quoted } from "../quoted";
import type { Cells } from "../rows/cells";
import type { Sheet } from "../rows/sheet";
import { type DayOrder, type Moment, momentOf, momentText } from "./dateText";
import { type Decimal, isMissingText, numberOf } from "./numberText";

/** The user's answers to the questions of a file. */
export interface Choices {
  readonly decimal?: Decimal;
  readonly order?: DayOrder;
}

/** The decimal mark and the order of day and month of a column. */
type Readings = Required<Choices>;

/** A text of the file that has two values, of which the file decides none. */
export interface Question<Key extends keyof Choices = keyof Choices> {
  readonly key: Key;
  readonly column: string;
  readonly example: string;
  /** The values that `example` can have. */
  readonly options: readonly { readonly value: Readings[Key]; readonly text: string }[];
  /** The chosen value, or the likelier one before a choice. */
  readonly chosen: Readings[Key];
}

/** The evidence of the texts of a column for one of two readings, in rows. */
interface Evidence {
  /** Rows that both readings read, and that only the first, or only the second reads. */
  readonly both: number;
  readonly first: number;
  readonly second: number;
  /** A text that both read, with different values; null without one. */
  readonly example: string | null;
}

/** The least fraction of rows that one of two readings reads in a column of numbers, or of dates. */
const minRead = 0.5;

/** The readings of all columns, the questions that remain, and a note where columns differ. */
interface AllReadings {
  readonly readings: readonly Readings[];
  readonly questions: readonly Question[];
  readonly notes: readonly string[];
}

/**
 * The texts of a column that only one reading reads decide for the column. All such texts of the file, if they agree, decide for the
 * other columns. Where a text with two values remains, the file has a question.
 */
export function readingsOf(sheet: Sheet, choices: Choices): AllReadings {
  const { names, columns, delimiter } = sheet;
  const numbers = columns.map((cells) => evidenceOf(cells, numberReader(cells)));
  const decimal = decide<Decimal>(numbers, [".", ","], choices.decimal, delimiter === ";" ? "," : ".");
  const dates = columns.map((cells, c) => (numbers[c] ? null : evidenceOf(cells, readDates)));
  const slashes = dates.every((date) => date?.example?.includes("/") ?? true);
  const commas = delimiter === ";" || decimal.each.includes(",");
  const order = decide<DayOrder>(dates, ["day", "month"], choices.order, slashes && !commas ? "month" : "day");
  const own = numbers.flatMap((one, c) => (one && one.first + one.second > 0 ? (decimal.each[c] ?? []) : []));
  const questions = [
    ...questionOf("decimal", decimal, names, (text, value) => String(numberOf(text, value)?.value)),
    ...questionOf("order", order, names, (text, value) => dateText(momentOf(text, value))),
  ];
  const notes = questions.filter(({ key }) => choices[key] === undefined).map(unansweredNote);
  if (new Set(own).size > 1) {
    notes.push("Some columns have a decimal point, others a decimal comma; each has its own format.");
  }
  return {
    readings: names.map((_, c) => ({ decimal: decimal.each[c] ?? ".", order: order.each[c] ?? "day" })),
    questions,
    notes,
  };
}

/** A lesson that names its column reads its CSV file without a dialog: the note says how. */
function unansweredNote({ column, example, options, chosen }: Question): string {
  const [read, other] = options.toSorted((a, b) => Number(b.value === chosen) - Number(a.value === chosen));
  return `${quoted(column)}: ${quoted(example)} is read as ${read?.text}; ${other?.text} is possible, too.`;
}

const dateText = (moment: Moment | null): string => (moment ? momentText(moment.days, moment) : "");

type Reader = (text: string) => readonly [first: number | null, second: number | null];

const readDates: Reader = (text) => [momentOf(text, "day")?.days ?? null, momentOf(text, "month")?.days ?? null];

/** A number such as 1 234 in a column shows that its points and commas are decimal marks, because thousands are separated by spaces. */
const spaced = /^\D*[1-9]\d{0,2}[\s'’]\d{3}(?!\d)/;

function numberReader({ texts }: Cells): Reader {
  const marksAreDecimal = texts.some((text) => spaced.test(text));
  return (text) => {
    const [point, comma] = [numberOf(text, ".")?.value ?? null, numberOf(text, ",")?.value ?? null];
    if (!marksAreDecimal || point === null || comma === null || point === comma) return [point, comma];
    return text.includes(",") ? [null, comma] : [point, null];
  };
}

/** null for a column that neither reading reads. */
function evidenceOf(
  { texts, counts }: Cells,
  read: (text: string) => readonly [first: number | null, second: number | null],
): Evidence | null {
  let [both, first, second, all] = [0, 0, 0, 0];
  let example: string | null = null;
  texts.forEach((text, i) => {
    if (isMissingText(text)) return;
    const rows = counts[i] as number;
    const [one, other] = read(text);
    all += rows;
    if (one !== null && other !== null) both += rows;
    else if (one !== null) first += rows;
    else if (other !== null) second += rows;
    if (one !== null && other !== null && one !== other) example ??= text;
  });
  return both + Math.max(first, second) > minRead * all ? { both, first, second, example } : null;
}

interface Decision<T> {
  /** The reading of each column; undefined for a column that has neither. */
  readonly each: readonly (T | undefined)[];
  /** The first column with a text of two values and no decision, and the chosen or likelier reading of such columns. */
  readonly open: { readonly column: number; readonly example: string; readonly chosen: T } | null;
  readonly options: readonly [T, T];
}

function decide<T>(
  evidence: readonly (Evidence | null)[],
  options: readonly [T, T],
  choice: T | undefined,
  fallback: T,
): Decision<T> {
  const only = ({ first, second }: Pick<Evidence, "first" | "second">): T | undefined =>
    first > 0 === second > 0 ? undefined : options[first > 0 ? 0 : 1];
  const most = ({ first, second }: Pick<Evidence, "first" | "second">): T | undefined =>
    first === second ? undefined : options[first > second ? 0 : 1];
  const found = evidence.filter((one) => one !== null);
  const total = {
    first: found.reduce((sum, { first }) => sum + first, 0),
    second: found.reduce((sum, { second }) => sum + second, 0),
  };
  const likelier = (one: Evidence) => most(one) ?? most(total) ?? fallback;
  const column = evidence.findIndex((one) => one?.example && !only(one) && !only(total));
  const asked = evidence[column];
  const open = asked?.example ? { column, example: asked.example, chosen: choice ?? likelier(asked) } : null;
  const each = evidence.map((one) => {
    if (!one) return undefined;
    return only(one) ?? only(total) ?? (one.example && open ? open.chosen : likelier(one));
  });
  return { each, open, options };
}

function questionOf<Key extends keyof Choices>(
  key: Key,
  { open, options }: Decision<Readings[Key]>,
  names: readonly string[],
  textOf: (example: string, value: Readings[Key]) => string,
): Question<Key>[] {
  if (!open) return [];
  const { column, example, chosen } = open;
  const values = options.map((value) => ({ value, text: textOf(example, value) }));
  return [{ key, column: names[column] as string, example, options: values, chosen }];
}
