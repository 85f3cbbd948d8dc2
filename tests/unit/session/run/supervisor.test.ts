import { expect, it } from "vitest";
import { FakeWorker, messageSent, newSession, until } from "../../support/fakes";
import { loaded, small, state, trace } from "../../support/sessions";

it("Session replaces a worker that dies, and the run is the same", async () => {
  const { session, workers } = newSession();
  await session.load({ ...small, shuffle: true });
  await session.advance(20);
  await session.set({ lr: 0.1 });
  const steps = session.advance(30);
  workers.at(-1)?.die();
  await steps;
  await session.advance(10);
  expect(workers).toHaveLength(2);
  expect(state(session)).toMatchObject({ phase: "paused", step: 60 });
  expect(state(session).notices.at(-1)).toMatchObject({
    kind: "info",
    text: expect.stringContaining("out of memory"),
  });

  const other = await loaded(state(session).recipe);
  await other.advance(60);
  expect(trace(session)).toEqual(trace(other));
});

it("Session.load ends a worker that is too busy to answer, and loads another run", async () => {
  let tellAsked = () => {};
  const asked = new Promise<void>((resolve) => {
    tellAsked = resolve;
  });
  const { session, workers } = newSession({
    makeWorker: () => {
      const worker = new FakeWorker();
      // The first worker never answers a request for steps.
      worker.beforeAdvance = () => {
        if (workers.length > 1) return null;
        tellAsked();
        return new Promise(() => {});
      };
      return worker;
    },
  });
  await session.load(small);
  session.play();
  await asked;
  await session.load({ ...small, seed: 1 });
  await session.advance(2);
  expect(workers).toHaveLength(2);
  expect(state(session)).toMatchObject({ phase: "paused", step: 2, recipe: { seed: 1 }, notices: [] });
});

it("Session plays on when a worker dies", async () => {
  const { session, workers } = newSession();
  await session.load(small);
  session.setSpeed(Number.POSITIVE_INFINITY);
  session.play();
  await until(session.store, ({ step }) => step > 10);
  const { step } = state(session);
  workers.at(-1)?.die();
  await until(session.store, (now) => now.step > step + 100);
  expect(state(session).phase).toBe("playing");
  session.pause();
});

it("Session fails when the new workers die too, until another run is loaded", async () => {
  let cursed = false;
  const { session, workers } = newSession({
    makeWorker: () => {
      const worker = new FakeWorker();
      worker.beforeAdvance = () => cursed && worker.die("no luck");
      return worker;
    },
  });
  await session.load(small);
  await session.advance(3);
  cursed = true;
  await expect(session.advance(10)).rejects.toThrow("no luck");
  cursed = false;
  expect(workers).toHaveLength(3);
  expect(state(session)).toMatchObject({ phase: "failed", step: 3 });
  await session.startOver();
  await session.advance(2);
  expect(state(session)).toMatchObject({ phase: "paused", step: 2 });
});

it("Session.load keeps the present run when the worker dies while loading", async () => {
  const { session, workers } = newSession();
  await session.load(small);
  await session.advance(3);
  const loading = session.load({ ...small, seed: 1 });
  await messageSent();
  workers.at(-1)?.die();
  await expect(loading).rejects.toThrow("out of memory");
  await session.advance(2);
  expect(state(session)).toMatchObject({ phase: "paused", step: 5, recipe: { seed: 0 } });
});
