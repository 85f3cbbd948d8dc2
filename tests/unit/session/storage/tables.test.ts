import { describe, expect, it, test } from "vitest";
import { columnsOf } from "../../../../src/core/csv/columnTypes";
import { tableOf } from "../../../../src/core/csv/tableOf";
import { startOf } from "../../../../src/core/data/start";
import type { Table } from "../../../../src/core/data/table";
import { encodeFloat32 } from "../../../../src/core/files/base64";
import { traceOf } from "../../../../src/core/history/trace";
import { defaultRecipe } from "../../../../src/core/recipe/controls";
import { createEvaluator } from "../../../../src/engine/evaluate";
import type { Session } from "../../../../src/session/session";
import type { Tables } from "../../../../src/session/storage/tables";
import { fakeAddress, fakeKeeper, fakeTables, newSession, until } from "../../support/fakes";
import { shippedTable } from "../../support/tables";

const ownTable = (name = "mine.csv", column = 2): Table => {
  const rows = Array.from({ length: 30 }, (_, row) => `${row},${["a", "b", "c"][row % 3]},${(row * row) % 17}`);
  return tableOf(name, columnsOf(["x,kind,y", ...rows].join("\n")), { column, as: "number" });
};

async function opened(hash: string, tables: Tables = fakeTables(), keeper = fakeKeeper()): Promise<Session> {
  const { session } = newSession({ hash, tables, keeper });
  await session.ready;
  return session;
}

const state = (session: Session) => session.store.getState();
const texts = (session: Session) => state(session).notices.map(({ text }) => text);

describe("a shipped dataset", () => {
  it("Session fetches a shipped dataset once, when a recipe names it", async () => {
    const tables = fakeTables();
    const session = await opened("", tables);
    await session.advance(3);
    expect(tables.asked).toEqual([]);
    expect(session.table()).toBeNull();
    await session.load({ dataset: "cars", hidden: [4], lr: 0.01 });
    await session.advance(11);
    await session.restart({ seed: 3 });
    expect(tables.asked).toEqual(["cars.csv"]);
    expect(state(session)).toMatchObject({
      file: null,
      recipe: { dataset: "cars", rows: 319, inputs: 9, seed: 3 },
    });
    expect(session.table()).toEqual(await shippedTable("cars"));
  });

  it("Session opens a shipped dataset from a link, and writes the same link to the address", async () => {
    const address = fakeAddress("#dataset=penguins&hidden=8");
    const { session } = newSession({ address, tables: fakeTables() });
    await session.ready;
    expect(session.link()).toMatch(/\/#dataset=penguins&hidden=8$/);
    await session.advance(20);
    expect(state(session).recipe).toMatchObject({ rows: 276, inputs: 9, outputs: 3 });
  });

  it("Session names a dataset of the link that cannot be loaded, and uses the rest of the link", async () => {
    const tables = fakeTables();
    tables.broken = true;
    const session = await opened("#dataset=cars&lr=0.02&hidden=3", tables);
    expect(texts(session)).toEqual([
      "dataset: cars could not be loaded (404 Not Found). The present run is unchanged.",
    ]);
    expect(state(session)).toMatchObject({ phase: "paused", recipe: { ...defaultRecipe, lr: 0.02, hidden: [3] } });
    // After a failure the next request fetches the dataset again.
    tables.broken = false;
    await session.restart({ dataset: "cars" });
    expect(state(session).recipe).toMatchObject({ dataset: "cars", rows: 319, lr: 0.02 });
    await session.restart({ dataset: "noise" });
    expect(state(session).recipe).toEqual({ ...defaultRecipe, lr: 0.02, hidden: [3] });
  });

  it("Session.restart keeps the present run when a dataset cannot be loaded", async () => {
    const tables = fakeTables();
    const session = await opened("#hidden=3", tables);
    await session.advance(5);
    tables.broken = true;
    await expect(session.restart({ dataset: "digits" })).rejects.toThrow("digits could not be loaded");
    expect(state(session)).toMatchObject({ step: 5, phase: "paused", recipe: { dataset: "noise" } });
    await session.advance(1);
  });

  it("Session keeps the shape of a shipped dataset when settings differ from it", async () => {
    const session = await opened("#dataset=cars", fakeTables());
    await expect(session.restart({ rows: 10 })).rejects.toThrow(
      "rows: found 10; allowed: 319, set by the dataset cars",
    );
  });

  it("Session.load trains the same run from the run file of a shipped dataset when the dataset cannot be fetched", async () => {
    const session = await opened("#dataset=penguins&hidden=4&shuffle=true", fakeTables());
    await session.advance(30);
    const file = JSON.parse(JSON.stringify(session.runFile()));
    const tables = fakeTables();
    tables.broken = true;
    const other = await opened("", tables);
    await other.load(file);
    expect(state(other)).toMatchObject({ file: "run file “penguins 9-4-3”", recipe: { dataset: "penguins" } });
    await other.advance(30);
    expect(other.runFile()).toEqual(file);
  });

  it("setAlongside trains a pinned run on a shipped dataset alongside a run on other data", async () => {
    const session = await opened("#dataset=cars&hidden=3", fakeTables());
    await session.advance(10);
    session.comparedRuns.getState().pin();
    await session.restart({ dataset: "penguins" });
    const [pinned] = session.comparedRuns.getState().comparedRuns;
    session.comparedRuns.getState().setAlongside(pinned?.id ?? 0, true);
    await session.advance(15);
    const alongside = session.comparedRuns.getState().comparedRuns[0]?.history();
    expect(alongside?.length).toBe(15);
    const alone = await opened("#dataset=cars&hidden=3", fakeTables());
    await alone.advance(15);
    expect(Array.from(alongside?.values("loss", 1, 15) ?? [])).toEqual(
      Array.from(alone.history().values("loss", 1, 15)),
    );
  });
});

describe("the user's own table", () => {
  it("Session.openTable trains on the table with the current settings, and restart keeps the table", async () => {
    const session = await opened("#hidden=6&lr=0.03");
    await session.openTable(ownTable());
    expect(state(session)).toMatchObject({ step: 0, file: "mine.csv" });
    expect(state(session).recipe).toMatchObject({
      dataset: "csv",
      rows: 24,
      inputs: 4,
      outputs: 1,
      hidden: [6],
      lr: 0.03,
    });
    await session.advance(4);
    await session.restart({ hidden: [2], seed: 9 });
    await session.advance(4);
    expect(session.runSoFar().start.problem).toMatchObject({ sizes: [4, 2, 1], x: ownTable().train.x });
  });

  it("Session finds the user's table and its run after a reload", async () => {
    const [tables, keeper] = [fakeTables(), fakeKeeper()];
    const session = await opened("", tables, keeper);
    await session.openTable(ownTable());
    await session.advance(40);
    const before = traceOf(session.history());
    keeper.keep({ recipe: state(session).recipe, step: 40, case: null, table: null, pinned: [] });
    const again = await opened(session.link().replace(/^.*#/, "#"), tables, keeper);
    expect(state(again).recipe).toEqual(state(session).recipe);
    await until(again.store, ({ notices }) => notices.length > 0);
    state(again).notices[0]?.action?.run();
    await until(again.store, ({ step, phase }) => step === 40 && phase === "paused");
    expect(traceOf(again.history())).toEqual(before);
  });

  it("Session.load trains other networks on the table of a run file", async () => {
    const session = await opened("");
    await session.openTable(ownTable());
    await session.advance(12);
    const file = JSON.parse(JSON.stringify(session.runFile()));
    const other = await opened("");
    await other.load(file);
    await other.advance(12);
    expect(other.runFile()).toEqual(file);
    await other.restart({ hidden: [3] });
    await other.advance(2);
    expect(other.runSoFar().start).toMatchObject({ problem: { x: ownTable().train.x }, held: ownTable().held });
  });

  it("Session keeps the table of a run file for that run only", async () => {
    const theirs = ownTable("theirs.csv", 0);
    const first = await opened("");
    await first.openTable(theirs);
    await first.advance(5);
    const file = JSON.parse(JSON.stringify(first.runFile()));
    const tables = fakeTables();
    const session = await opened("", tables);
    await session.openTable(ownTable());
    await session.load(file);
    expect((await tables.own())?.name).toBe("mine.csv");
    const trained = () => session.runSoFar().start.problem.y;
    await session.restart({ hidden: [3] });
    expect(trained()).toEqual(theirs.train.y);
    await session.startOver();
    expect(trained()).toEqual(theirs.train.y);
    await session.load({ dataset: "csv" });
    expect(trained()).toEqual(ownTable().train.y);
  });

  it.each([
    ["no table", null],
    ["another table", ownTable()],
  ] as const)(
    "Session keeps the table of a run file for the next visit when the user has opened %s",
    async (_, own) => {
      const theirs = ownTable("theirs.csv", 0);
      const [tables, keeper] = [fakeTables(), fakeKeeper()];
      const first = await opened("");
      await first.openTable(theirs);
      await first.advance(5);
      if (own) tables.keep(own);
      const session = await opened("", tables, keeper);
      await session.load(JSON.parse(JSON.stringify(first.runFile())));
      await session.restart({ hidden: [3] });
      await session.advance(40);
      await until(session.store, ({ measuredSteps }) => measuredSteps === 40);
      await expect.poll(() => keeper.kept?.step, { timeout: 3000 }).toBe(40);
      const before = traceOf(session.history());
      const again = await opened("", tables, keeper);
      await until(again.store, ({ notices }) => notices.some(({ action }) => action));
      state(again)
        .notices.find(({ action }) => action)
        ?.action?.run();
      await until(again.store, ({ step, phase }) => step === 40 && phase === "paused");
      expect(traceOf(again.history())).toEqual(before);
      // The link of the run also finds the kept run, whichever table is open.
      const linked = await opened(session.link().replace(/^.*#/, "#"), tables, keeper);
      await until(linked.store, ({ notices }) => notices.some(({ action }) => action));
    },
  );

  it("Session trains on the data of an opened run file again after a reload", async () => {
    const [tables, keeper] = [fakeTables(), fakeKeeper()];
    const first = await opened("#rows=60&seed=3");
    await first.advance(5);
    const file = JSON.parse(JSON.stringify(first.runFile()));
    file.case.y = encodeFloat32(new Float32Array(60).fill(0.5));
    const session = await opened("", tables, keeper);
    await session.load(file);
    await session.advance(8);
    await expect.poll(() => keeper.kept?.step, { timeout: 3000 }).toBe(8);
    const again = await opened(session.link().replace(/^.*#/, "#"), tables, keeper);
    expect(state(again)).toMatchObject({ step: 0, file: "run file “noise 10-5-1”" });
    await again.advance(8);
    expect(traceOf(again.history())).toEqual(traceOf(session.history()));
    // A link to another run is a run of its own.
    expect(state(await opened("#rows=60&seed=4", tables, keeper)).file).toBeNull();
  });

  it("Session takes the rows of a run file, and no open CSV that begins with the same rows", async () => {
    const own = ownTable();
    const twice = (values: Float32Array) => Float32Array.from([...values, ...values]);
    const { rows, x, y } = own.train;
    const session = await opened("");
    await session.openTable({ ...own, train: { rows: 2 * rows, x: twice(x), y: twice(y) } });
    const file = JSON.parse(JSON.stringify(session.runFile()));
    const tables = fakeTables();
    await tables.keep(own);
    const other = await opened("", tables);
    await other.load(file);
    expect(other.table()?.train.rows).toBe(2 * rows);
    await other.restart({ hidden: [3] });
    expect(state(other).recipe.rows).toBe(2 * rows);
  });

  it("Session leaves the kept run unchanged when a lesson is open", async () => {
    const keeper = fakeKeeper();
    keeper.keep({ recipe: { ...defaultRecipe, lr: 0.3 }, step: 500, case: null, table: null, pinned: [] });
    const { session } = newSession({ tables: fakeTables(), keeper, search: "?lesson&paused" });
    await session.ready;
    await session.openTable(ownTable());
    expect(keeper.kept).toMatchObject({ step: 500, recipe: { lr: 0.3 } });
  });

  it("Session reports a link to a table that is not in this browser", async () => {
    const session = await opened("#dataset=csv&lr=0.02");
    expect(texts(session)[0]).toContain("no CSV is open in this browser");
    expect(state(session)).toMatchObject({ phase: "paused", recipe: { ...defaultRecipe, lr: 0.02 } });
  });

  it("Session.openTable rejects a table that makes the network too large, and keeps the present table", async () => {
    const session = await opened("#hidden=1024,1024,1024,1024");
    const table = ownTable();
    const { rows, y } = table.train;
    const wide = { ...table, inputs: 1024, held: null, train: { rows, x: new Float32Array(1024 * rows), y } };
    await expect(session.openTable(wide)).rejects.toThrow(
      /^hidden: found 4199425 parameters; allowed: at most 4000000$/,
    );
    expect(state(session).recipe.dataset).toBe("noise");
    await expect(session.restart({ dataset: "csv" })).rejects.toThrow("no CSV is open");
  });
});

describe("scores", () => {
  it("createEvaluation scores the parameters of the step on all rows, and does not change the run", async () => {
    const session = await opened("#dataset=penguins&hidden=4&lr=0.01");
    const stop = session.evaluation.getState().use();
    await session.advance(25);
    const scored = await latestAt(session, 25);
    const { start, theta } = session.runSoFar();
    const expected = await createEvaluator(start)(theta, async () => {});
    expect(scored).toMatchObject({ train: expected.train, held: expected.held, step: 25 });
    await session.advance(25);
    await latestAt(session, 50);
    stop();
    const alone = await opened("#dataset=penguins&hidden=4&lr=0.01");
    await alone.advance(50);
    expect(traceOf(session.history())).toEqual(traceOf(alone.history()));
    expect(alone.evaluation.getState().scores).toEqual([]);
  });

  it("createEvaluation shows earlier scores when the run goes back, and removes later scores at a branch", async () => {
    const session = await opened("#dataset=cars&hidden=4");
    session.evaluation.getState().use();
    for (const step of [10, 20, 30]) {
      await session.advance(step - state(session).step);
      await latestAt(session, step);
    }
    await session.seek(20);
    await latestAt(session, 20);
    expect(session.evaluation.getState().scores.at(-1)?.step).toBe(30);
    await session.set({ lr: 0.5 });
    await until(session.store, ({ measuredSteps }) => measuredSteps === 20);
    expect(session.evaluation.getState().scores.at(-1)?.step).toBe(20);
    await session.load({ hidden: [3] });
    await session.advance(5);
    expect(session.evaluation.getState()).toMatchObject({ scores: [], latest: null });
  });

  test("createEvaluation scores generated classes on the training rows", async () => {
    const session = await opened("#dataset=classes&outputs=3&rows=60");
    session.evaluation.getState().use();
    await session.advance(5);
    const { train, held } = await latestAt(session, 5);
    expect(held).toBeNull();
    expect(train.rows).toBe(60);
    expect(train.accuracy).toBeGreaterThan(0);
  });

  test("evaluate gives the same mean in one slice of time and in many", async () => {
    const table = await shippedTable("penguins");
    const recipe = {
      ...defaultRecipe,
      dataset: "penguins" as const,
      rows: 276,
      inputs: 9,
      outputs: 3,
      hidden: [1024, 1024],
    };
    let turns = 0;
    const start = startOf(recipe, null, table);
    const { train } = await createEvaluator(start)(start.theta, async () => void turns++);
    expect(turns).toBeGreaterThan(10);
    const half = async (from: number) => {
      const { problem } = start;
      const [x, y] = [problem.x.subarray(9 * from, 9 * (from + 138)), problem.y.subarray(3 * from, 3 * (from + 138))];
      return (
        await createEvaluator({ ...start, problem: { ...problem, rows: 138, x, y } })(start.theta, async () => {})
      ).train;
    };
    const [first, second] = [await half(0), await half(138)];
    expect(train.loss).toBeCloseTo((first.loss + second.loss) / 2, 12);
    expect(train.accuracy).toBeCloseTo(((first.accuracy ?? 0) + (second.accuracy ?? 0)) / 2, 12);
  });
});

function latestAt(session: Session, step: number) {
  return new Promise<NonNullable<ReturnType<Session["evaluation"]["getState"]>["latest"]>>((resolve) => {
    const stop = session.evaluation.subscribe(look);
    function look(): void {
      const { latest } = session.evaluation.getState();
      if (latest?.step !== step) return;
      setTimeout(() => stop());
      resolve(latest);
    }
    look();
  });
}
