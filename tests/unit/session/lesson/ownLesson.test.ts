import { expect, it } from "vitest";
import { columnsOf } from "../../../../src/core/csv/columnTypes";
import { tableOf } from "../../../../src/core/csv/tableOf";
import { defaultRecipe } from "../../../../src/core/recipe/controls";
import { openedCsv, trainOn } from "../../../../src/features/files/openCsv";
import { openPicked } from "../../../../src/features/files/openFile";
import { fakePlace, fakeTables, newSession, until } from "../../support/fakes";

const text = ["x,kind,price", ...Array.from({ length: 40 }, (_, row) => `${row},${"ab"[row % 2]},${row % 17}`)].join(
  "\n",
);
const csvFile = (name = "houses.csv", body = text) => new File([body], name);
const table = (name: string, column: number, as: "number" | "class") => tableOf(name, columnsOf(text), { column, as });
const recipe = { dataset: "csv", hidden: [3] };
const lesson = {
  format: "alphascope-lesson",
  version: 1,
  title: "Mine",
  csv: { file: "houses.csv", target: "price" },
  scenes: [
    { title: "One", text: "A run.", recipe: { ...recipe, lr: 0.1 }, play: { to: 5, speed: 1000 } },
    { title: "Two", text: "Two runs.", recipe, beside: [{ lr: 0.5 }], play: { to: 9, speed: 1000 } },
    { title: "Three", text: "No data.", recipe: { rows: 30, seed: 3 }, play: { paused: true } },
  ],
};
const lessonFile = (content: object = lesson) => new File([JSON.stringify(content)], "lesson.json");

async function teaching(options: Parameters<typeof newSession>[0] = {}) {
  openedCsv.setState({ csv: null });
  const { session } = newSession({ tables: fakeTables(), ...options });
  await session.ready;
  const state = () => session.lesson.getState();
  const texts = () => session.store.getState().notices.map(({ text }) => text);
  return { session, state, texts };
}

/** As `teaching`, with the missing tables that scenes have reported and the histories of all runs loaded. */
async function watched(options: Parameters<typeof newSession>[0]) {
  const opened = await teaching(options);
  const lacks: string[] = [];
  const histories = new Set([opened.session.history()]);
  opened.session.lesson.subscribe(({ lack }) => lack && lacks.push(lack));
  opened.session.store.subscribe(() => histories.add(opened.session.history()));
  return { ...opened, lacks, histories };
}

type Opened = Awaited<ReturnType<typeof teaching>>["session"];
const plays = (session: Opened, lr: number, to: number) =>
  until(
    session.store,
    ({ recipe, step, phase }) => recipe.lr === lr && recipe.rows === 32 && step === to && phase === "paused",
  );
const lacks = ({ lesson }: Opened) =>
  expect
    .poll(() => lesson.getState().lack)
    .toBe("This scene trains on “price” of houses.csv, which is not open in this browser.");

it("createLessons waits for the CSV of a scene, names the CSV, and begins when the CSV is opened", async () => {
  const { session, state, texts } = await teaching();
  session.play();
  await openPicked(session, [lessonFile()]);
  await lacks(session);
  expect(session.store.getState()).toMatchObject({ phase: "paused", recipe: { dataset: "noise" } });
  state().next();
  await lacks(session);
  await openPicked(session, [csvFile()]);
  expect(openedCsv.getState().csv).toBeNull();
  await plays(session, 0.001, 9);
  expect(state().lack).toBeNull();
  expect(session.table()?.target).toBe("price");
  expect(texts()).toEqual(["Opened houses.csv. The data stay in this browser. 32 rows to train on, 8 held out."]);
  const [comparedRun] = session.comparedRuns.getState().comparedRuns;
  expect(comparedRun?.recipe).toMatchObject({ dataset: "csv", lr: 0.5 });
  state().previous();
  await plays(session, 0.1, 5);
});

it("openPicked opens a lesson and its CSV together in either order", async () => {
  for (const files of [
    [lessonFile(), csvFile()],
    [csvFile(), lessonFile()],
  ]) {
    const { session, state } = await teaching();
    await openPicked(session, files);
    await plays(session, 0.1, 5);
    expect(state()).toMatchObject({ at: 0, lack: null });
  }
});

it("openPicked begins a scene once, on the CSV opened with the lesson, when another table was open", async () => {
  for (const before of [null, table("iris.csv", 1, "class"), table("houses (1).csv", 2, "number")]) {
    const tables = fakeTables();
    if (before) tables.keep(before);
    const { session, texts, lacks, histories } = await watched({ tables });
    await openPicked(session, [lessonFile(), csvFile()]);
    await plays(session, 0.1, 5);
    expect([lacks, histories.size]).toEqual([[], 2]); // the run of the page and the run of the scene
    expect(texts()).toEqual(["Opened houses.csv. The data stay in this browser. 32 rows to train on, 8 held out."]);
    expect((await tables.own())?.name).toBe("houses.csv");
  }
});

it.each([
  [[lessonFile({ ...lesson, scenes: [] }), csvFile()], /^lesson\.json: scenes: found \[\]; .+\. No file was opened\.$/],
  [
    [lessonFile(), csvFile("iris.csv", text.replace("price", "petal"))],
    /^iris\.csv: found no.+\. No file was opened\.$/,
  ],
])("openPicked opens both of a lesson and a CSV, or neither", async (files, message) => {
  const { session, state, texts } = await teaching();
  await openPicked(session, files);
  expect([state().lesson, session.store.getState().recipe.dataset]).toEqual([null, "noise"]);
  expect(texts()).toEqual([expect.stringMatching(message)]);
});

it("openPicked keeps the present table when the scene cannot begin on the new table", async () => {
  const tables = fakeTables();
  tables.keep(table("iris.csv", 1, "class"));
  const { session, state, texts } = await teaching({ tables });
  const wide = [1024, 1024, 1024, 900];
  await openPicked(session, [
    lessonFile({ ...lesson, scenes: [{ ...lesson.scenes[0], recipe: { ...recipe, hidden: wide } }] }),
  ]);
  const columns = 1000;
  const header = Array.from({ length: columns }, (_, at) => `x${at}`).join();
  const rows = Array.from(
    { length: 20 },
    (_, row) => `${Array.from({ length: columns }, (_, at) => row * at + (row % 3)).join()},${row}`,
  );
  await openPicked(session, [csvFile("wide.csv", [`${header},price`, ...rows].join("\n"))]);
  expect(texts().at(-1)).toMatch(/hidden: found \d+ parameters; allowed/);
  expect(texts().join()).not.toContain("Opened");
  expect((await tables.own())?.name).toBe("iris.csv");
  expect(state().lesson).not.toBeNull();
});

it("Session.openTable rejects a table that does not fit the open lesson", async () => {
  const { session } = await teaching();
  await openPicked(session, [lessonFile(), csvFile()]);
  await expect(session.openTable(table("iris.csv", 1, "class"))).rejects.toThrow(
    "The target of this lesson is “price” of houses.csv; the target of this table is “kind” of iris.csv. Close the lesson to train on this table.",
  );
});

it("openPicked rejects a CSV without the column of the lesson, and the scene waits", async () => {
  const { session, texts } = await teaching();
  await openPicked(session, [lessonFile()]);
  await lacks(session);
  await openPicked(session, [csvFile("iris.csv", text.replace("price", "petal"))]);
  expect(texts()).toEqual([
    "iris.csv: found no column “price”, the target of the lesson; allowed: “x”, “kind”, “petal”; close the lesson to train on this file",
  ]);
  await lacks(session);
});

it("createLessons names the open table when it does not fit, and reports once a file of another name", async () => {
  const tables = fakeTables();
  tables.keep(table("iris.csv", 1, "class"));
  const { session, state, texts } = await teaching({ tables });
  await openPicked(session, [lessonFile()]);
  await expect.poll(() => state().lack).toMatch(/not open in this browser\. The open table is “kind” of iris\.csv\.$/);
  await openPicked(session, [csvFile("houses (1).csv")]);
  await plays(session, 0.1, 5);
  const said = "The lesson names houses.csv; the run trains on “price” of houses (1).csv.";
  expect(texts()).toContain(said);
  for (const { id } of session.store.getState().notices) session.dismiss(id);
  state().next();
  await plays(session, 0.001, 9);
  expect(texts()).toEqual([]);
  // Another lesson reports it again.
  await openPicked(session, [lessonFile()]);
  await plays(session, 0.1, 5);
  expect(texts()).toEqual([said]);
});

it("Session.openTable keeps a CSV for later scenes when the present scene needs none", async () => {
  const { session, state, texts } = await teaching();
  await openPicked(session, [lessonFile()]);
  state().go(2);
  await until(session.store, ({ recipe }) => recipe.seed === 3);
  await openPicked(session, [csvFile()]);
  expect(texts()).toEqual([
    "Opened houses.csv. The data stay in this browser. The lesson’s CSV scenes train on this table.",
  ]);
  expect(session.store.getState().recipe).toMatchObject({ dataset: "noise", rows: 30, seed: 3 });
  state().go(0);
  await plays(session, 0.1, 5);
});

it("createLessons begins on the open table with a notice when the lesson names no CSV", async () => {
  const { session, state, texts } = await teaching();
  const { csv: _, ...nameless } = lesson;
  await openPicked(session, [lessonFile(nameless)]);
  await expect.poll(() => state().lack).toBe("This scene trains on your own CSV. No CSV is open in this browser.");
  await openPicked(session, [csvFile()]);
  expect(openedCsv.getState().csv?.name).toBe("houses.csv");
  await session.openTable(table("houses.csv", 2, "number"));
  await plays(session, 0.1, 5);
  expect(texts()).toEqual(["The lesson names no CSV; the run trains on “price” of houses.csv."]);
});

it("createLessons reports a missing CSV only in the scene after a reload", async () => {
  const place = fakePlace();
  place.keep(lesson);
  const { session, state, texts } = await teaching({ lessonPlace: place, search: "?scene=2", hash: "#dataset=csv" });
  await lacks(session);
  expect([state().at, texts()]).toEqual([1, []]);
  await openPicked(session, [csvFile()]);
  await plays(session, 0.001, 9);
});

it("openPicked begins a lesson without a named CSV once the column has been picked", async () => {
  const tables = fakeTables();
  tables.keep(table("iris.csv", 1, "class"));
  const { session, state, histories } = await watched({ tables });
  const { csv: _, ...nameless } = lesson;
  await openPicked(session, [lessonFile(nameless), csvFile()]);
  const { csv } = openedCsv.getState();
  expect([csv?.name, state().lesson]).toEqual(["houses.csv", null]);
  if (csv) await trainOn(session, csv, 2, "number");
  await plays(session, 0.1, 5);
  expect([histories.size, session.table()?.target]).toEqual([2, "price"]);
});

it("Session reports the missing CSV of the link when the lesson cannot be opened", async () => {
  const place = fakePlace();
  place.keep({});
  const { state, texts } = await teaching({ lessonPlace: place, search: "?scene=2&paused", hash: "#dataset=csv" });
  await expect
    .poll(texts)
    .toEqual([
      "format: found nothing; allowed: alphascope-lesson",
      expect.stringMatching(/^dataset: no CSV is open in this browser/),
    ]);
  expect(state().lesson).toBeNull();
});

it("withScene names the CSV of the run, and rejects a scene on another CSV", async () => {
  const { session, state, texts } = await teaching();
  await session.openTable(table("houses.csv", 2, "number"));
  await state().add();
  expect(state().lesson?.csv).toEqual({ file: "houses.csv", target: "price", as: "number" });
  const other = await teaching();
  await other.session.openTable(table("iris.csv", 1, "class"));
  await session.load(other.session.runFile());
  await state().add();
  expect(state().lesson?.scenes).toHaveLength(1);
  // The table of a run file has a name and no column names.
  expect(texts().at(-1)).toMatch(
    /^The target of this lesson is “price” of houses\.csv; the target of the run is .+\.$/,
  );
  await session.load({ dataset: "csv" });
  session.comparedRuns.getState().pin();
  await session.load(defaultRecipe);
  state().close();
  await session.openTable(table("iris.csv", 1, "class"));
  await state().add();
  expect(texts().at(-1)).toBe(
    "The target of this lesson is “kind” of iris.csv; the target of a pinned run is “price” of houses.csv.",
  );
});

it("withScene makes a lesson that can be opened", async () => {
  const { session, state, texts } = await teaching();
  const target = "price".repeat(81);
  await session.openTable(tableOf("houses.csv", columnsOf(text.replace("price", target)), { column: 2, as: "number" }));
  await state().add();
  expect(texts().at(-1)).toMatch(/^The scene was not added: csv\.target: found .+ characters$/);
  expect(state().lesson).toBeNull();
});

it("withScene names the CSV of a pinned run when the run itself is on none", async () => {
  const { session, state } = await teaching();
  await session.openTable(table("houses.csv", 2, "number"));
  session.comparedRuns.getState().pin();
  await session.load({ dataset: "cars", hidden: [3] });
  await state().add();
  expect(state().lesson).toMatchObject({
    csv: { file: "houses.csv", target: "price", as: "number" },
    scenes: [{ recipe: { dataset: "cars" }, beside: [{ dataset: "csv" }] }],
  });
});
