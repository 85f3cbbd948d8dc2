import { expect, it } from "vitest";
import { until } from "../../support/fakes";
import { exploding, loaded, small, state, trace } from "../../support/sessions";

it("Session.set changes the recipe at step 0, and adds an edit after it", async () => {
  const session = await loaded();
  await session.set({ lr: 0.01 });
  expect(state(session).recipe).toMatchObject({ lr: 0.01, edits: [] });
  await session.advance(5);
  await Promise.all([session.set({ lr: 0.02 }), session.set({ beta1: 0.5 }), session.set({ lr: 0.03 })]);
  expect(state(session).recipe.edits).toEqual([{ step: 6, lr: 0.03, beta1: 0.5 }]);
  expect(state(session).settings).toMatchObject({ lr: 0.03, beta1: 0.5 });
  await session.advance(1);
  expect(session.history().value("lr", 5)).toBe(0.01);
  expect(session.history().value("lr", 6)).toBe(0.03);
  expect(trace(session).stepTaken[5]).toBe(0.03);
});

it("Session.set shows the value before it is in force", async () => {
  const session = await loaded();
  const moved = session.set({ lr: 0.5 });
  await until(session.store, ({ settings }) => settings.lr === 0.5);
  await moved;
});

it("Session.set rejects settings that are unknown, out of range or need a restart, by name", async () => {
  const session = await loaded();
  await session.advance(3);
  const { recipe } = state(session);
  for (const [settings, key] of [
    [{ lr: -1 }, "lr"],
    [{ seed: 1 }, "seed"],
    [{ speed: 1 }, "speed"],
    [null, "settings"],
  ] as const) {
    await expect(session.set(settings)).rejects.toThrow(key);
  }
  expect(state(session)).toMatchObject({ recipe, phase: "paused", step: 3 });
});

it("Session.set keeps its order among calls of advance", async () => {
  const session = await loaded();
  await Promise.all([session.advance(4), session.set({ lr: 0.1 }), session.advance(4)]);
  expect(state(session).recipe.edits).toEqual([{ step: 5, lr: 0.1 }]);
});

it("Session.set begins a branch on a run that has gone back, and removes the future steps", async () => {
  const session = await loaded();
  await session.advance(30);
  await session.set({ lr: 0.1 });
  await session.advance(30);
  await session.seek(20);
  expect(state(session)).toMatchObject({ step: 20, measuredSteps: 60, settings: { lr: 1e-3 } });
  await session.set({ lr: 1e-3 });
  expect(state(session)).toMatchObject({ step: 20, measuredSteps: 60 });
  await session.set({ beta1: 0.5 });
  expect(state(session)).toMatchObject({
    step: 20,
    measuredSteps: 20,
    recipe: { edits: [{ step: 21, beta1: 0.5 }] },
  });
  await session.advance(40);
  const other = await loaded({ ...small, edits: [{ step: 21, beta1: 0.5 }] });
  await other.advance(60);
  expect(trace(session)).toEqual(trace(other));
});

it("Session.set rejects when the history is full", async () => {
  const session = await loaded({ rows: 2, inputs: 1, hidden: [] });
  await session.advance(1_000_000);
  await expect(session.set({ lr: 0.1 })).rejects.toThrow("full");
  expect(state(session)).toMatchObject({ phase: "paused", recipe: { edits: [] } });
}, 60_000);

it("Session.set is in force from the step after a divergence when later steps are in progress", async () => {
  const session = await loaded(exploding);
  session.setSpeed(Number.POSITIVE_INFINITY);
  session.play();
  await until(session.store, ({ step }) => step > 0);
  await session.set({ beta2: 0.5 });
  await until(session.store, ({ phase }) => phase === "diverged");
  await session.set({ lr: 1e-5 });
  const { recipe, divergedAt } = state(session);
  expect(recipe.edits.at(-1)).toMatchObject({ step: (divergedAt as number) + 1, lr: 1e-5 });
  expect(state(session).settings.lr).toBe(1e-5);
});

it("Session.set removes a divergence after the beginning of a branch", async () => {
  const session = await loaded(exploding);
  session.setSpeed(Number.POSITIVE_INFINITY);
  session.play();
  await until(session.store, ({ phase }) => phase === "diverged");
  const { divergedAt } = state(session);
  await session.seek(45);
  await session.set({ eps: 1e-6 });
  await session.advance(4);
  await session.seek(49);
  await session.set({ lr: 1e-3 });
  expect(state(session).recipe.edits).toEqual([{ step: 46, eps: 1e-6 }]);
  await session.advance(100);
  expect(state(session)).toMatchObject({ phase: "paused", step: 149, divergedAt: null });
  expect(divergedAt).toBeLessThan(149);
});
