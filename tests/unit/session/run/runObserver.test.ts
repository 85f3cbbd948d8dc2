import { afterEach, expect, it, vi } from "vitest";
import { FakeObserver, newSession, until } from "../../support/fakes";
import { loaded, small, state, trace } from "../../support/sessions";

afterEach(() => void vi.useRealTimers());

const shuffled = { ...small, shuffle: true };

it("Session starts no observer before the first question", async () => {
  const { session, observers } = newSession();
  await session.load(small);
  await session.advance(5);
  expect(observers).toHaveLength(0);
  await session.inspect(3);
  expect(observers).toHaveLength(1);
});

it("Session measures the same run with all questions and without", async () => {
  const { session } = newSession();
  await session.load({ ...shuffled, dataset: "classes", outputs: 3 });
  session.probes.getState().setOpen(true);
  session.probes.getState().use();
  session.probes.getState().followEdge();
  session.evaluation.getState().use();
  session.inspection.getState().use("slice");
  session.inspection.getState().use("inspection");
  session.setSpeed(400);
  session.play();
  await until(session.store, ({ step }) => step > 50);
  await session.set({ lr: 0.05 });
  await until(session.inspection, ({ slice }) => (slice?.step ?? 0) > 60);
  await until(session.probes, ({ edge, spectrum }) => edge !== null && spectrum !== null);
  session.pause();
  await session.advance(5);
  const alone = await loaded(state(session).recipe);
  await alone.advance(state(session).step);
  expect(trace(session)).toEqual(trace(alone));
  expect(session.runFile().finalWeights).toEqual(alone.runFile().finalWeights);
});

it("Session replaces an observer that dies, repeats its question and takes every step meanwhile", async () => {
  const { session, observers, workers } = newSession({
    makeObserver: () => {
      const observer = new FakeObserver();
      if (observers.length === 0) observer.beforeAnswer = () => observer.die("no memory");
      return observer;
    },
  });
  await session.load(shuffled);
  await session.advance(10);
  const asked = session.inspect(7);
  await session.advance(10);
  expect((await asked).direction).toEqual(session.history().direction(7));
  expect([observers.length, workers.length, state(session).step]).toEqual([2, 1, 20]);
  expect(state(session).notices).toEqual([]);
});

it("Session shows a notice when three observers in a row die, asks no more, and asks again for the next run", async () => {
  let fatal = true;
  const { session, observers } = newSession({
    makeObserver: () => {
      const observer = new FakeObserver();
      observer.beforeAnswer = () => fatal && observer.die("no memory");
      return observer;
    },
  });
  await session.load(small);
  await session.advance(5);
  for (const step of [1, 2, 3]) await expect(session.inspect(step)).rejects.toThrow();
  expect(observers).toHaveLength(3);
  expect(state(session).notices).toMatchObject([{ kind: "error", text: expect.stringContaining("no memory") }]);
  await session.advance(5);
  expect(state(session)).toMatchObject({ phase: "paused", step: 10 });
  fatal = false;
  await session.load(shuffled);
  await session.advance(5);
  expect((await session.inspect(4)).step).toBe(4);
});

it("Session replaces an observer that reacts to no message", async () => {
  const { session, observers } = newSession({
    makeObserver: () => {
      const observer = new FakeObserver();
      if (observers.length === 0) {
        observer.beforeAnswer = () => {
          // From now on no message is answered.
          observer.dead = true;
        };
      }
      return observer;
    },
  });
  await session.load(small);
  await session.advance(5);
  vi.useFakeTimers();
  const asked = session.inspect(4);
  await vi.advanceTimersByTimeAsync(30_000);
  expect((await asked).step).toBe(4);
  expect(observers).toHaveLength(2);
});

it("Session asks the observer of the run before about the run that is loaded", async () => {
  const { session, observers } = newSession();
  await session.load({ ...small, hidden: [64, 64] });
  await session.advance(400);
  void session.inspect(400).catch(() => {});
  await session.load(small);
  await session.advance(5);
  expect((await session.inspect(4)).theta).toHaveLength(19);
  expect(observers).toHaveLength(1);
});
