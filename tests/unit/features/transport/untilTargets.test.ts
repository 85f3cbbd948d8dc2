import { expect, it } from "vitest";
import { stopConditionFrom } from "../../../../src/core/history/stopConditionText";
import { conditionOf, fieldNameOf, targets, untilText } from "../../../../src/features/transport/untilTargets";

it("conditionOf gives a condition for every target, and untilText its label", () => {
  const texts = targets.map((target) => untilText(stopConditionFrom(conditionOf(target, 0.5))));
  expect(texts).toEqual([
    "until lr/α* > 0.5",
    "until lr/α* < 0.5",
    "until loss < 0.5",
    "until loss > 0.5",
    "until minimum",
    "until uphill",
    "until concave",
    "until flat",
  ]);
});

it("fieldNameOf is null for the targets without a number", () => {
  expect(targets.filter((target) => fieldNameOf(target) === null)).toEqual(["minimum", "behind", "concave", "flat"]);
});
