import { expect, it } from "vitest";
import { until } from "../../support/fakes";
import { loaded, small, state, trace } from "../../support/sessions";

it("Session.runTo goes to a measured step at once, and plays to a later step", async () => {
  const session = await loaded();
  await session.advance(100);
  await session.seek(40);
  session.runTo(70);
  await until(session.store, ({ step }) => step === 70);
  session.runTo(20);
  await until(session.store, ({ step }) => step === 20);
  session.runTo(130);
  await until(session.store, ({ step, phase }) => step === 130 && phase === "paused");
});

it("Session.stepBack counts every call when calls come faster than steps", async () => {
  const session = await loaded();
  await session.advance(100);
  await Promise.all(Array.from({ length: 5 }, () => session.stepBack()));
  expect(state(session)).toMatchObject({ step: 95, phase: "paused" });
});

it("Session.seek goes to a step, from which the same run continues", async () => {
  const session = await loaded({ ...small, shuffle: true });
  await session.advance(40);
  await session.set({ lr: 0.1 });
  await session.advance(60);
  const [whole, d] = [trace(session), session.direction(41)];
  await session.seek(41);
  expect(state(session)).toMatchObject({ step: 41, phase: "paused" });
  expect(session.direction()).toEqual(d);
  expect(session.history().length).toBe(41);
  await session.seek(100);
  expect(trace(session)).toEqual(whole);
  await session.seek(0);
  expect(session.direction()).toEqual([]);
  await session.advance(100);
  expect(trace(session)).toEqual(whole);
});

it("Session.reset goes to step 0 and replays the edits", async () => {
  const session = await loaded();
  await session.advance(10);
  await session.set({ lr: 0.1 });
  await session.advance(10);
  const whole = trace(session);
  await session.reset();
  expect(state(session)).toMatchObject({ step: 0, epoch: 0, phase: "paused", settings: { lr: 1e-3 } });
  await session.advance(20);
  expect(state(session).settings.lr).toBe(0.1);
  expect(trace(session)).toEqual(whole);
});
