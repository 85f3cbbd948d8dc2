import { describe, expect, it, test } from "vitest";
import { columnsOf } from "../../../../src/core/csv/columnTypes";
import { numberOf } from "../../../../src/core/csv/values/numberText";

const [nbsp, thin, narrow] = ["\u00a0", "\u2009", "\u202f"];

test.each<[text: string, point: number | null, comma: number | null]>([
  ["12", 12, 12],
  ["+12", 12, 12],
  ["-12", -12, -12],
  ["−12", -12, -12],
  ["– 12", -12, -12],
  ["12-", -12, -12],
  ["(12)", -12, -12],
  ["(1,234.50)", -1234.5, null],
  ["1.5", 1.5, null],
  ["1,5", null, 1.5],
  [".5", 0.5, null],
  ["5.", 5, null],
  ["1.234", 1.234, 1234],
  ["1,234", 1234, 1.234],
  ["0.125", 0.125, null],
  ["0,125", null, 0.125],
  ["1234.567", 1234.567, null],
  ["1,234,567", 1234567, null],
  ["1.234.567", null, 1234567],
  ["1,234.5", 1234.5, null],
  ["1.234,5", null, 1234.5],
  ["12,34,567.8", 1234567.8, null],
  ["1,00,000", 100000, null],
  ["1 234 567", 1234567, 1234567],
  [`1${nbsp}234,5`, null, 1234.5],
  [`1${narrow}234,5`, null, 1234.5],
  [`1${thin}234.5`, 1234.5, null],
  ["1'234.5", 1234.5, null],
  ["1’234’567", 1234567, 1234567],
  ["1e3", 1000, 1000],
  ["2.5E-2", 0.025, null],
  ["2,5e−2", null, 0.025],
  ["$1,234.50", 1234.5, null],
  ["-$5", -5, -5],
  ["$-5", -5, -5],
  ["($5.25)", -5.25, null],
  ["5,99 €", null, 5.99],
  ["€ 5", 5, 5],
  ["EUR 1.234,00", null, 1234],
  ["1234 USD", 1234, 1234],
  ["US$ 7", 7, 7],
  ["CHF 1'000.–", 1000, 1000],
  ["5,- €", 5, 5],
  ["120 kr", 120, 120],
  ["R$ 3,50", null, 3.5],
  ["₹1,00,000", 100000, null],
  ["12%", 12, 12],
  ["12,5 %", null, 12.5],
  ["-3.5%", -3.5, null],
  ["12,34", null, 12.34],
  ["1,23,4", null, null],
  ["1 23", null, null],
  ["1,234 567", null, null],
  ["--5", null, null],
  ["(-5)", null, null],
  ["$5€", null, null],
  ["5 kg", null, null],
  ["Q1", null, null],
  ["192.168.0.1", null, null],
  ["01.02.2003", null, null],
  ["1e101", null, null],
  ["∞", null, null],
  ["", null, null],
  ["-", null, null],
  ["$", null, null],
])("numberOf reads “%s” as %s with a decimal point and as %s with a decimal comma", (text, point, comma) => {
  expect([numberOf(text, ".")?.value ?? null, numberOf(text, ",")?.value ?? null]).toEqual([point, comma]);
});

/** The values of a column as texts; · is a missing value. */
function valuesIn(text: string, column: number, choices = {}): string {
  const found = columnsOf(text, choices).columns[column];
  if (found?.kind !== "number") return found?.kind ?? "";
  return Array.from(found.values, (value) => (Number.isNaN(value) ? "·" : String(value))).join(" ");
}

const questionsIn = (text: string) =>
  columnsOf(text).questions.map(({ key, example, options, chosen }) => [
    key,
    example,
    ...options.map((option) => option.text),
    chosen,
  ]);

describe("the number format of a file", () => {
  const sales = "Umsatz;Preis;y\n900;0,5;0\n980;4,5;4\n1.000;5,5;5\n1.020;6,5;6\n";
  it.each<[name: string, text: string, column: number, values: string]>([
    ["a decimal comma in another column", sales, 0, "900 980 1000 1020"],
    ["a decimal point in another column", 'a,b\n"1,234",0.5\n"2,345",1.5\n', 0, "1234 2345"],
    ["another value of the column", "a;b\n1.000;1\n2.5;2\n", 0, "1 2.5"],
    ["a value with two group marks", "a;b\n1.000;1\n1.000.000;2\n", 0, "1000 1000000"],
    ["thousands separated by spaces in the column", "a;b\n1 000;1\n2,125;2\n", 0, "1000 2.125"],
    ["thousands separated by apostrophes in the column", "a;b\n1'000;1\n2.125;2\n", 0, "1000 2.125"],
  ])("columnsOf reads 1.000 or 1,000 by %s and has no question", (_, text, column, values) => {
    expect(valuesIn(text, column)).toBe(values);
    expect(questionsIn(text)).toEqual([]);
  });

  it("columnsOf asks where all values have two readings, and reads by the answer", () => {
    const text = "a;b\n1.000;1\n1.020;2\n";
    expect(questionsIn(text)).toEqual([["decimal", "1.000", "1", "1000", ","]]);
    expect(valuesIn(text, 0)).toBe("1000 1020");
    expect(valuesIn(text, 0, { decimal: "." })).toBe("1 1.02");
    const commas = 'a,b\n"1,000",1\n"1,020",2\n';
    expect(questionsIn(commas)).toEqual([["decimal", "1,000", "1000", "1", "."]]);
  });

  it("columnsOf asks where two other columns contradict each other, and notes that they differ", () => {
    const text = "a;b;c\n1.5;1,5;1.000\n2.5;2,5;2.000\n";
    expect(questionsIn(text)).toHaveLength(1);
    expect([valuesIn(text, 0), valuesIn(text, 1)]).toEqual(["1.5 2.5", "1.5 2.5"]);
    expect([valuesIn(text, 2, { decimal: "." }), valuesIn(text, 2, { decimal: "," })]).toEqual(["1 2", "1000 2000"]);
    expect(columnsOf(text).notes[0]).toMatch(/^“c”: “1.000” is read as 1(?:000)?; 1(?:000)? is possible, too\.$/);
    expect(columnsOf(text, { decimal: "," }).notes).toEqual([
      "Some columns have a decimal point, others a decimal comma; each has its own format.",
    ]);
  });
});

describe("columns with few texts that are not numbers", () => {
  const column = (...values: readonly string[]) => ["a;b", ...values.map((value, row) => `${value};${row}`)].join("\n");
  it.each<[name: string, values: readonly string[], read: string, note: string]>([
    [
      "one text",
      ["1", "2", "oops", "4"],
      "1 2 · 4",
      "“a”: 1 value is not a number and counts as missing: “oops” (row 4).",
    ],
    [
      "one unit",
      ["1", "2", "5 kg", "4"],
      "1 2 · 4",
      "“a”: 1 value is not a number and counts as missing: “5 kg” (row 4).",
    ],
    [
      "one decimal comma",
      ["1.5", "2.5", "3,5", "4"],
      "1.5 2.5 · 4",
      "“a”: 1 value is not a number and counts as missing: “3,5” (row 4).",
    ],
    [
      "numbers beyond 1e100",
      ["1", "1e400", "-1e101", "4", "5"],
      "1 · · 4 5",
      "“a”: 2 values are not numbers and count as missing: “1e400” (row 3), “-1e101” (row 4).",
    ],
    [
      "an amount in another currency",
      ["$1", "$2", "€3", "4"],
      "1 2 · 4",
      "“a”: 1 value is not a number and counts as missing: “€3” (row 4).",
    ],
    [
      "a plain number among percentages",
      ["10%", "20%", "0.3", "0"],
      "10 20 · 0",
      "“a”: 1 value is not a number and counts as missing: “0.3” (row 4).",
    ],
    [
      "many texts",
      ["1", "2", "3", "4", "5", "6", "7", "8", "a", "b", "c", "d", "e", "f", "g"],
      "1 2 3 4 5 6 7 8 · · · · · · ·",
      "“a”: 7 values are not numbers and count as missing: “a” (row 10), “b” (row 11), “c” (row 12), “d” (row 13), “e” (row 14) and 2 more.",
    ],
  ])("columnsOf reads numbers with %s among them and names the rows", (_, values, read, note) => {
    expect(valuesIn(column(...values), 0)).toBe(read);
    expect(columnsOf(column(...values)).notes).toEqual([note]);
  });

  it("columnsOf counts a missing value as no unreadable text", () => {
    const values = ["1", "NA", "n/a", "-", "–", "null", "$ -", "#N/A", "N.A.", "", "2"];
    expect(valuesIn(column(...values), 0)).toBe("1 · · · · · · · · · 2");
    expect(columnsOf(column(...values)).notes).toEqual([]);
  });
});
