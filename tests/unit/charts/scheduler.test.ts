import { expect, it } from "vitest";
import { makeScheduler } from "../../../src/charts/scheduler";

/** A clock of frames: 16 ms each, run by hand. */
function frames() {
  let asked: ((time: number) => void) | null = null;
  let time = 1000;
  return {
    request: (callback: (time: number) => void) => {
      asked = callback;
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

it("draws one chart a frame, each in its turn, and texts at once", () => {
  const clock = frames();
  const scheduler = makeScheduler(clock.request);
  const drawn: string[] = [];
  const turns = ["a", "b", "c"].map((name) => scheduler.join(() => drawn.push(name), 0, "chart"));
  turns.push(scheduler.join(() => drawn.push("text"), 0, "text"));
  const all = () => {
    for (const turn of turns) turn.invalidate();
  };
  all();
  clock.run(); // the first time all of them are out of date
  drawn.length = 0;
  for (let frame = 0; frame < 6; frame++) {
    all();
    clock.run();
  }
  const charts = drawn.filter((name) => name !== "text");
  expect(charts.slice(3)).toEqual(charts.slice(0, 3));
  for (const name of ["a", "b", "c"]) expect(drawn.filter((n) => n === name)).toHaveLength(2);
  expect(drawn.filter((name) => name === "text")).toHaveLength(6);
});

it("keeps the interval, and asks for frames only while something waits", () => {
  const clock = frames();
  const scheduler = makeScheduler(clock.request);
  let draws = 0;
  const turn = scheduler.join(() => draws++, 80, "chart");
  expect(clock.pending).toBe(false);
  for (let frame = 0; frame < 50; frame++) {
    turn.invalidate();
    clock.run();
  }
  expect(draws).toBe(10);
  while (clock.pending) clock.run();
  expect(draws).toBe(11);
});

it("does not let a chart wait that is far out of date, and forgets one that has left", () => {
  const clock = frames();
  const scheduler = makeScheduler(clock.request);
  const drawn: string[] = [];
  const [a, b] = ["a", "b"].map((name) => scheduler.join(() => drawn.push(name), 80, "chart"));
  for (let frame = 0; frame < 2; frame++) {
    a?.invalidate();
    b?.invalidate();
    clock.run(1000);
  }
  expect(drawn.toSorted()).toEqual(["a", "a", "b", "b"]);
  b?.invalidate();
  b?.leave();
  clock.run(1000);
  expect(clock.pending).toBe(false);
  expect(drawn).toHaveLength(4);
});
