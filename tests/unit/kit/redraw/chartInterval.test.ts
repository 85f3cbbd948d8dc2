import { expect, it } from "vitest";
import { playInterval } from "../../../../src/kit/redraw/chartInterval";

const playing = (stepsPerSecond: number, speed: number) =>
  playInterval({ phase: "playing", speed, stepsPerSecond }, 66);

it("playInterval gives 66 ms where the engine reaches the chosen speed, and for any engine of 110 steps a second or more", () => {
  expect(playing(2, 2)).toBe(66);
  expect(playing(9.5, 10)).toBe(66);
  expect(playing(1000, Number.POSITIVE_INFINITY)).toBe(66);
});

it("playInterval gives the time of seven steps, at most 350 ms, where the engine is slower than the chosen speed", () => {
  expect(playing(28, 60)).toBe(250);
  expect(playing(28, Number.POSITIVE_INFINITY)).toBe(250);
  expect(playing(5, 60)).toBe(350);
});

it("playInterval gives the interval of the chart while the run is at rest and before the speed is measured", () => {
  const slow = { speed: 60, stepsPerSecond: 5 };
  expect(playInterval({ phase: "paused", ...slow }, 80)).toBe(80);
  expect(playInterval({ phase: "playing", speed: 60, stepsPerSecond: 0 }, 80)).toBe(80);
});
