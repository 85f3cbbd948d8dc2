import { expect, it } from "vitest";
import { columnsOf } from "../../../../src/core/csv/columnTypes";
import { summaryOf } from "../../../../src/core/csv/summary";
import { tableOf } from "../../../../src/core/csv/tableOf";
import type { LessonCsv } from "../../../../src/core/lesson/lesson";
import { csvOf, missingCsv, otherFileName, targetIn } from "../../../../src/core/lesson/lessonCsv";
import { isOnCsv } from "../../../../src/core/lesson/lessonFormat";
import { lessonText } from "../../../../src/core/lesson/lessonText";
import { parseLesson } from "../../../../src/core/lesson/parseLesson";
import { shortName } from "../../../../src/core/lesson/shortName";

const columns = columnsOf(["x,kind,price (€)", "1,a,10", "2,b,20", "3,a,10", "4,b,20", "5,a,40"].join("\n"));
const table = (name: string, column: number, as: "number" | "class") => tableOf(name, columns, { column, as });
const csv: LessonCsv = { file: "houses.csv", target: "price (€)", as: null };
const prices = table("houses.csv", 2, "number");

it("missingCsv names the missing column and the open table unless the open table is the lesson's", () => {
  expect(missingCsv(csv, prices)).toBeNull();
  expect(missingCsv({ ...csv, as: "class" }, table("houses.csv", 2, "class"))).toBeNull();
  expect(missingCsv({ ...csv, target: "kind" }, table("houses.csv", 1, "class"))).toBeNull();
  const missing = "This scene trains on “price (€)” of houses.csv, which is not open in this browser.";
  expect(missingCsv(csv, null)).toBe(missing);
  expect(missingCsv(csv, { ...prices, target: "" })).toBe(missing);
  expect(missingCsv(csv, table("iris.csv", 1, "class"))).toBe(`${missing} The open table is “kind” of iris.csv.`);
  // A lesson without `as` has a numeric target if the column allows it.
  expect(missingCsv(csv, table("houses.csv", 2, "class"))).toBe(
    `${missing} The open table is “price (€)” of houses.csv as a class.`,
  );
  expect(missingCsv({ ...csv, as: "class" }, prices)).toBe(
    `${missing} The open table is “price (€)” of houses.csv as a number.`,
  );
  expect(missingCsv(null, prices)).toBeNull();
  expect(missingCsv(null, null)).toMatch(/^This scene trains on your own CSV\. No CSV is open/);
});

it("missingCsv accepts a file of another name that has the column, and otherFileName names the file", () => {
  const copy = { ...prices, name: "houses (1).csv" };
  expect(missingCsv(csv, copy)).toBeNull();
  expect(otherFileName(csv, copy)).toBe(
    "The lesson names houses.csv; the run trains on “price (€)” of houses (1).csv.",
  );
  expect(otherFileName(csv, prices)).toBeNull();
  for (const file of ["data/houses.csv", "C:\\data\\houses.csv"])
    expect(otherFileName({ ...csv, file }, prices)).toBeNull();
  const long = `${"houses ".repeat(10)}.csv`;
  for (const file of [long, shortName(long)])
    expect(otherFileName({ ...csv, file }, { ...prices, name: shortName(long) })).toBeNull();
  const any = "The lesson names no CSV; the run trains on";
  expect(otherFileName(null, prices)).toBe(`${any} “price (€)” of houses.csv.`);
  expect(otherFileName(null, { ...prices, name: "a case", target: "" })).toBe(`${any} a case.`);
});

it("targetIn finds the column, as a number if possible, and lists the columns when it is missing", () => {
  expect(targetIn(summaryOf(columns), csv)).toEqual({ column: 2, as: "number" });
  expect(targetIn(summaryOf(columns), { ...csv, as: "class" })).toEqual({ column: 2, as: "class" });
  expect(targetIn(summaryOf(columns), { ...csv, target: "kind" })).toEqual({ column: 1, as: "class" });
  expect(() => targetIn(summaryOf(columns), { ...csv, target: "prise" })).toThrow(
    "found no column “prise”, the target of the lesson; allowed: “x”, “kind”, “price (€)”",
  );
});

it("lessonText writes the csv that csvOf makes of a table and parseLesson reads it back", () => {
  const scene = { title: "One", text: "A run.", recipe: { dataset: "csv" } };
  const input = { format: "alphascope-lesson", version: 1, title: "Mine", csv: csvOf(prices), scenes: [scene] };
  const lesson = parseLesson(input);
  expect(lesson.csv).toEqual({ ...csv, as: "number" });
  expect(lesson.scenes.map(isOnCsv)).toEqual([true]);
  expect(parseLesson(JSON.parse(lessonText(lesson)))).toEqual(lesson);
  expect(csvOf({ ...prices, target: "" })).toBeNull();
});
