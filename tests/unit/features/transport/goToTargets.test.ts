import { expect, it } from "vitest";
import { stopConditionFrom } from "../../../../src/core/history/stopCondition";
import { conditionOf, fieldNameOf, targets, untilText } from "../../../../src/features/transport/goToTargets";

it("conditionOf gives a condition for every target but a step and an epoch, and untilText its label", () => {
  const texts = targets.flatMap((target) => {
    const condition = conditionOf(target, 0.5);
    return condition ? [untilText(stopConditionFrom(condition))] : [target];
  });
  expect(texts).toEqual([
    "epoch",
    "step",
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
