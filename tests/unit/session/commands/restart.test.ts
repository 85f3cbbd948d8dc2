import { expect, it } from "vitest";
import { until } from "../../support/fakes";
import { loaded, state } from "../../support/sessions";

it("Session.startOver begins at step 0 with the current settings", async () => {
  const session = await loaded();
  await session.advance(10);
  await session.set({ lr: 0.1 });
  await session.startOver();
  expect(state(session)).toMatchObject({
    step: 0,
    phase: "paused",
    recipe: { lr: 0.1, edits: [] },
    settings: { lr: 0.1 },
  });
});

it("Session.restart begins with another network and the current settings, and plays on if it played", async () => {
  const session = await loaded();
  await session.advance(10);
  await session.set({ lr: 0.1 });
  await session.restart({ hidden: [6, 2] });
  expect(state(session)).toMatchObject({ step: 0, phase: "paused", recipe: { lr: 0.1, hidden: [6, 2], edits: [] } });
  await expect(session.restart({ rows: -1 })).rejects.toThrow("rows");
  session.play();
  await until(session.store, ({ step }) => step > 0);
  await session.restart({ seed: 9 });
  await until(session.store, ({ phase }) => phase === "playing");
  expect(state(session).recipe.seed).toBe(9);
  session.pause();
});

it("Session.restart adjusts settings that do not fit together, with a notice", async () => {
  const session = await loaded();
  await session.restart({ dataset: "classes" });
  expect(state(session)).toMatchObject({ recipe: { dataset: "classes", outputs: 2 }, notices: [{ kind: "info" }] });
  expect(state(session).notices[0]?.text).toContain("outputs");
});
