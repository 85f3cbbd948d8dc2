import { expect, it } from "vitest";
import { makeScheduler } from "../../../../src/kit/redraw/scheduler";

/** A fake clock with frames of 16 ms, advanced by `run`. Drawing a chart takes `cost` ms. */
function frames(cost = 20) {
  let asked: ((time: number) => void) | null = null;
  let time = 1000;
  let spent = 0;
  return {
    requestFrame: (callback: (time: number) => void) => {
      asked = callback;
    },
    now: () => time + spent,
    flush: (redraw: () => void) => {
      redraw();
      spent += cost;
    },
    get pending() {
      return asked !== null;
    },
    run(ms = 16) {
      const callback = asked;
      asked = null;
      time += ms;
      callback?.(time);
    },
  };
}

/** The redraws in six frames after a first one, with three charts and a text invalid in each frame. */
function sixFrames(cost: number, ms: number): string[] {
  const clock = frames(cost);
  const scheduler = makeScheduler(clock);
  const drawn: string[] = [];
  const turns = ["a", "b", "c"].map((name) =>
    scheduler.join(
      () => drawn.push(name),
      () => 0,
      "chart",
    ),
  );
  turns.push(
    scheduler.join(
      () => drawn.push("text"),
      () => 0,
      "text",
    ),
  );
  for (let frame = 0; frame < 7; frame++) {
    if (frame === 1) drawn.length = 0;
    for (const turn of turns) turn.invalidate();
    clock.run(ms);
  }
  return drawn;
}

it("scheduler draws one slow chart per frame, in turn, and texts in every frame", () => {
  const drawn = sixFrames(20, 16);
  const charts = drawn.filter((name) => name !== "text");
  expect(charts).toHaveLength(6);
  expect(charts.slice(3)).toEqual(charts.slice(0, 3));
  expect(new Set(charts).size).toBe(3);
  expect(drawn.filter((name) => name === "text")).toHaveLength(6);
});

it("scheduler draws as many charts as fit into their share of a frame, more when frames are long", () => {
  const charts = (cost: number, ms: number) => sixFrames(cost, ms).filter((name) => name !== "text").length;
  expect(charts(3, 16)).toBe(12);
  expect(charts(3, 50)).toBe(18);
  expect(charts(20, 50)).toBe(6);
});

it("scheduler keeps a member’s interval, and requests frames only while a member is invalid", () => {
  const clock = frames();
  const scheduler = makeScheduler(clock);
  let draws = 0;
  const turn = scheduler.join(
    () => draws++,
    () => 80,
    "chart",
  );
  expect(clock.pending).toBe(false);
  for (let frame = 0; frame < 50; frame++) {
    turn.invalidate();
    clock.run();
  }
  expect(draws).toBe(10);
  while (clock.pending) clock.run();
  expect(draws).toBe(11);
});

it("scheduler does not redraw a member that has left", () => {
  const clock = frames();
  const scheduler = makeScheduler(clock);
  const turn = scheduler.join(
    () => expect.unreachable(),
    () => 80,
    "chart",
  );
  turn.invalidate();
  turn.leave();
  clock.run(1000);
  expect(clock.pending).toBe(false);
});

it("scheduler draws a member out of sight when it comes near and is invalidated, or when all are drawn", () => {
  const clock = frames();
  const scheduler = makeScheduler(clock);
  let near = false;
  let drawn = 0;
  const turn = scheduler.join(
    () => drawn++,
    () => 0,
    "chart",
    () => near,
  );
  turn.invalidate();
  expect(clock.pending).toBe(false);
  scheduler.drawAll();
  expect(drawn).toBe(1);
  scheduler.drawAll();
  expect(drawn).toBe(1);
  turn.invalidate();
  near = true;
  turn.invalidate();
  clock.run();
  expect(drawn).toBe(2);
  expect(clock.pending).toBe(false);
});
