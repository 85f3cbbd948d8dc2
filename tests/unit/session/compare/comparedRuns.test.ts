import { describe, expect, it } from "vitest";
import { traceOf } from "../../../../src/core/history/trace";
import type { ComparedRun } from "../../../../src/session/compare/comparedRuns";
import type { Session } from "../../../../src/session/session";
import { FakeWorker, newSession, until } from "../../support/fakes";

const small = { rows: 100, inputs: 4, hidden: [3] };
const comparedRuns = (session: Session) => session.comparedRuns.getState();
const only = (session: Session): ComparedRun => {
  const [comparedRun, ...others] = comparedRuns(session).comparedRuns;
  if (!comparedRun || others.length > 0) throw new Error(`There are ${others.length + 1} comparedRuns.`);
  return comparedRun;
};

async function loaded() {
  const fixture = newSession();
  await fixture.session.load(small);
  return fixture;
}

describe("the previous branch", () => {
  it("createComparedRuns keeps the whole previous branch until the next branch", async () => {
    const { session } = await loaded();
    await session.advance(60);
    const whole = traceOf(session.history());
    await session.seek(20);
    expect(comparedRuns(session).comparedRuns).toEqual([]);
    await session.set({ lr: 0.1 });
    await session.advance(30);
    expect(only(session)).toMatchObject({ kind: "branch", recipe: { edits: [] } });
    expect(traceOf(only(session).history())).toEqual(whole);
    const { id } = only(session);
    await session.undo();
    await session.advance(1);
    expect(only(session).id).not.toBe(id);
    expect(only(session)).toMatchObject({ kind: "branch", recipe: { edits: [{ step: 21, lr: 0.1 }] } });
    comparedRuns(session).pinBranch(only(session).id);
    expect(only(session)).toMatchObject({ kind: "pinned", place: 0 });
    comparedRuns(session).remove(only(session).id);
    expect(comparedRuns(session).comparedRuns).toEqual([]);
  });
});

it("createComparedRuns removes the previous branch when another run is loaded, and keeps pinned runs", async () => {
  const { session } = await loaded();
  await session.advance(20);
  comparedRuns(session).pin();
  await session.seek(5);
  await session.set({ lr: 0.1 });
  expect(comparedRuns(session).comparedRuns.map(({ kind }) => kind)).toEqual(["branch", "pinned"]);
  await session.startOver();
  expect(comparedRuns(session).comparedRuns.map(({ kind }) => kind)).toEqual(["pinned"]);
});

describe("pinned runs", () => {
  it("pin keeps up to four runs unchanged, each with a place of its own", async () => {
    const { session } = await loaded();
    await session.advance(10);
    for (let i = 0; i < 4; i++) {
      comparedRuns(session).pin();
      await session.set({ lr: 0.1 * (i + 1) });
      await session.advance(5);
    }
    expect(
      comparedRuns(session).comparedRuns.map((comparedRun) => [
        comparedRun.place,
        comparedRun.history().length,
        comparedRun.recipe.edits.length,
      ]),
    ).toEqual([
      [0, 10, 0],
      [1, 15, 1],
      [2, 20, 2],
      [3, 25, 3],
    ]);
    expect(() => comparedRuns(session).pin()).toThrow("4 runs are pinned");
    comparedRuns(session).remove(comparedRuns(session).comparedRuns[1]?.id ?? 0);
    await session.load({ ...small, seed: 4 });
    comparedRuns(session).pin();
    expect(comparedRuns(session).comparedRuns.map(({ place }) => place)).toEqual([0, 2, 3, 1]);
  });
});

describe("a run trained alongside", () => {
  it("setAlongside trains a pinned run to the step of the run on a worker of its own, with the same steps as its recipe", async () => {
    const { session, workers } = await loaded();
    comparedRuns(session).pin();
    comparedRuns(session).setAlongside(only(session).id, true);
    await session.set({ lr: 0.1 });
    await session.advance(40);
    expect(workers).toHaveLength(2);
    expect(only(session)).toMatchObject({ alongside: true, recipe: { lr: 1e-3 } });
    expect(only(session).history().length).toBe(40);
    const other = (await loaded()).session;
    await other.advance(40);
    expect(traceOf(only(session).history())).toEqual(traceOf(other.history()));

    session.setSpeed(Number.POSITIVE_INFINITY);
    session.play();
    await until(session.store, ({ step }) => step > 2000);
    const { step } = session.store.getState();
    expect(only(session).history().length).toBeGreaterThan(step - 200);
    session.pause();
    await session.advance(1);

    comparedRuns(session).setAlongside(only(session).id, false);
    const { length } = only(session).history();
    await session.advance(10);
    expect(only(session).history().length).toBe(length);
    expect(workers[1]?.dead).toBe(true);
  });

  it("setAlongside catches up when it begins late, and pinAlongside trains a recipe of its own", async () => {
    const { session } = await loaded();
    await session.advance(50);
    comparedRuns(session).pin();
    const { id, history } = only(session);
    await session.seek(20);
    comparedRuns(session).setAlongside(id, true);
    await session.advance(5);
    expect(only(session).history()).toBe(history());
    await session.advance(25);
    expect(only(session).history()).not.toBe(history());
    expect(traceOf(only(session).history())).toEqual(traceOf(history()));
    comparedRuns(session).remove(id);
    comparedRuns(session).pinAlongside({ ...session.store.getState().recipe, beta1: 0.5 });
    await session.advance(1);
    expect(only(session).history().length).toBe(51);
    expect(only(session)).toMatchObject({ alongside: true, recipe: { beta1: 0.5 } });
  });

  it("remove ends the worker of a run trained alongside, also while the worker is being replaced", async () => {
    const { session, workers } = await loaded();
    comparedRuns(session).pinAlongside(session.store.getState().recipe);
    await session.advance(5);
    const { id } = only(session);
    workers.at(-1)?.die();
    void session.advance(1);
    comparedRuns(session).remove(id);
    await session.advance(5);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(workers.slice(1).every(({ dead }) => dead)).toBe(true);
    comparedRuns(session).pinAlongside(session.store.getState().recipe);
    comparedRuns(session).remove(only(session).id);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(workers.slice(1).every(({ dead }) => dead)).toBe(true);
  });

  it("createComparedRuns reports a run that can no longer be trained alongside, and the run does not wait for it", async () => {
    let made = 0;
    const { session } = newSession({
      makeWorker: () => {
        const worker = new FakeWorker();
        if (made++ > 0) worker.beforeAdvance = () => worker.die("no luck");
        return worker;
      },
    });
    await session.load(small);
    comparedRuns(session).pinAlongside(session.store.getState().recipe);
    await session.advance(2);
    expect(only(session)).toMatchObject({ alongside: false });
    expect(session.store.getState().notices.at(-1)?.text).toContain("no luck");
    session.play();
    await until(session.store, ({ step }) => step > 20);
    session.pause();
    expect(session.store.getState().step).toBeGreaterThan(20);
  });
});
