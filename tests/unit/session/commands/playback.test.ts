import { expect, it } from "vitest";
import { until } from "../../support/fakes";
import { exploding, loaded, state, trace } from "../../support/sessions";

it("Session.advance takes exactly the number of steps, call after call", async () => {
  const session = await loaded();
  await Promise.all([session.advance(7), session.advance(5), session.advance(0)]);
  expect(state(session)).toMatchObject({ step: 12, phase: "paused" });
  expect(trace(session).step).toHaveLength(12);
});

it("Session.advance pauses play first", async () => {
  const session = await loaded();
  session.play();
  await until(session.store, ({ step }) => step > 2);
  const playing = session.advance(10);
  expect(state(session).phase).toBe("paused");
  await playing;
  const { step } = state(session);
  await session.advance(10);
  expect(state(session).step).toBe(step + 10);
});

it("Session.advance rejects values that are no number of steps", async () => {
  const session = await loaded();
  for (const steps of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2_000_000]) {
    await expect(session.advance(steps)).rejects.toThrow("steps");
  }
  await session.advance(1);
  expect(state(session)).toMatchObject({ step: 1, phase: "paused" });
});

it("Session.runTo plays to its step and pauses there", async () => {
  const session = await loaded();
  session.runTo(333);
  expect(state(session)).toMatchObject({ phase: "playing", goal: { from: 0, to: 333 } });
  await until(session.store, ({ phase }) => phase === "paused");
  expect(state(session)).toMatchObject({ step: 333, goal: null });
});

it("Session.play gives the same steps as advance at any speed", async () => {
  const session = await loaded();
  session.setSpeed(Number.POSITIVE_INFINITY);
  session.play();
  await until(session.store, ({ step }) => step >= 200);
  session.pause();
  await session.advance(1);
  const other = await loaded();
  await other.advance(state(session).step);
  expect(trace(other)).toEqual(trace(session));
});

it("Session.play takes the number of steps that the speed and the frames allow", async () => {
  const session = await loaded();
  session.setSpeed(120);
  session.play();
  await until(session.store, ({ step }) => step >= 20);
  // One step at once, then two steps a frame, in at most two requests a frame.
  expect(state(session).step).toBeLessThan(30);
  session.pause();
});

it("Session.play sets the values of a drag in progress first", async () => {
  const session = await loaded();
  void session.drag({ lr: 0.5 });
  session.play();
  await until(session.store, ({ step }) => step > 0);
  session.pause();
  await until(session.store, ({ recipe }) => recipe.lr === 0.5);
  expect(session.history().value("lr", 1)).toBe(0.5);
});

it("Session stops play at the step of divergence with a notice, and allows further steps and going back", async () => {
  const session = await loaded(exploding);
  session.setSpeed(Number.POSITIVE_INFINITY);
  session.play();
  await until(session.store, ({ phase }) => phase === "diverged");
  const { divergedAt } = state(session);
  expect(divergedAt).toBeGreaterThan(50);
  await session.advance(0);
  expect(state(session)).toMatchObject({ phase: "diverged", step: divergedAt });
  expect(trace(session).verdict.indexOf("diverged")).toBe((divergedAt as number) - 1);

  session.play();
  expect(state(session).phase).toBe("diverged");
  expect(state(session).notices.at(-1)?.text).toContain(`step ${divergedAt}`);

  await session.advance(5);
  expect(state(session)).toMatchObject({ phase: "diverged", step: (divergedAt as number) + 5, divergedAt });
  await session.seek(49);
  expect(state(session)).toMatchObject({ phase: "paused", divergedAt: null });
  await session.advance(100);
  expect(state(session)).toMatchObject({ phase: "diverged", divergedAt, step: 149 });
});
