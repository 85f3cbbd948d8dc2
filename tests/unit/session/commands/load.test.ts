import { expect, it } from "vitest";
import { defaultRecipe } from "../../../../src/core/recipe/controls";
import { until } from "../../support/fakes";
import { loaded, small, state, trace } from "../../support/sessions";

it("Session.load starts a run at step 0, paused", async () => {
  const session = await loaded();
  session.play();
  await until(session.store, ({ step }) => step > 0);
  await session.load({ ...small, lr: 0.5 });
  expect(state(session)).toMatchObject({ step: 0, phase: "paused", recipe: { ...defaultRecipe, ...small, lr: 0.5 } });
  expect(session.history().length).toBe(0);
});

it("Session.load names every fault, and the present run plays on unchanged", async () => {
  const session = await loaded();
  session.play();
  await until(session.store, ({ step }) => step > 2);
  const before = session.history();
  await expect(session.load({ lr: "fast", rows: 0, colour: 1 })).rejects.toThrow(/lr.*rows.*colour/s);
  await expect(session.load({ format: "alphascope-run", version: 7 })).rejects.toThrow("version");
  await expect(session.load(null)).rejects.toThrow("recipe");
  expect(session.history()).toBe(before);
  expect(state(session).phase).toBe("playing");
  session.pause();
  expect(state(session).recipe).toEqual({ ...defaultRecipe, ...small });
});

it("Session.load opens a run file, which trains the same run", async () => {
  const session = await loaded({ ...small, dataset: "teacher", shuffle: true, batchSize: 7 });
  await session.advance(20);
  await session.set({ lr: 0.1, shuffle: false });
  await session.advance(30);
  const file = JSON.parse(JSON.stringify(session.runFile()));
  const other = await loaded();
  await other.load(file);
  expect(state(other).recipe).toEqual(state(session).recipe);
  await other.advance(50);
  expect(trace(other)).toEqual(trace(session));
  expect(JSON.parse(JSON.stringify(other.runFile()))).toEqual(file);
});

it("Session.load keeps its order among calls of advance and set", async () => {
  const session = await loaded();
  await Promise.all([
    session.advance(50),
    session.load({ ...small, seed: 1 }),
    session.advance(3),
    session.set({ lr: 0.5 }),
  ]);
  expect(state(session)).toMatchObject({ step: 3, recipe: { seed: 1, edits: [{ step: 4, lr: 0.5 }] } });
});
