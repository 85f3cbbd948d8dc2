import { expect, it } from "vitest";
import { until } from "../../support/fakes";
import { loaded, small, state, trace } from "../../support/sessions";

const fast = { ...small, lr: 0.05 };

/** The first step of a run with a loss below a number, and that number. */
async function lowLoss(): Promise<{ readonly below: number; readonly step: number }> {
  const session = await loaded(fast);
  await session.advance(150);
  const { loss } = trace(session);
  const below = 1.01 * Math.min(...loss);
  const step = 1 + loss.findIndex((one) => one < below);
  expect(step).toBeGreaterThan(20);
  return { below, step };
}

it("Session.stopWhen pauses play once, at exactly the first step that meets the condition, at any speed", async () => {
  const { below, step } = await lowLoss();
  for (const speed of [600, Number.POSITIVE_INFINITY]) {
    const session = await loaded(fast);
    session.setSpeed(speed);
    await session.stopWhen({ when: "loss", below });
    expect(state(session).stopWhen).toEqual({ when: "loss", below });
    session.play();
    await until(session.store, ({ phase }) => phase === "paused");
    expect(state(session)).toMatchObject({ step, measuredSteps: step, stopWhen: null });
    await until(session.store, ({ notices }) => notices.length > 0);
    expect(state(session).notices.map(({ text }) => text)).toEqual([
      `Paused at step ${step}: the loss is below ${below}.`,
    ]);

    // The run goes on as a run without the condition.
    session.play();
    await until(session.store, (now) => now.step > step + 20);
    session.pause();
    await session.advance(1);
    const other = await loaded(fast);
    await other.advance(state(session).step);
    expect(trace(other)).toEqual(trace(session));
  }
});

it("Session.stopWhen pauses runTo before its step, and is tested again from an earlier step", async () => {
  const { below, step } = await lowLoss();
  const session = await loaded(fast);
  await session.stopWhen({ when: "loss", below });
  session.runTo(step + 60);
  await until(session.store, ({ phase }) => phase === "paused");
  expect(state(session)).toMatchObject({ step, goal: null });
  await session.advance(30);
  await session.seek(5);
  await session.stopWhen({ when: "loss", below });
  session.setSpeed(Number.POSITIVE_INFINITY);
  session.play();
  await until(session.store, ({ phase }) => phase === "paused");
  expect(state(session).step).toBe(step);
});

it("Session.advance and seek do not test the condition, and null removes it", async () => {
  const { below, step } = await lowLoss();
  const session = await loaded(fast);
  await session.stopWhen({ when: "loss", below });
  await session.advance(step + 5);
  expect(state(session)).toMatchObject({ step: step + 5, stopWhen: { when: "loss", below } });
  await session.seek(step + 9);
  expect(state(session).step).toBe(step + 9);
  await session.stopWhen(null);
  expect(state(session).stopWhen).toBeNull();
  await session.reset();
  session.runTo(step + 20);
  await until(session.store, ({ phase, step: at }) => phase === "paused" && at > step + 9);
  expect(state(session).step).toBe(step + 20);
});

it("Session.stopWhen throws for a value that is no condition, and keeps the condition before", async () => {
  const session = await loaded();
  await session.stopWhen({ when: "ratio", above: 2 });
  await expect(session.stopWhen({ when: "ratio", above: "2" })).rejects.toThrow(
    'stopWhen: found {when: "ratio", above: "2"}; allowed:',
  );
  expect(state(session).stopWhen).toEqual({ when: "ratio", above: 2 });
});
