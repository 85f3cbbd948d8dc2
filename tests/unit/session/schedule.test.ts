import { expect, it } from "vitest";
import { controls } from "../../../src/core/recipe/controls";
import { settingsAt } from "../../../src/core/recipe/recipe";
import { piecewise } from "../../../src/core/schedule/piecewise";
import { until } from "../support/fakes";
import { loaded, state, trace } from "../support/sessions";

const { pieces } = piecewise({
  shape: "cosine",
  length: 60,
  lr: 0.02,
  low: 0.001,
  end: 1e-4,
  warmUp: 1,
  factor: 1,
  every: 1,
  corners: [],
});

/** The learning rates of steps 1 to n with the pieces in force from step `first` on. */
const planned = (first: number, n: number) =>
  Array.from({ length: n }, (_, i) => pieces.findLast(({ t }) => t <= i + 1 - first)?.lr ?? controls.lr.default);

it("Session.schedule takes effect at the next step during play, plays on, and is one change for undo", async () => {
  const session = await loaded();
  session.play();
  await until(session.store, ({ step }) => step > 20);
  await session.schedule(pieces);
  const { recipe } = state(session);
  const first = recipe.edits[0]?.step ?? 0;
  await until(session.store, ({ step, phase }) => step > first + 80 && phase === "playing");
  session.pause();
  await session.advance(0);
  const { stepTaken, lr } = { ...trace(session), lr: session.history().values("lr", 1, state(session).step) };
  expect([...lr]).toEqual(planned(first, stepTaken.length));
  expect(stepTaken).toEqual([...lr]);

  await session.undo();
  expect(state(session)).toMatchObject({ step: first - 1, canUndo: false, canRedo: true });
  expect(state(session).recipe.edits).toEqual([]);
  await session.redo();
  expect(state(session).recipe).toEqual(recipe);
  await session.advance(30);
  expect(trace(session).stepTaken).toEqual(planned(first, first + 29));
});

it("Session.schedule shows the learning rate in force at each step", async () => {
  const session = await loaded();
  await session.schedule(pieces);
  expect(state(session).recipe.lr).toBe(0.02);
  for (const steps of [0, 1, 17, 40, 30]) {
    await session.advance(steps);
    const { recipe, settings, step } = state(session);
    expect(settings.lr).toBe(settingsAt(recipe, step + 1).lr);
  }
  expect(state(session).settings.lr).toBe(1e-4);
});

it("Session.schedule keeps the previous branch when future steps exist, and ends when the learning rate is set", async () => {
  const session = await loaded();
  await session.advance(50);
  await session.seek(10);
  await session.schedule(pieces);
  expect(state(session)).toMatchObject({ step: 10, measuredSteps: 10 });
  expect(session.comparedRuns.getState().comparedRuns).toHaveLength(1);
  await session.advance(20);
  await session.set({ lr: 0.5 });
  await session.advance(40);
  expect(trace(session).stepTaken.slice(30)).toEqual(Array(40).fill(0.5));
  await session.undo();
  expect(state(session).recipe.edits.at(-1)?.lr).toBe(1e-4);
});

it("Session.schedule records no change for undo when nothing changes", async () => {
  const session = await loaded();
  await session.schedule([{ t: 0, lr: controls.lr.default }]);
  expect(state(session).canUndo).toBe(false);
});
