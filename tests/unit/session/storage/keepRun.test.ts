import { expect, it } from "vitest";
import { traceOf } from "../../../../src/core/history/trace";
import { defaultRecipe } from "../../../../src/core/recipe/controls";
import type { Session } from "../../../../src/session/session";
import { fakeKeeper, newSession, until } from "../../support/fakes";

it("keepRun offers to resume the kept run, which is replayed with its edits", async () => {
  const keeper = fakeKeeper();
  const first = newSession({ keeper, hash: "#rows=100" });
  await first.session.ready;
  await first.session.advance(40);
  await first.session.set({ lr: 0.1 });
  await first.session.advance(31);
  await new Promise((resolve) => setTimeout(resolve, 1100));
  expect(keeper.kept).toMatchObject({
    step: 71,
    recipe: { edits: [{ step: 41, lr: 0.1 }] },
    case: null,
    table: null,
    pinned: [],
  });

  const { session } = newSession({ keeper, hash: "#rows=100" });
  await session.ready;
  await until(session.store, ({ notices }) => notices.length > 0);
  const [notice] = session.store.getState().notices;
  expect(notice?.text).toContain("step 71");
  await session.advance(20);
  // The kept run is not replaced while it is offered.
  expect(keeper.kept?.step).toBe(71);
  notice?.action?.run();
  await until(session.store, ({ step, phase }) => step === 71 && phase === "paused");
  expect(session.store.getState().recipe).toEqual(first.session.store.getState().recipe);
});

it("Session neither keeps nor offers a run when it is embedded", async () => {
  const keeper = fakeKeeper();
  const { session: first } = newSession();
  await first.ready;
  keeper.keep({ recipe: first.store.getState().recipe, step: 60, case: null, table: null, pinned: [] });
  const { session } = newSession({ keeper, search: "?embed&paused" });
  await session.ready;
  await session.advance(80);
  expect(session.store.getState().notices).toEqual([]);
  expect(keeper.kept?.step).toBe(60);
});

it("keepRun keeps the run up to its last measured step when an earlier step is shown", async () => {
  const keeper = fakeKeeper();
  const { session } = newSession({ keeper, hash: "#rows=100" });
  await session.ready;
  await session.advance(100);
  await session.seek(5);
  await new Promise((resolve) => setTimeout(resolve, 1100));
  expect(keeper.kept?.step).toBe(100);
});

it("keepRun offers the kept run until the offer is answered while another run plays", async () => {
  const keeper = fakeKeeper();
  const first = newSession({ keeper, hash: "#rows=100&lr=0.3" });
  await first.session.ready;
  keeper.keep({ recipe: first.session.store.getState().recipe, step: 60, case: null, table: null, pinned: [] });
  const { session } = newSession({ keeper });
  await session.ready;
  await until(session.store, ({ notices }) => notices.length > 0);
  await session.advance(200);
  await session.set({ lr: session.store.getState().recipe.lr });
  await new Promise((resolve) => setTimeout(resolve, 1100));
  expect(session.store.getState().notices).toHaveLength(1);
  expect(keeper.kept).toMatchObject({ step: 60, recipe: { lr: 0.3 } });
});

it("keepRun offers nothing when the address names another run, and replaces the kept run", async () => {
  const keeper = fakeKeeper();
  const first = newSession({ keeper, hash: "#rows=100" });
  await first.session.ready;
  await first.session.advance(50);
  keeper.keep({ recipe: first.session.store.getState().recipe, step: 50, case: null, table: null, pinned: [] });
  const { session } = newSession({ keeper, hash: "#rows=100&seed=8" });
  await session.ready;
  await session.advance(2);
  expect(session.store.getState().notices).toEqual([]);
  await session.set({ lr: 0.5 });
  await new Promise((resolve) => setTimeout(resolve, 1100));
  expect(keeper.kept).toMatchObject({ step: 2, recipe: { seed: 8 } });
});

it("keepRun withdraws its offer when the new run is changed or has as many steps", async () => {
  const keeper = fakeKeeper();
  const { session: first } = newSession();
  await first.ready;
  for (const act of ["set", "advance"] as const) {
    keeper.keep({ recipe: first.store.getState().recipe, step: 60, case: null, table: null, pinned: [] });
    const { session } = newSession({ keeper });
    await session.ready;
    await until(session.store, ({ notices }) => notices.length > 0);
    await session.advance(5);
    expect(session.store.getState().notices).toHaveLength(1);
    if (act === "set") await session.set({ lr: 0.3 });
    else await session.advance(60);
    await until(session.store, ({ notices }) => notices.length === 0);
  }
});

const compared = (session: Session) => session.comparedRuns.getState();

/** Pinned runs as kept: a run without alongside training at 40 steps, and one trained alongside to 60. */
async function withPinnedRuns() {
  const keeper = fakeKeeper();
  const { session } = newSession({ keeper, hash: "#rows=100" });
  await session.ready;
  await session.advance(40);
  compared(session).pin();
  await session.set({ lr: 0.1 });
  compared(session).pin();
  compared(session).setAlongside(compared(session).comparedRuns[1]?.id ?? 0, true);
  await session.set({ lr: 0.2 });
  await session.advance(20);
  compared(session).remove(compared(session).comparedRuns[0]?.id ?? 0);
  compared(session).pin();
  await expect.poll(() => keeper.kept?.pinned.length, { timeout: 3000 }).toBe(2);
  return { keeper, session };
}

it("keepRun keeps the pinned runs, and restores their steps, places and training alongside with the run", async () => {
  const { keeper, session: first } = await withPinnedRuns();
  expect(keeper.kept?.pinned).toMatchObject([
    { step: 60, place: 1, alongside: true },
    { step: 60, place: 0, alongside: false },
  ]);
  const { session, workers } = newSession({ keeper, hash: "#rows=100" });
  await session.ready;
  await until(session.store, ({ notices }) => notices.length > 0);
  const [notice] = session.store.getState().notices;
  expect(notice?.text).toBe("The previous run stopped at step 60, with 2 pinned runs.");
  // The new run contains the kept run, and not its pinned runs.
  await session.advance(60);
  expect(session.store.getState().notices).toHaveLength(1);
  notice?.action?.run();
  await until(session.store, ({ step, phase }) => step === 60 && phase === "paused");
  await until(session.comparedRuns, ({ comparedRuns }) => comparedRuns.length === 2);
  await until(session.comparedRuns, ({ comparedRuns }) =>
    comparedRuns.every(({ goal, trained }) => goal === null && trained() === 60),
  );
  const of = (one: Session) =>
    compared(one).comparedRuns.map(({ recipe, place, alongside, history }) => [
      recipe,
      place,
      alongside,
      traceOf(history()),
    ]);
  expect(of(session)).toEqual(of(first));
  // The worker of the run and that of the run trained alongside.
  await expect.poll(() => workers.filter(({ dead }) => !dead)).toHaveLength(2);
});

it("keepRun names the pinned runs whose data are lost when the run is resumed", async () => {
  const keeper = fakeKeeper();
  const lost = ["The pinned run #dataset=csv is not restored."];
  keeper.kept = { recipe: defaultRecipe, step: 5, case: null, table: null, pinned: [], lost };
  const { session } = newSession({ keeper });
  await session.ready;
  await until(session.store, ({ notices }) => notices.length > 0);
  session.store.getState().notices[0]?.action?.run();
  await until(session.store, ({ step, phase }) => step === 5 && phase === "paused");
  expect(session.store.getState().notices.at(-1)).toMatchObject({ kind: "error", text: lost[0] });
});

it("keepRun keeps a restored run with all its steps while it is trained again, and removes it at once", async () => {
  const { keeper } = await withPinnedRuns();
  const { session } = newSession({ keeper, hash: "#rows=100" });
  await session.ready;
  await until(session.store, ({ notices }) => notices.length > 0);
  session.store.getState().notices[0]?.action?.run();
  await until(session.comparedRuns, ({ comparedRuns }) => comparedRuns.some(({ goal }) => goal === 60));
  keeper.kept = null;
  await expect.poll(() => keeper.kept?.pinned.map(({ step }) => step), { timeout: 3000 }).toEqual([60, 60]);
  for (const { id } of compared(session).comparedRuns) compared(session).remove(id);
  await expect.poll(() => keeper.kept?.pinned, { timeout: 3000 }).toEqual([]);
  expect(compared(session).comparedRuns).toEqual([]);
});

it("keepRun names the pinned runs that a reload loses where storage is blocked", async () => {
  const keeper = { ...fakeKeeper(), keep: async () => false };
  const { session } = newSession({ keeper, hash: "#rows=100" });
  await session.ready;
  await session.advance(3);
  compared(session).pin();
  await until(session.store, ({ notices }) => notices.length > 0);
  expect(session.store.getState().notices[0]?.text).toBe(
    "A reload loses the pinned runs: the storage of this browser is blocked or full.",
  );
});
