import { expect, test, vi } from "vitest";
import { makeRunFile } from "../../../../src/core/files/runfile";
import { openPicked } from "../../../../src/features/files/openFile";
import { maxFileBytes } from "../../../../src/features/files/readFile";
import type { Session } from "../../../../src/session/session";
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

/** The latest notice as "kind: text". */
function latestNotice(session: Session): string | undefined {
  const notice = session.store.getState().notices.at(-1);
  return notice && `${notice.kind}: ${notice.text}`;
}

test("openPicked opens a run file paused at step 0, and training gives the same run", async () => {
  const session = await busy();
  const text = await runFile();
  await openPicked(session, [file(text)]);
  expect(session.store.getState()).toMatchObject({ phase: "paused", step: 0, recipe: { rows: 30, hidden: [3] } });
  await session.advance(20);
  expect(JSON.stringify(session.runFile())).toBe(text);
});

test.each([
  ["", /^error: run\.json: this is neither a run file nor a lesson: .+line 1 column 1\)$/],
  [
    '{\n  "format": "alphascope-lesson",\n  "scenes": [{},\n  ]\n}',
    /^error: run\.json: .+ nor a lesson: .+line 4 column 3\)$/,
  ],
  ["[1, 2]", "run.json: this is neither a run file nor a lesson: found [1, 2]; allowed: a JSON object"],
  ["null", "run.json: this is neither a run file nor a lesson: found null; allowed: a JSON object"],
  ["{}", "run.json: this is neither a run file nor a lesson: the field “format” is missing"],
  ['{"lr": 0.1}', "run.json: this is neither a run file nor a lesson: the field “format” is missing"],
  ['{"format": "ipynb"}', 'run.json: format: found "ipynb"; allowed: alphascope-run, alphascope-lesson'],
  ['{"format": "alphascope-run", "version": 2}', "run.json: version: found 2; allowed: 1"],
  ['{"format": "alphascope-run", "version": 1, "case": 5}', "run.json: case: found 5; allowed: an object"],
])("openPicked refuses %s and leaves the run unchanged", async (text, message) => {
  const session = await busy();
  await openPicked(session, [file(text)]);
  expect(latestNotice(session)).toMatch(message);
  expect(session.store.getState()).toMatchObject({ step: 12, recipe: { rows: 40 } });
});

test("openPicked refuses a file that is too large or unreadable, without reading it", async () => {
  const session = await busy();
  const text = vi.fn();
  await openPicked(session, [{ name: "a".repeat(100), size: maxFileBytes + 1, text } as Partial<File> as File]);
  expect(latestNotice(session)).toBe(`error: ${"a".repeat(60)}…: found 65 MB; allowed: run files of at most 64 MB`);
  expect(text).not.toHaveBeenCalled();
  const folder = { name: "folder", size: 0, text: () => Promise.reject(new Error("NotFoundError")) };
  await openPicked(session, [folder as Partial<File> as File]);
  expect(latestNotice(session)).toBe("error: folder: the browser cannot read this file");
});

test("openPicked opens picked files or shows their error, as a notice", async () => {
  const session = await busy();
  await openPicked(session, []);
  await openPicked(session, [file("x"), file("y")]);
  await openPicked(session, [file(await runFile()), file("a,b\n1,2\n3,4\n5,6\n7,9", "mine.csv")]);
  expect(session.store.getState()).toMatchObject({ step: 12, notices: [{ kind: "error" }] });
  await openPicked(session, [file("{}")]);
  await openPicked(session, [file(await runFile(), "mine.json")]);
  expect(session.store.getState().notices.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
    "error: Found 2 files; allowed: one file, or a lesson with its CSV file.",
    "error: run.json: this is neither a run file nor a lesson: the field “format” is missing",
    "info: Opened mine.json at step 0. Play replays the run, with its changes at their steps.",
  ]);
});

test("openPicked names the columns that an older run file lacks, and training measures the columns", async () => {
  const session = await busy();
  const run = makeRunFile(await runOf({ rows: 30, hidden: [3], batchSize: 8 }, 6));
  const { nextSlope, gaussNewton: _, ...trace } = run.trace;
  await openPicked(session, [file(JSON.stringify({ ...run, trace }), "old.json")]);
  expect(latestNotice(session)).toBe(
    "info: Opened old.json at step 0. Play replays the run, with its changes at their steps. " +
      "The file has no columns nextSlope, gaussNewton: the replay measures them.",
  );
  await session.advance(6);
  expect(session.runFile().trace.nextSlope).toEqual(nextSlope);
});
