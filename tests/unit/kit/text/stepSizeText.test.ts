import { expect, test } from "vitest";
import type { NoStep, StepMarks } from "../../../../src/core/history/stepMarks";
import { stepSizeText } from "../../../../src/kit/text/stepSizeText";

const marks: StepMarks = {
  step: 3,
  loss: 1,
  slope: -0.2,
  searchedTo: 4096,
  breakEven: 0.53,
  armijo: 0.5,
  polyak: 5,
  pal: 0.2,
};

test.each<[NoStep, string]>([
  ["uphill", "none: d points uphill"],
  ["noRoot", "none: the loss stays lower up to α = 4100"],
  ["concave", "none: the parabola has no minimum"],
  ["notTaken", "none: no step was taken"],
])("stepSizeText gives the reason %s in words, and a step size to three digits", (reason, words) => {
  expect(stepSizeText(marks, "breakEven")).toBe("0.530");
  expect(stepSizeText({ ...marks, breakEven: reason }, "breakEven")).toBe(words);
});
