import fc from "fast-check";
import { readSchedule } from "../../../src/core/schedule/readSchedule";
import { type Schedule, shapeNames } from "../../../src/core/schedule/schedule";

/** One schedule of each shape, 40 steps long or less. */
export const examples: readonly Schedule[] = [
  { key: "lr", shape: "warmUp", low: 0, lr: 0.03, length: 25 },
  { key: "lr", shape: "cosine", lr: 0.05, end: 0, length: 40 },
  { key: "lr", shape: "warmUpCosine", low: 1e-4, lr: 0.04, end: 1e-5, warmUp: 7, length: 33 },
  { key: "lr", shape: "linear", lr: 0.02, end: 0, length: 20 },
  { key: "lr", shape: "wsd", low: 1e-4, lr: 0.04, warmUp: 5, end: 0, decay: 12, power: 0.5, length: 37 },
  { key: "lr", shape: "oneCycle", low: 4e-4, lr: 0.01, end: 4e-8, warmUp: 9, length: 38 },
  { key: "lr", shape: "cyclic", low: 0, lr: 0.03, up: 3, down: 6, factor: 0.5, length: 40 },
  { key: "lr", shape: "steps", lr: 0.1, factor: 0.3, every: 9, length: 40 },
  {
    key: "lr",
    shape: "drawn",
    length: 31,
    corners: [
      { at: 0.1, value: 0.01 },
      { at: 0.5, value: 0.2 },
      { at: 1, value: 1e-4 },
    ],
  },
];

const rate = fc.oneof(fc.double({ min: 1e-8, max: 100, noNaN: true }), fc.constantFrom(0.1, 1e-3, 1e-8));
const orZero = fc.oneof(rate, fc.constant(0));
const steps = fc.integer({ min: 1, max: 3000 });
const corners = fc.array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), value: rate }), {
  minLength: 1,
  maxLength: 8,
});

/** Valid schedules, in the form in which the parser leaves them. */
export const validSchedule: fc.Arbitrary<Schedule> = fc
  .record({
    shape: fc.constantFrom(...shapeNames),
    lr: rate,
    low: orZero,
    end: orZero,
    factor: fc.double({ min: 0.01, max: 1, noNaN: true }),
    every: steps,
    warmUp: steps,
    decay: steps,
    up: steps,
    down: steps,
    power: fc.double({ min: 0.01, max: 100, noNaN: true }),
    more: steps,
    corners,
  })
  .map(({ more, corners, ...numbers }): Schedule => {
    const sorted = [...corners].sort((a, b) => a.at - b.at);
    const length = numbers.warmUp + numbers.decay + more;
    const schedule = readSchedule({ ...numbers, length, corners: sorted }, "", []);
    if (!schedule) throw new Error("The generated schedule is invalid.");
    return schedule;
  });
