import { expect, test } from "vitest";
import { makeRunFile } from "../../../../src/core/files/runfile";
import { openFile, openPicked } from "../../../../src/features/files/openFile";
import { maxFileBytes } from "../../../../src/features/files/readFile";
import { newSession } from "../../support/fakes";
import { runOf } from "../../support/runs";

const file = (text: string, name = "run.json") => new File([text], name);
const runFile = async () => JSON.stringify(makeRunFile(await runOf({ rows: 30, hidden: [3] }, 20)));

/** A session that has taken twelve steps of a run of its own. */
async function busy() {
  const { session } = newSession();
  await session.ready;
  await session.load({ rows: 40, hidden: [2] });
  await session.advance(12);
  return session;
}

test("a run file opens paused at step 0, and runs again as it did", async () => {
  const session = await busy();
  const text = await runFile();
  await openFile(session, file(text));
  expect(session.store.getState()).toMatchObject({ phase: "paused", step: 0, recipe: { rows: 30, hidden: [3] } });
  await session.advance(20);
  expect(JSON.stringify(session.runFile())).toBe(text);
});

test.each([
  ["", /^run\.json: this is neither a run file nor a lesson: .+line 1 column 1\)$/],
  [
    '{\n  "format": "alphascope-lesson",\n  "scenes": [{},\n  ]\n}',
    /^run\.json: .+ nor a lesson: .+line 4 column 3\)$/,
  ],
  ["[1, 2]", "run.json: this is neither a run file nor a lesson, which are JSON objects"],
  ["null", "run.json: this is neither a run file nor a lesson, which are JSON objects"],
  ["{}", "run.json: this is neither a run file nor a lesson, which name their “format”"],
  ['{"lr": 0.1}', "run.json: this is neither a run file nor a lesson, which name their “format”"],
  ['{"format": "ipynb"}', 'run.json: format: found "ipynb"; allowed: alphascope-run, alphascope-lesson'],
  ['{"format": "alphascope-run", "version": 2}', "run.json: version: found 2; allowed: 1"],
  ['{"format": "alphascope-run", "version": 1, "case": 5}', "run.json: case: found 5; allowed: an object"],
])("%s is refused, and the run before it goes on", async (text, message) => {
  const session = await busy();
  await expect(openFile(session, file(text))).rejects.toThrow(message);
  expect(session.store.getState()).toMatchObject({ step: 12, recipe: { rows: 40 } });
});

test("a file that is too large, or cannot be read, is refused unread", async () => {
  const session = await busy();
  const unread = { name: "a".repeat(100), size: maxFileBytes + 1, text: () => expect.fail("it was read") };
  await expect(openFile(session, unread)).rejects.toThrow(
    `${"a".repeat(60)}…: found 65 MB; allowed: run files of at most 64 MB`,
  );
  const folder = { name: "folder", size: 0, text: () => Promise.reject(new Error("NotFoundError")) };
  await expect(openFile(session, folder)).rejects.toThrow("folder: the browser cannot read it");
});

test("what was picked is opened, or the fault named, as a notice", async () => {
  const session = await busy();
  await openPicked(session, []);
  await openPicked(session, [file("x"), file("y")]);
  await openPicked(session, [file(await runFile()), file("a,b\n1,2\n3,4\n5,6\n7,9", "mine.csv")]);
  expect(session.store.getState()).toMatchObject({ step: 12, notices: [{ kind: "error" }] });
  await openPicked(session, [file("{}")]);
  await openPicked(session, [file(await runFile(), "mine.json")]);
  expect(session.store.getState().notices.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
    "error: Found 2 files; a lesson and its CSV can be opened together, others one at a time.",
    "error: run.json: this is neither a run file nor a lesson, which name their “format”",
    "info: Opened mine.json, at its step 0. Play runs it again; changes come at their steps.",
  ]);
});
