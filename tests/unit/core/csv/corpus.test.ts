import { describe, expect, it, test } from "vitest";
import { columnsOf, type NumberColumn, type TimeColumn } from "../../../../src/core/csv/columnTypes";
import { decodeText } from "../../../../src/core/csv/decodeText";
import { tableOf } from "../../../../src/core/csv/tableOf";
import { momentText } from "../../../../src/core/csv/values/dateText";

const lines = (...rows: readonly string[]): string => rows.join("\n");
const numbers = lines("a,b", "1,2", "3,4", "5,7", "6,1", "9,9");

const textOf = (value: number, column: NumberColumn | TimeColumn): string =>
  Number.isNaN(value) ? "·" : column.kind === "time" ? momentText(value, column).replace(" ", "T") : String(value);

/** The name, the type (N number, T time, C category) and the values of each column; · is a missing value. */
function columnTexts(text: string): string[] {
  return columnsOf(text).columns.map((column) => {
    const shown =
      column.kind === "category"
        ? Array.from(column.codes, (code) => column.names[code] ?? "·")
        : Array.from(column.values, (value) => textOf(value, column));
    return `${column.name} ${{ number: "N", category: "C", time: "T" }[column.kind]} ${shown.join(" ")}`;
  });
}

describe("columnsOf", () => {
  const ab = ["a N 1 3", "b N 2 4"];
  test.each<[name: string, text: string, columns: readonly string[]]>([
    ["a plain table", "a,b\n1,2\n3,4\n", ab],
    ["no line end at the end", "a,b\n1,2\n3,4", ab],
    ["Windows line ends", "a,b\r\n1,2\r\n3,4\r\n", ab],
    ["old Mac line ends", "a,b\r1,2\r3,4\r", ab],
    ["a byte order mark", "\uFEFFa,b\n1,2\n3,4\n", ab],
    ["semicolons", "a;b\n1;2\n3;4\n", ab],
    ["tabs", "a\tb\n1\t2\n3\t4\n", ab],
    ["vertical bars", "a|b\n1|2\n3|4\n", ab],
    ["a line that sets the delimiter", "sep=;\na;b\n1;2\n3;4\n", ab],
    ["spaces around values", " a , b \n 1 , 2 \n 3 ,4\n", ab],
    ["blank lines before, between and after", "\n\na,b\n\n1,2\n\n3,4\n\n\n", ab],
    ["lines of delimiters only", "a,b\n1,2\n,\n3,4\n,,\n", ab],
    ["a delimiter at the end of every line", "a,b,\n1,2,\n3,4,\n", ab],
    ["quotes around everything", '"a","b"\n"1","2"\n"3","4"\n', ab],
    ["a delimiter within quotes", '"a, big",b\n1,2\n3,4\n', ["a, big N 1 3", "b N 2 4"]],
    ["a quote within quotes", '"a ""x""",b\n1,2\n3,4\n', ['a "x" N 1 3', "b N 2 4"]],
    ["a line end within quotes", 'a,b\n"x\ny",2\nz,4\n', ["a C x\ny z", "b N 2 4"]],
    ["decimal commas between semicolons", "a;b\n1,5;2\n3,25;4\n", ["a N 1.5 3.25", "b N 2 4"]],
    ["decimal commas in quotes between commas", 'a,b\n"1,5",2\n"3,25",4\n', ["a N 1.5 3.25", "b N 2 4"]],
    ["a header with commas between semicolons", "a, in m;b\n1,5;2\n2,5;4\n", ["a, in m N 1.5 2.5", "b N 2 4"]],
    ["thousands grouped by commas", 'a,b\n"1,234.5",2\n"12,000",4\n', ["a N 1234.5 12000", "b N 2 4"]],
    ["thousands grouped by points", "a;b\n1.234,5;2\n12.000.000,0;4\n", ["a N 1234.5 12000000", "b N 2 4"]],
    ["exponents and signs", "a,b\n1e3,-2\n+2.5E-2,.5\n", ["a N 1000 0.025", "b N -2 0.5"]],
    ["a typesetter's minus", "a,b\n−1,2\n3,4\n", ["a N -1 3", "b N 2 4"]],
    [
      "all texts for a missing value",
      "a,b\n,1\nNA,2\nn/a,3\nNaN,4\nnull,5\n?,6\n7,-\n",
      ["a N · · · · · · 7", "b N 1 2 3 4 5 6 ·"],
    ],
    ["categories", "a,b\nred,1\nblue,2\n", ["a C red blue", "b N 1 2"]],
    ["truth values", "a,b\ntrue,1\nfalse,2\n", ["a C true false", "b N 1 2"]],
    ["dates", "a,b\n2020-01-01,1\n2020-01-02,2\n", ["a T 2020-01-01 2020-01-02", "b N 1 2"]],
    ["a mixture of line ends", "a,b\r\n1,2\n3,4\r5,7\r\n6,8\r\n", ["a N 1 3 5 6", "b N 2 4 7 8"]],
    ["a mixture of line ends around a quoted line end", 'a,b\r\n"x\r\ny",2\nz,4\r\n', ["a C x\ny z", "b N 2 4"]],
    ["blanks before quotes", 'a, b, c\n1, 2, "3"\n4,  "5", "6"\n', ["a N 1 4", "b N 2 5", "c N 3 6"]],
    [
      "a delimiter in a text after a blank and a quote",
      'a,b,c\n1, "x, y",3\n4, "z ""w""",6\n',
      ["a N 1 4", 'b C x, y z "w"', "c N 3 6"],
    ],
    ["comment lines before the header", "# made today, by hand\n# in 2020\na,b\n1,2\n3,4\n", ab],
    ["comment lines among the rows and at the end", "a,b\n1,2\n# a pause\n3,4\n# the end, really, of all\n", ab],
    ["a header that is the last comment line", "# data of 2020\n# a,b\n1,2\n3,4\n", ab],
    ["a header that is the last comment line above texts and numbers", "# a,b\nx,2\ny,4\n", ["a C x y", "b N 2 4"]],
    ["a comment line with as many cells as the header", "#made,today\na,b\n1,2\n3,4\n", ab],
    ["a header that begins with a number sign", "#,b\n1,2\n3,4\n", ["# N 1 3", "b N 2 4"]],
    ["a comment line after the line that sets the delimiter", "sep=;\n# x\na;b\n1;2\n3;4\n", ab],
    ["a delimiter at the end of some rows", "a,b\n1,2,\n3,4\n", ab],
    [
      "a first row with a date, as data",
      "2020-01-01,5\n2020-01-02,6\n",
      ["column 1 T 2020-01-01 2020-01-02", "column 2 N 5 6"],
    ],
    ["a first row with a missing value, as data", "1,NA\n2,6\n3,7\n", ["column 1 N 1 2 3", "column 2 N · 6 7"]],
    ["a first row with decimal commas, as data", "1,5;2\n2,5;4\n", ["column 1 N 1.5 2.5", "column 2 N 2 4"]],
    ["texts with few numbers among them", "a,b\nx,1\ny,2\n3,3\n", ["a C x y 3", "b N 1 2 3"]],
    ["an empty column", "a,b\n,1\n,2\n", ["a C · ·", "b N 1 2"]],
    ["no header", "1,2\n3,4\n", ["column 1 N 1 3", "column 2 N 2 4"]],
    ["an empty column name", "a,\n1,2\n3,4\n", ["a N 1 3", "column 2 N 2 4"]],
    ["two equal names", "a,a\n1,2\n3,4\n", ["a N 1 3", "a (2) N 2 4"]],
    ["letters of other scripts", "größe,色\n1,赤\n3,青\n", ["größe N 1 3", "色 C 赤 青"]],
    ["names of object members", "constructor,__proto__\n1,2\n3,4\n", ["constructor N 1 3", "__proto__ N 2 4"]],
    ["formulas of spreadsheets, as texts", "a,b\n=1+1,2\n@x,4\n", ["a C =1+1 @x", "b N 2 4"]],
  ])("columnsOf reads %s", (_, text, columns) => {
    expect(columnTexts(text)).toEqual(columns);
  });
});

describe("columnsOf errors", () => {
  test.each<[name: string, text: string, error: string]>([
    ["an empty file", "", "row 1, column 1: found nothing"],
    ["spaces only", " \n\n \n", "row 1, column 1: found nothing"],
    ["delimiters only", ",,\n,,\n", "row 1, column 1: found nothing"],
    ["a header only", "a,b\n", "row 2, column “a”: found nothing; there are no rows below the header"],
    ["one column", "a\n1\n2\n", "row 1, column “a”: found one column"],
    ["prose", "Dear Sir\nplease find\n", "row 1, column “Dear Sir”: found one column"],
    [
      "a row that is too short",
      "a,b,c\n1,2,3\n4,5\n",
      "row 3, column “c”: found the end of the row after 2 of 3 columns",
    ],
    ["a row that is too long", "a,b\n1,2\n3,4,5\n", "row 3, column “column 3”: found “5”; the first row has 2 columns"],
    ["a quote that is never closed", 'a,b\n1,"2\n3,4\n', "row 2, column “b”: found a quote that is never closed"],
    ["a quote inside quotes", 'a,b\n1,"x"y"\n3,4\n', "row 2, column “b”: found a quote inside a quoted text"],
    ["binary data", "PK\u0003\u0004\0\0,\n", "row 1: found binary data"],
    ["too many columns", `${"x,".repeat(1100)}x\n`, "row 1, column “x (1025)”: found 1101 columns; allowed: 1024"],
    [
      "a file with blank rows and comment lines, counted as in a spreadsheet",
      "\n# x\na,b\n\n1,2\nx,4,5\n",
      "row 6, column “column 3”: found “5”",
    ],
    [
      "a file whose first line sets the delimiter and is counted",
      "sep=;\na;b\n1;2\n2;3\nx;4;5\n",
      "row 5, column “column 3”: found “5”",
    ],
  ])("columnsOf names the place of the error in %s", (_, text, error) => {
    expect(() => columnsOf(text)).toThrow(error);
  });
});

describe("tableOf errors", () => {
  const learn = (text: string, column: number, as: "number" | "class") => () =>
    tableOf("t", columnsOf(text), { column, as });
  const names = (count: number) => lines("a,b", ...Array.from({ length: count }, (_, row) => `${row},name ${row}`));
  test.each<[name: string, table: () => unknown, error: string]>([
    [
      "a target that is always the same",
      learn("a,b\n1,2\n2,2\n3,2\n4,2\n", 1, "number"),
      "column “b”: found one value in all rows",
    ],
    [
      "a target that is empty",
      learn("a,b\n1,\n2,\n3,\n4,\n", 1, "class"),
      "column “b”: found nothing; a target needs two different values",
    ],
    ["texts as a number", learn("a,b\n1,x\n2,y\n3,x\n4,y\n", 1, "number"), "column “b”: found texts"],
    [
      "too many classes",
      learn(names(80), 1, "class"),
      "column “b”: found 80 different values; allowed: at most 64 classes",
    ],
    [
      "names that are all different",
      learn("a,b\n1,x\n2,y\n3,z\n4,w\n", 1, "class"),
      "column “b”: found a different value in each row",
    ],
    [
      "too few rows",
      learn("a,b\n1,2\n2,3\n,4\n", 1, "number"),
      "column “b”: found 3 rows with a value; allowed: 4 or more",
    ],
    [
      "a target without any possible input",
      learn(names(70).replaceAll("name", "n"), 0, "number"),
      "column “a”: no other column can be an input",
    ],
    ["a column index out of range", learn(numbers, 7, "number"), "column 8: found no such column; the table has 2"],
  ])("tableOf throws for %s", (_, table, error) => {
    expect(table).toThrow(error);
  });
});

describe("tableOf", () => {
  const text = lines(
    "size,colour,same,id,y",
    ...Array.from({ length: 40 }, (_, row) => {
      const size = row === 3 ? "" : String(row);
      const colour = row === 5 ? "NA" : (["red", "green", "blue"][row % 3] as string);
      return `${size},${colour},7,item ${row},${row === 9 ? "" : 2 * row}`;
    }),
  );

  it("tableOf notes omitted columns and missing values", () => {
    const table = tableOf("t.csv", columnsOf(text), { column: 4, as: "number" });
    expect(table.notes).toEqual([
      "Left out: 1 row without “y”.",
      "“size”: 1 missing value, set to the mean.",
      "“colour”: 1 missing value, encoded as zeros.",
      "Left out: “same”, all numbers equal.",
      "Left out: “id”, 40 different texts, where at most 32 are allowed.",
    ]);
    expect(table).toMatchObject({ inputs: 4, outputs: 1, loss: "mse", target: "y", classes: null });
    expect([table.train.rows, table.held?.rows]).toEqual([32, 7]);
  });

  it("tableOf standardises with the training rows and encodes a missing number as 0 and a missing category as zeros", () => {
    const { train, held, deviation } = tableOf("t.csv", columnsOf(text), { column: 4, as: "number" });
    const mean = train.y.reduce((sum, value) => sum + value, 0) / train.rows;
    expect(Math.abs(mean)).toBeLessThan(1e-6);
    expect(train.y.reduce((sum, value) => sum + value * value, 0) / train.rows).toBeCloseTo(1, 5);
    // y = 2 × row, so in its own unit the targets of neighbouring rows differ by 2.
    const steps = [...train.y, ...(held?.y ?? [])].map((value) => value * (deviation ?? 0)).sort((a, b) => a - b);
    const gaps = steps.slice(1).map((value, i) => value - (steps[i] as number));
    expect(Math.min(...gaps)).toBeCloseTo(2, 3);
    const rows = [train, held].flatMap((part) =>
      Array.from({ length: part?.rows ?? 0 }, (_, r) => [...(part?.x.slice(4 * r, 4 * r + 4) ?? [])]),
    );
    expect(rows.filter(([size]) => size === 0)).toHaveLength(1);
    expect(rows.filter(([, ...colour]) => colour.join() === "0,0,0")).toHaveLength(1);
    expect(rows.filter(([, ...colour]) => colour.reduce((sum, one) => sum + one, 0) === 1)).toHaveLength(38);
  });

  it("tableOf sorts numeric classes by size and text classes alphabetically", () => {
    const classes = (values: readonly string[], as: "number" | "class" = "class") =>
      tableOf("t", columnsOf(lines("x,y", ...values.map((value, row) => `${row},${value}`))), { column: 1, as });
    expect(classes(["10", "9", "10", "2", "9", "2"]).classes).toEqual(["2", "9", "10"]);
    expect(classes(["b", "a", "b", "c", "a"])).toMatchObject({
      classes: ["a", "b", "c"],
      outputs: 3,
      loss: "cross-entropy",
    });
    expect(classes(["10", "9", "10", "2", "9", "2"], "number").classes).toBeNull();
  });

  it("tableOf holds out the same rows in every call, and no rows of four", () => {
    const make = (source: string) => tableOf("t", columnsOf(source), { column: 1, as: "number" });
    expect(make(numbers)).toEqual(make(numbers));
    expect(make(numbers).held?.rows).toBe(1);
    expect(make(lines("a,b", "1,2", "3,4", "5,7", "6,1")).held).toBeNull();
  });

  it("tableOf uses at most 20,000 training rows and notes the others", () => {
    const many = lines("a,b", ...Array.from({ length: 30_000 }, (_, row) => `${row},${row % 7}`));
    const { train, held, notes } = tableOf("t", columnsOf(many), { column: 1, as: "number" });
    expect([train.rows, held?.rows]).toEqual([20_000, 5000]);
    expect(notes).toEqual(["Of 30000 rows, 25000 are used, drawn at random."]);
  });
});

test.each<[name: string, bytes: readonly number[], text: string]>([
  ["UTF-8", [0x67, 0xc3, 0xb6], "gö"],
  ["UTF-8 with a byte order mark", [0xef, 0xbb, 0xbf, 0x67], "g"],
  ["UTF-16 little-endian", [0xff, 0xfe, 0x67, 0, 0xf6, 0], "gö"],
  ["UTF-16 big-endian", [0xfe, 0xff, 0, 0x67, 0, 0xf6], "gö"],
  ["Windows-1252", [0x67, 0xf6], "gö"],
])("decodeText reads %s", (_, bytes, text) => {
  expect(decodeText(Uint8Array.from(bytes))).toBe(text);
});
