import { expect, it } from "vitest";
import { until } from "../../support/fakes";
import { loaded, small, state, trace } from "../../support/sessions";

it("Session.undo and redo return to the step at which each change began", async () => {
  const session = await loaded();
  await session.set({ sigma: 2 });
  await session.advance(10);
  await session.set({ lr: 0.1 });
  await session.advance(10);
  await session.set({ beta1: 0.5, lr: 0.2 });
  await session.advance(10);
  const whole = trace(session);
  const { recipe } = state(session);
  expect(state(session)).toMatchObject({ canUndo: true, canRedo: false });
  await session.undo();
  expect(state(session)).toMatchObject({ step: 20, recipe: { edits: [{ step: 11, lr: 0.1 }] }, canRedo: true });
  await session.undo();
  expect(state(session)).toMatchObject({ step: 10, recipe: { edits: [], sigma: 2 } });
  await session.undo();
  expect(state(session)).toMatchObject({ step: 0, recipe: { edits: [], sigma: 1 }, canUndo: false });
  await session.undo();
  for (let i = 0; i < 4; i++) await session.redo();
  expect(state(session)).toMatchObject({ step: 0, recipe, canUndo: true, canRedo: false });
  await session.advance(30);
  expect(trace(session)).toEqual(whole);
  await session.undo();
  await session.set({ lr: 0.3 });
  expect(state(session)).toMatchObject({ step: 20, canRedo: false });
  await session.load(small);
  expect(state(session).canUndo).toBe(false);
});

it("Session.undo plays on if the run played", async () => {
  const session = await loaded();
  await session.advance(10);
  await session.set({ lr: 0.1 });
  session.play();
  await until(session.store, ({ step }) => step > 15);
  await session.undo();
  expect(session.history().value("lr", 10)).toBe(1e-3);
  await until(session.store, ({ step, phase }) => step > 15 && phase === "playing");
  session.pause();
  expect(session.history().value("lr", 15)).toBe(1e-3);
});

it("Session.undo keeps the future steps that both recipes have in common", async () => {
  const session = await loaded();
  await session.advance(150);
  await session.set({ lr: 0.1 });
  await session.advance(50);
  await session.seek(20);
  await session.undo();
  expect(state(session)).toMatchObject({ step: 20, measuredSteps: 150, recipe: { edits: [] } });
  await session.seek(150);
  await session.advance(50);
  const other = await loaded();
  await other.advance(200);
  expect(trace(session)).toEqual(trace(other));
});

it("Session.undo plays on to the target of runTo, unless the run is paused meanwhile", async () => {
  const session = await loaded();
  await session.advance(10);
  await session.set({ lr: 0.1 });
  session.runTo(400);
  await session.undo();
  await until(session.store, ({ phase }) => phase === "paused");
  expect(state(session).step).toBe(400);
  await session.undo();
  expect(state(session).phase).toBe("paused");
  session.play();
  const done = session.redo();
  session.pause();
  await done;
  expect(state(session).phase).toBe("paused");
});

it("Session.undo and redo count every call when calls come fast", async () => {
  const session = await loaded();
  for (const lr of [0.1, 0.2, 0.3]) {
    await session.advance(5);
    await session.set({ lr });
  }
  const { recipe } = state(session);
  await Promise.all(Array.from({ length: 12 }, (_, i) => (i % 2 ? session.redo() : session.undo())));
  expect(state(session).recipe).toEqual(recipe);
});
