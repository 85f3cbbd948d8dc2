import { expect, it, test } from "vitest";
import { columnsOf } from "../../../../src/core/csv/columnTypes";
import { decodeText } from "../../../../src/core/csv/decodeText";
import { summaryOf } from "../../../../src/core/csv/summary";
import { tableOf } from "../../../../src/core/csv/tableOf";
import { splitRows } from "../../../../src/core/data/table";
import { binaryKind } from "../../../../src/core/files/fileKind";

const rows = (count: number, row: (index: number) => string, header = "a,b") =>
  [header, ...Array.from({ length: count }, (_, index) => row(index))].join("\n");

/** The row of nine that is held out. */
const [heldOut] = splitRows(9).held;

test.each<[name: string, text: string, targets: readonly string[]]>([
  ["numbers and names", rows(8, (r) => `${r},${"xy"[r % 2]}`), ["a number", "b class"]],
  ["names without an input", rows(80, (r) => `name ${r},${r}`), []],
  ["three rows", rows(3, (r) => `${r},${r}`), []],
  ["three rows with a value", rows(9, (r) => `${r < 3 ? r : ""},${r}`), ["b number"]],
  ["a constant column", rows(8, (r) => `${r},5`), []],
  [
    "a number that is constant in the training rows",
    rows(9, (r) => `${r},${r === heldOut ? 1 : 0},${r}`, "a,b,c"),
    ["a number", "b class", "c number"],
  ],
  ["dates", rows(8, (r) => `2000-01-0${r + 1},${r}`), ["a number", "b number"]],
])("summaryOf offers the targets with which tableOf makes a table: %s", (_, text, targets) => {
  const columns = columnsOf(text);
  const offered = summaryOf(columns).columns.map(({ targets }) => targets);
  const made = columns.columns.map((_, column) =>
    (["number", "class"] as const).filter((as) => {
      try {
        return tableOf("t", columns, { column, as });
      } catch {
        return false;
      }
    }),
  );
  expect(offered).toEqual(made);
  expect(offered.flatMap((kinds, c) => kinds.map((kind) => `${"abc"[c]} ${kind}`))).toEqual(targets);
});

it("summaryOf gives the range of numbers and times, and marks categories that are left out", () => {
  const text = rows(40, (r) => `${r},2000-01-${String(1 + (r % 28)).padStart(2, "0")},name ${r}`, "a,b,c");
  expect(summaryOf(columnsOf(text)).columns).toMatchObject([
    { kind: "number", range: [0, 39] },
    { kind: "time", range: ["2000-01-01", "2000-01-28"] },
    { kind: "category", range: null, tooMany: true },
  ]);
});

test.each<[name: string, start: string | readonly number[], kind: string | null]>([
  ["a workbook", "PK\x03\x04\x14\0 [Content_Types].xml xl/workbook.xml", "an Excel workbook (.xlsx)"],
  [
    "an OpenDocument spreadsheet",
    "PK\x03\x04 mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
    "an OpenDocument spreadsheet (.ods)",
  ],
  ["a zip archive", "PK\x03\x04 data.csv", "a zip archive"],
  ["an old workbook", [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], "an Excel workbook (.xls)"],
  ["a Parquet file", "PAR1\x15\0\x15", "a Parquet file"],
  ["a PNG picture", [0x89, 0x50, 0x4e, 0x47, 0x0d], "a PNG picture"],
  ["a JPEG picture", [0xff, 0xd8, 0xff, 0xe0], "a JPEG picture"],
  ["a gzip archive", [0x1f, 0x8b, 8], "a gzip archive"],
  ["a PDF document", "%PDF-1.7\n\0", "a PDF document"],
  ["a web page", "<!DOCTYPE html><html>", "a web page or an XML document"],
  ["a CSV file that begins with BM", "BMI,weight\n20,60\n", null],
  ["a CSV file", "a,b\n1,2\n", null],
  ["UTF-16", [0xff, 0xfe, 0x61, 0], null],
  ["an empty file", "", null],
])("binaryKind names the format of %s", async (_, start, kind) => {
  const bytes = typeof start === "string" ? Array.from(start, (letter) => letter.charCodeAt(0)) : start;
  expect(await binaryKind(new Blob([Uint8Array.from(bytes)]))).toBe(kind);
});

test.each(["utf-16le", "utf-16be"] as const)("decodeText reads %s without a byte order mark", (encoding) => {
  const text = "größe,b\n1,2\n";
  const bytes = Array.from(text, (letter) => [letter.charCodeAt(0) & 255, letter.charCodeAt(0) >> 8]);
  const ordered = encoding === "utf-16le" ? bytes : bytes.map((pair) => pair.toReversed());
  expect(decodeText(Uint8Array.from(ordered.flat()))).toBe(text);
});
