import type { NoStep, StepMarkName, StepMarks } from "../../core/history/stepMarks";
import { formatNumber } from "./format";

/** The step size, or the reason why there is none. */
export function stepSizeText(marks: StepMarks, name: StepMarkName): string {
  const size = marks[name];
  return typeof size === "number" ? formatNumber(size, 3) : `none: ${noStepText(size, marks)}`;
}

function noStepText(reason: NoStep, { searchedTo }: StepMarks): string {
  switch (reason) {
    case "uphill":
      return "d points uphill";
    case "noRoot":
      return `the loss stays lower up to α = ${formatNumber(searchedTo, 2)}`;
    case "concave":
      return "the parabola has no minimum";
    case "notTaken":
      return "no step was taken";
  }
}
