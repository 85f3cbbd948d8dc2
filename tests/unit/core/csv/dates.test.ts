import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it, test } from "vitest";
import { columnsOf } from "../../../../src/core/csv/columnTypes";
import { tableOf } from "../../../../src/core/csv/tableOf";
import { momentOf, momentText } from "../../../../src/core/csv/values/dateText";

const read = (text: string, order: "day" | "month" = "month") => {
  const moment = momentOf(text, order);
  return moment && momentText(moment.days, moment);
};

test.each<[text: string, moment: string | null]>([
  ["2012-01-31", "2012-01-31"],
  ["2012/1/31", "2012-01-31"],
  ["2012.01.31", "2012-01-31"],
  ["2012-03", "2012-03-01"],
  ["2012-01-01 00:00", "2012-01-01 00:00"],
  ["2012-01-01T12:30:15.250Z", "2012-01-01 12:30:15"],
  ["2012-01-01T00:30:00+02:00", "2011-12-31 22:30"],
  ["2012-01-01T00:30-0500", "2012-01-01 05:30"],
  ["20120101T123000Z", "2012-01-01 12:30"],
  ["Jan 1 2000", "2000-01-01"],
  ["January 1, 2000", "2000-01-01"],
  ["1 Jan 2000", "2000-01-01"],
  ["1-Jan-99", "1999-01-01"],
  ["Sept. 5th, 2000", "2000-09-05"],
  ["Sat, 01 Jan 2000 06:07:08 GMT", "2000-01-01 06:07:08"],
  ["Sat Jan 01 2000 00:00:00 GMT+0100 (CET)", "1999-12-31 23:00"],
  ["Jan 2000", "2000-01-01"],
  ["Jan-00", "2000-01-01"],
  ["1. März 2000", "2000-03-01"],
  ["1 de enero de 2000", "2000-01-01"],
  ["2000年3月1日", "2000-03-01"],
  ["1/8/90", "1990-01-08"],
  ["1/8/90 0:05", "1990-01-08 00:05"],
  ["12/31/1999 11:05 PM", "1999-12-31 23:05"],
  ["03/2000", "2000-03-01"],
  ["2000 Q3", "2000-07-01"],
  ["Q3/2000", "2000-07-01"],
  ["2000-W01", "2000-01-03"],
  ["14:30", "14:30"],
  ["2:05:09 pm", "14:05:09"],
  ["2000", null],
  ["20000131", null],
  ["Jan 15", null],
  ["2001-02-29", null],
  ["2001-13-01", null],
  ["25:00", null],
  ["1.5", null],
  ["May", null],
  ["32 Jan 2000", null],
  ["5 High Street", null],
])("momentOf reads “%s” as %s in UTC", (text, moment) => {
  expect(read(text)).toBe(moment);
});

test("momentOf reads the day first where the order is day", () => {
  expect([read("01.02.2003", "day"), read("01.02.2003", "month")]).toEqual(["2003-02-01", "2003-01-02"]);
  expect([read("31/12/99", "day"), read("31/12/99", "month")]).toEqual(["1999-12-31", null]);
});

const questionsIn = (text: string) =>
  columnsOf(text).questions.map(({ example, options, chosen }) => [
    example,
    ...options.map((option) => option.text),
    chosen,
  ]);
const firstOf = (text: string, choices = {}) => {
  const column = columnsOf(text, choices).columns[0];
  return column?.kind === "time" ? momentText(column.values[0] as number, column) : column?.kind;
};

describe("the order of day and month of a file", () => {
  it.each<[name: string, text: string, first: string]>([
    ["another value of the column", "a;b\n1/8/90;1\n2/13/90;2\n", "1990-01-08"],
    ["another column", "a;c;b\n1/8/90;13/8/90;1\n2/9/90;14/8/90;2\n", "1990-08-01"],
  ])("columnsOf decides it by %s and has no question", (_, text, first) => {
    expect(firstOf(text)).toBe(first);
    expect(questionsIn(text)).toEqual([]);
  });

  it("columnsOf asks where no value decides it, and reads by the answer", () => {
    const text = "a,b\n1/8/90,1\n2/9/90,2\n";
    expect(questionsIn(text)).toEqual([["1/8/90", "1990-08-01", "1990-01-08", "month"]]);
    expect(firstOf(text)).toBe("1990-01-08");
    expect(firstOf(text, { order: "day" })).toBe("1990-08-01");
    expect(questionsIn("a;b\n01.02.2003;1\n02.03.2003;2\n")).toEqual([
      ["01.02.2003", "2003-02-01", "2003-01-02", "day"],
    ]);
  });

  it("columnsOf names the values of a column of dates that are no dates", () => {
    const text = "a,b\n2000-01-01,1\n2000-02-30,2\n2000-01-03,3\n";
    expect(columnsOf(text).notes).toEqual(["“a”: 1 value is not a date and counts as missing: “2000-02-30” (row 3)."]);
  });
});

/** The table of a column of times `texts`, with the row number as the target. */
const tableWith = (texts: readonly string[]) =>
  tableOf("t", columnsOf(["time,y", ...texts.map((text, row) => `${text},${row}`)].join("\n")), {
    column: 1,
    as: "number",
  });
const monthsFrom2000 = Array.from({ length: 40 }, (_, m) => `${2000 + Math.floor(m / 12)}-${1 + (m % 12)}`);
const halfHours = (count: number) =>
  Array.from({ length: count }, (_, k) => new Date(Date.UTC(2000, 0, 1, 0, 30 * k)).toISOString());

describe("times as inputs", () => {
  it.each<[name: string, texts: readonly string[], inputs: number]>([
    ["days within a year", Array.from({ length: 28 }, (_, d) => `2000-02-${d + 1}`), 1],
    ["months over years, with the season", monthsFrom2000, 3],
    ["the same day of several years", Array.from({ length: 9 }, (_, y) => `200${y}-01-01`), 1],
    ["times of one day", halfHours(40), 1],
    ["times of several days, with the hour", halfHours(200), 3],
    ["dates at midnight", Array.from({ length: 20 }, (_, d) => `2000-02-0${1 + (d % 9)} 00:00`), 1],
    ["times of day without a date, with the hour", Array.from({ length: 20 }, (_, h) => `${h}:15`), 3],
  ])("tableOf encodes %s", (_, texts, inputs) => {
    expect(tableWith(texts).inputs).toBe(inputs);
  });

  it("tableOf gives the standardised time, and the sine and cosine of the season", () => {
    const { train, inputs } = tableWith(monthsFrom2000);
    for (let row = 0; row < train.rows; row++) {
      const [time, sine, cosine] = train.x.subarray(row * inputs, (row + 1) * inputs) as unknown as number[];
      expect(Math.hypot(sine!, cosine!)).toBeCloseTo(1, 6);
      expect(Math.abs(time!)).toBeLessThan(2);
    }
    const sum = Array.from({ length: train.rows }, (_, row) => train.x[row * inputs]!).reduce((a, b) => a + b, 0);
    expect(Math.abs(sum)).toBeLessThan(1e-4);
  });

  it("tableOf sets a missing time to zeros and notes the inputs of a column of times", () => {
    const { train, held, inputs, notes } = tableWith([...monthsFrom2000, ""]);
    const rows = [train, held].flatMap((part) =>
      Array.from({ length: part?.rows ?? 0 }, (_, r) => [...(part?.x.slice(inputs * r, inputs * (r + 1)) ?? [])]),
    );
    expect(rows.filter((row) => row.every((value) => value === 0))).toHaveLength(1);
    expect(notes).toEqual([
      "“time”: 1 missing value, set to the mean.",
      "“time”: time, and sine and cosine of 1 cycle, are 3 inputs.",
    ]);
  });

  it("tableOf trains on a column of times as a number and as a class", () => {
    const columns = columnsOf("day,x\n2000-01-02,1\n2000-01-01,2\n2000-01-02,3\n2000-01-01,5\n2000-01-01,4\n");
    expect(tableOf("t", columns, { column: 0, as: "number" })).toMatchObject({ outputs: 1, loss: "mse" });
    expect(tableOf("t", columns, { column: 0, as: "class" }).classes).toEqual(["2000-01-01", "2000-01-02"]);
  });
});

const vega = resolve(import.meta.dirname, "../../../../node_modules/vega-datasets/data");

test.each<[file: string, target: string, inputs: number]>([
  ["github.csv", "count", 3],
  ["sp500.csv", "price", 3],
  ["co2-concentration.csv", "CO2", 4],
  ["seattle-weather.csv", "temp_max", 11],
  ["iowa-electricity.csv", "net_generation", 4],
])("tableOf uses the dates of %s as inputs for %s", (file, target, inputs) => {
  const columns = columnsOf(readFileSync(resolve(vega, file), "utf8"));
  const column = columns.columns.findIndex(({ name }) => name === target);
  expect(columns.questions).toEqual([]);
  expect(tableOf(file, columns, { column, as: "number" }).inputs).toBe(inputs);
});
