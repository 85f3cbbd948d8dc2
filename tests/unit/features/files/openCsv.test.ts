import { expect, test } from "vitest";
import {
  chooseReadings,
  isCsv,
  openedCsv,
  readCsvFile,
  showCsv,
  trainOn,
} from "../../../../src/features/files/openCsv";
import { openPicked } from "../../../../src/features/files/openFile";
import { newSession } from "../../support/fakes";

const file = (text: string, name = "mine.csv") => new File([text], name);
const text = `x,kind\n${Array.from({ length: 20 }, (_, row) => `${row},${row % 2 ? "odd" : "even"}`).join("\n")}\n`;

test("isCsv decides by the file name", () => {
  expect(["a.csv", "B.TSV", "c.txt", "d.tab"].map((name) => isCsv({ name }))).toEqual([true, true, true, true]);
  expect(["a.json", "csv", "a.csv.json", "run.ipynb"].some((name) => isCsv({ name }))).toBe(false);
});

test("readCsvFile refuses more than 32 MB unread and names a file that the browser cannot read", async () => {
  const unread = { name: "big.csv", size: 100 * 2 ** 20, arrayBuffer: () => expect.fail("it was read") };
  await expect(readCsvFile(unread)).rejects.toThrow("big.csv: found 100 MB; allowed: CSV files of at most 32 MB");
  const over = { ...unread, size: 32 * 2 ** 20 + 1 };
  await expect(readCsvFile(over)).rejects.toThrow("big.csv: found 33 MB; allowed: CSV files of at most 32 MB");
  const largest = { ...unread, size: 32 * 2 ** 20, arrayBuffer: async () => new TextEncoder().encode(text).buffer };
  expect(await readCsvFile(largest)).toMatchObject({ name: "big.csv", rows: 20 });
  const gone = { name: "gone.csv", size: 5, arrayBuffer: () => Promise.reject(new Error("NotFoundError")) };
  await expect(readCsvFile(gone)).rejects.toThrow("gone.csv: the browser cannot read this file");
});

test("openPicked names file, row and column of a CSV error and leaves the run unchanged", async () => {
  const { session } = newSession();
  await session.ready;
  await session.advance(4);
  await openPicked(session, [file("a,b\n1,2\n3,4\n5,6,7\n")]);
  expect(session.store.getState()).toMatchObject({
    step: 4,
    notices: [{ kind: "error", text: expect.stringContaining("mine.csv: row 4, column “column 3”: found “7”") }],
  });
  expect(openedCsv.getState().csv).toBeNull();
});

test("trainOn trains on an opened CSV file when its target has been selected", async () => {
  const { session } = newSession();
  await session.ready;
  await openPicked(session, [file(text)]);
  const { csv } = openedCsv.getState();
  expect(csv).toMatchObject({ name: "mine.csv", rows: 20, columns: [{ name: "x" }, { name: "kind" }] });
  if (!csv) return;
  await expect(trainOn(session, csv, 1, "number")).rejects.toThrow("column “kind”: found texts");
  await trainOn(session, csv, 1, "class");
  await session.advance(3);
  expect(session.store.getState()).toMatchObject({
    file: "mine.csv",
    recipe: { dataset: "csv", rows: 16, inputs: 1, outputs: 2 },
    notices: [{ text: "Opened mine.csv. The data stay in this browser. 16 rows to train on, 4 held out." }],
  });
  expect(session.table()?.classes).toEqual(["even", "odd"]);
});

test("openPicked asks to save a workbook as CSV, whatever its name", async () => {
  const { session } = newSession();
  await session.ready;
  const workbook = "PK\u0003\u0004\u0014\0 xl/workbook.xml";
  for (const name of ["sales.xlsx", "sales.csv", "sales"]) await openPicked(session, [file(workbook, name)]);
  expect(session.store.getState().notices.map(({ text }) => text)).toEqual(
    ["sales.xlsx", "sales.csv", "sales"].map(
      (name) =>
        `${name}: found an Excel workbook (.xlsx); allowed: run files, lessons and CSV files. Open a table in its own program and save it as CSV.`,
    ),
  );
});

test("chooseReadings reads the opened CSV file with the chosen decimal mark", async () => {
  const { session } = newSession();
  await session.ready;
  await openPicked(session, [file("a;b\n1.000;1\n2.000;2\n3.000;3\n4.000;5\n")]);
  const before = openedCsv.getState().csv;
  expect([before?.questions[0]?.chosen, before?.columns[0]?.range]).toEqual([",", [1000, 4000]]);
  if (before) await chooseReadings(before, { decimal: "." });
  const after = openedCsv.getState().csv;
  expect([after?.questions[0]?.chosen, after?.columns[0]?.range]).toEqual([".", [1, 4]]);
  showCsv(null);
});
