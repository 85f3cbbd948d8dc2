import fc from "fast-check";
import { expect, it } from "vitest";
import { isMet, type StepMeasurements, type StopCondition } from "../../../../src/core/history/stopCondition";
import { conditionText, stopConditionFrom } from "../../../../src/core/history/stopConditionText";
import { anything } from "../../support/arbitraries";
import { inputErrorOf } from "../../support/inputError";

const conditions: readonly StopCondition[] = [
  { when: "ratio", above: 2 },
  { when: "ratio", below: 0.5 },
  { when: "loss", above: 1.5 },
  { when: "loss", below: 0.1 },
  { when: "verdict", is: "behind" },
];

it("stopConditionFrom returns every condition", () => {
  for (const condition of conditions) expect(stopConditionFrom({ ...condition })).toEqual(condition);
});

it.each([
  [7, "stopWhen: found 7; allowed: {when:"],
  [null, "stopWhen: found null; allowed:"],
  [{ when: "ratio" }, 'stopWhen: found {when: "ratio"}; allowed:'],
  [{ when: "ratio", above: "2" }, 'found {when: "ratio", above: "2"}; allowed:'],
  [{ when: "loss", below: Number.NaN }, 'found {when: "loss", below: NaN}; allowed:'],
  [{ when: "loss", above: 1, below: 2 }, "found {"],
  [{ when: "slope", above: 1 }, "found {"],
  [{ when: "verdict", is: "diverged" }, 'is: "minimum", "behind", "concave", "flat"}'],
  [{ when: "verdict", above: 1 }, "found {"],
])("stopConditionFrom refuses %j: %s", (input, message) => {
  expect(inputErrorOf(() => stopConditionFrom(input))).toContain(message);
});

it("stopConditionFrom returns a condition or throws an InputError for any value", () => {
  fc.assert(fc.property(anything, (value) => inputErrorOf(() => stopConditionFrom(value)) !== null));
});

it("isMet tests lr/α* of a step with a minimum only, the loss, and the verdict", () => {
  const step: StepMeasurements = { verdict: "minimum", loss: 1, lr: 0.3, alphaStar: 0.1 };
  const met = (condition: StopCondition, more: Partial<StepMeasurements> = {}) =>
    isMet(condition, { ...step, ...more });
  expect(met({ when: "ratio", above: 2 })).toBe(true);
  expect(met({ when: "ratio", above: 2 }, { alphaStar: 0.2 })).toBe(false);
  expect(met({ when: "ratio", below: 2 }, { alphaStar: 0.2 })).toBe(true);
  expect(met({ when: "ratio", below: 2 }, { alphaStar: -0.2, verdict: "behind" })).toBe(false);
  expect(met({ when: "ratio", above: 0 }, { alphaStar: Number.NaN, verdict: "flat" })).toBe(false);
  expect(met({ when: "loss", above: 1 })).toBe(false);
  expect(met({ when: "loss", above: 0.99 })).toBe(true);
  expect(met({ when: "loss", below: 1.01 })).toBe(true);
  expect(met({ when: "verdict", is: "minimum" })).toBe(true);
  expect(met({ when: "verdict", is: "concave" })).toBe(false);
});

it("conditionText is a clause", () => {
  expect(conditions.map(conditionText)).toEqual([
    "lr/α* is above 2",
    "lr/α* is below 0.5",
    "the loss is above 1.5",
    "the loss is below 0.1",
    "the verdict is behind",
  ]);
});
