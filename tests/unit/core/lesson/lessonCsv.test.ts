import { expect, it } from "vitest";
import { columnsOf } from "../../../../src/core/csv/columnTypes";
import { tableOf } from "../../../../src/core/csv/tableOf";
import type { LessonCsv } from "../../../../src/core/lesson/lesson";
import { csvOf, lackOf, strangerIn, targetIn } from "../../../../src/core/lesson/lessonCsv";
import { isOnCsv } from "../../../../src/core/lesson/lessonFormat";
import { lessonText } from "../../../../src/core/lesson/lessonText";
import { parseLesson } from "../../../../src/core/lesson/parseLesson";
import { shortName } from "../../../../src/core/lesson/shortName";

const columns = columnsOf(["x,kind,price (€)", "1,a,10", "2,b,20", "3,a,10", "4,b,20", "5,a,40"].join("\n"));
const table = (name: string, column: number, as: "number" | "class") => tableOf(name, columns, { column, as });
const csv: LessonCsv = { file: "houses.csv", target: "price (€)", as: null };
const prices = table("houses.csv", 2, "number");

it("has what it is on, or says what is missing and what is open instead", () => {
  expect(lackOf(csv, prices)).toBeNull();
  expect(lackOf({ ...csv, as: "class" }, table("houses.csv", 2, "class"))).toBeNull();
  expect(lackOf({ ...csv, target: "kind" }, table("houses.csv", 1, "class"))).toBeNull();
  const missing = "This scene learns “price (€)” of houses.csv, which is not open in this browser";
  expect(lackOf(csv, null)).toBe(`${missing}.`);
  expect(lackOf(csv, { ...prices, target: "" })).toBe(`${missing}.`);
  expect(lackOf(csv, table("iris.csv", 1, "class"))).toBe(`${missing} (“kind” of iris.csv is).`);
  // What does not say is a number where it can be one, whether the table is read for it or open already.
  expect(lackOf(csv, table("houses.csv", 2, "class"))).toBe(`${missing} (“price (€)” of houses.csv as a class is).`);
  expect(lackOf({ ...csv, as: "class" }, prices)).toBe(`${missing} (“price (€)” of houses.csv as a number is).`);
  expect(lackOf(null, prices)).toBeNull();
  expect(lackOf(null, null)).toMatch(/^This scene is on a CSV of your own, and none is open/);
});

it("takes a file of another name that has the column, and says so", () => {
  const copy = { ...prices, name: "houses (1).csv" };
  expect(lackOf(csv, copy)).toBeNull();
  expect(strangerIn(csv, copy)).toBe("The lesson names houses.csv; what it runs on is “price (€)” of houses (1).csv.");
  expect(strangerIn(csv, prices)).toBeNull();
  for (const file of ["data/houses.csv", "C:\\data\\houses.csv"])
    expect(strangerIn({ ...csv, file }, prices)).toBeNull();
  const long = `${"houses ".repeat(10)}.csv`;
  for (const file of [long, shortName(long)])
    expect(strangerIn({ ...csv, file }, { ...prices, name: shortName(long) })).toBeNull();
  const any = "The lesson names no CSV; what it runs on is";
  expect(strangerIn(null, prices)).toBe(`${any} “price (€)” of houses.csv.`);
  expect(strangerIn(null, { ...prices, name: "a case", target: "" })).toBe(`${any} a case.`);
});

it("finds its column, as a number where that can be; a slip is named beside what there is", () => {
  expect(targetIn(columns, csv)).toEqual({ column: 2, as: "number" });
  expect(targetIn(columns, { ...csv, as: "class" })).toEqual({ column: 2, as: "class" });
  expect(targetIn(columns, { ...csv, target: "kind" })).toEqual({ column: 1, as: "class" });
  expect(() => targetIn(columns, { ...csv, target: "prise" })).toThrow(
    "found no column “prise”, which the lesson learns; known: “x”, “kind”, “price (€)”",
  );
});

it("is written to the file as it is read from it, and a run on a table names it", () => {
  const scene = { title: "One", text: "A run.", recipe: { dataset: "csv" } };
  const input = { format: "alphascope-lesson", version: 1, title: "Mine", csv: csvOf(prices), scenes: [scene] };
  const lesson = parseLesson(input);
  expect(lesson.csv).toEqual({ ...csv, as: "number" });
  expect(lesson.scenes.map(isOnCsv)).toEqual([true]);
  expect(parseLesson(JSON.parse(lessonText(lesson)))).toEqual(lesson);
  expect(csvOf({ ...prices, target: "" })).toBeNull();
});
