import { expect, it } from "vitest";
import { speedsSentence } from "../../../../src/features/engine/speedsText";

const cpu = (stepsPerSecond: number) => ({ kind: "cpu", stepsPerSecond, missing: null }) as const;
const webgl = (stepsPerSecond: number | null, missing: string | null = null) =>
  ({ kind: "webgl", stepsPerSecond, missing }) as const;

it.each([
  [
    [cpu(1030.4), webgl(84.21)],
    "CPU: 1030 steps/s; WebGL: 84 steps/s. The CPU engine is 12.2 times faster for this network.",
  ],
  [[cpu(7), webgl(63)], "CPU: 7.0 steps/s; WebGL: 63 steps/s. The WebGL engine is 9.0 times faster for this network."],
  [
    [cpu(1000), webgl(1010)],
    "CPU: 1000 steps/s; WebGL: 1010 steps/s. Both engines have the same speed for this network.",
  ],
  [[cpu(1000), webgl(null, "no WebGL2")], "CPU: 1000 steps/s; WebGL: not measured (no WebGL2)."],
])("speedsSentence gives the speeds and their ratio, for %j", (speeds, sentence) => {
  expect(speedsSentence(speeds)).toBe(sentence);
});
