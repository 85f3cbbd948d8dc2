import { describe, expect, it } from "vitest";
import { Loop } from "../../../../src/session/run/loop";

/** A loop whose frames and answers are controlled by the test. */
function newLoop(remaining = Number.POSITIVE_INFINITY) {
  let frame: ((now: number) => void) | null = null;
  let left = remaining;
  const asked: { steps: number; budgetMs: number; answer: (taken: number) => Promise<void> }[] = [];
  const loop = new Loop(
    {
      request: (next) => {
        frame = next;
        return 1;
      },
      cancel: () => {
        frame = null;
      },
    },
    {
      remaining: () => left,
      advance: (steps, budgetMs) =>
        new Promise((resolve) => {
          asked.push({
            steps,
            budgetMs,
            answer: async (taken) => {
              left -= taken;
              resolve(taken);
              await new Promise((settled) => setTimeout(settled));
            },
          });
        }),
    },
  );
  return {
    loop,
    asked,
    steps: () => asked.map(({ steps }) => steps),
    tick: (now: number) => frame?.(now),
    waits: () => frame !== null,
  };
}

describe("Loop at a speed", () => {
  it("Loop requests the steps that are due by time, the first step at once", () => {
    const { loop, steps, tick } = newLoop();
    loop.speed = 100;
    loop.start();
    tick(1000);
    expect(steps()).toEqual([1]);
    tick(1016);
    expect(steps()).toEqual([1, 1]);
  });

  it("Loop adds up fractions of a step over frames", async () => {
    const { loop, asked, steps, tick } = newLoop();
    loop.speed = 10;
    loop.start();
    tick(0);
    await asked[0]?.answer(1);
    for (let now = 20; now <= 80; now += 20) tick(now);
    expect(steps()).toEqual([1]);
    tick(101);
    expect(steps()).toEqual([1, 1]);
  });

  it("Loop does not make up for time without frames", async () => {
    const { loop, asked, steps, tick } = newLoop();
    loop.speed = 100;
    loop.start();
    tick(0);
    await asked[0]?.answer(1);
    tick(60_000);
    expect(steps()).toEqual([1, 100]);
  });

  it("Loop requests steps again when the worker did not take them in time", async () => {
    const { loop, asked, steps, tick } = newLoop();
    loop.speed = 1000;
    loop.start();
    tick(0);
    await asked[0]?.answer(1);
    tick(100);
    await asked[1]?.answer(40);
    tick(100);
    expect(steps()).toEqual([1, 100, 60]);
  });
});

describe("Loop as fast as possible", () => {
  it("Loop keeps two requests in progress at full speed, and never more", async () => {
    const { loop, asked, tick } = newLoop();
    loop.speed = Number.POSITIVE_INFINITY;
    loop.start();
    for (let frame = 0; frame < 5; frame++) tick(frame);
    expect(asked).toHaveLength(2);
    await asked[0]?.answer(10);
    expect(asked).toHaveLength(3);
  });

  it("Loop stops at full speed when no frames come, and continues with the next frame", async () => {
    const { loop, asked, tick } = newLoop();
    loop.speed = Number.POSITIVE_INFINITY;
    loop.start();
    tick(0);
    for (let i = 0; i < asked.length; i++) await asked[i]?.answer(1);
    expect(asked).toHaveLength(30);
    tick(60_000);
    expect(asked).toHaveLength(32);
  });

  it("Loop gives a request the time of three slow steps after one step has taken the whole time, until more steps fit into it", async () => {
    const { loop, asked, tick } = newLoop();
    loop.speed = Number.POSITIVE_INFINITY;
    loop.start();
    tick(0);
    await asked[0]?.answer(1);
    await asked[1]?.answer(3);
    await asked[2]?.answer(4);
    await asked[3]?.answer(9);
    expect(asked.map(({ budgetMs }) => budgetMs)).toEqual([30, 30, 90, 90, 30, 30]);
  });

  it("Loop never requests more steps than remain", async () => {
    const { loop, asked, steps, tick } = newLoop(11);
    loop.speed = Number.POSITIVE_INFINITY;
    loop.start();
    tick(0);
    expect(steps()).toEqual([6, 5]);
    await asked[0]?.answer(2);
    expect(steps()).toEqual([6, 5, 4]);
  });
});

it("Loop requests nothing after stop, and is idle when all requests are answered", async () => {
  const { loop, asked, tick, waits } = newLoop();
  loop.start();
  tick(0);
  loop.stop();
  expect(waits()).toBe(false);
  let idle = false;
  const waiting = loop.idle().then(() => {
    idle = true;
  });
  await Promise.resolve();
  expect(idle).toBe(false);
  await asked[0]?.answer(1);
  await waiting;
  expect(asked).toHaveLength(1);
});
