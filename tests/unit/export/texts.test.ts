import { expect, test } from "vitest";
import { scriptingOf } from "../../../src/app/embed/scripting";
import { parseRunFile } from "../../../src/core/files/parseRunFile";
import { csvOf } from "../../../src/export/csv";
import { notebookOf } from "../../../src/export/notebook/notebook";
import { type TextKind, textOf } from "../../../src/export/texts";
import { newSession } from "../support/fakes";
import { edits } from "../support/runs";

test("the scripting interface exports the current run as CSV, run file and notebook", async () => {
  const { session } = newSession();
  await session.ready;
  const alphascope = scriptingOf(session);
  await alphascope.load({ rows: 50, hidden: [3], shuffle: true, edits });
  await alphascope.advance(40);
  const run = session.runSoFar();
  expect(alphascope.export("csv")).toBe(csvOf(run.history));
  expect(alphascope.export("notebook")).toBe(notebookOf(run));
  const file = JSON.parse(alphascope.export("run"));
  expect(file).toEqual(JSON.parse(JSON.stringify(alphascope.runFile())));
  expect(parseRunFile(file)).toEqual(alphascope.runFile());
  expect(file.trace.step).toHaveLength(40);
});

test.each([
  ["png", 'export: found "png"; allowed: csv, run, notebook'],
  ["toString", 'export: found "toString"; allowed: csv, run, notebook'],
  [undefined, "export: found nothing; allowed: csv, run, notebook"],
  [7, "export: found 7; allowed: csv, run, notebook"],
])("textOf names the allowed kinds when the kind is %s", async (kind, message) => {
  const { session } = newSession();
  await session.ready;
  expect(() => textOf(kind as TextKind, session.runSoFar())).toThrow(message);
});

test("the scripting interface refuses to export before a run is loaded", () => {
  const { session } = newSession();
  session.ready.catch(() => {});
  expect(() => scriptingOf(session).export("csv")).toThrow("No run is loaded.");
});
