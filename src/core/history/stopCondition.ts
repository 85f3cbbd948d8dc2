import { InputError } from "../errors";
import { fieldsOf, found } from "../untrusted";
import type { Verdict } from "./alpha";

const quantities = ["ratio", "loss"] as const;
type Quantity = (typeof quantities)[number];

/** The verdicts at which play can pause; it pauses at `diverged` in any case. */
export const stopVerdicts = ["minimum", "behind", "concave", "flat"] as const satisfies Verdict[];

/**
 * The steps at which play pauses: those with a step ratio lr/α* or a minibatch loss above or below a number, or with a verdict.
 * A step without a minimum has no step ratio.
 */
export type StopCondition =
  | { readonly when: Quantity; readonly above: number }
  | { readonly when: Quantity; readonly below: number }
  | { readonly when: "verdict"; readonly is: (typeof stopVerdicts)[number] };

/** The measurements of a step on which a condition depends. */
export interface StepMeasurements {
  readonly verdict: Verdict;
  readonly loss: number;
  readonly lr: number;
  readonly alphaStar: number;
}

const allowed = `{when: "ratio" or "loss", above or below: a number}, {when: "verdict", is: "${stopVerdicts.join('", "')}"}`;

/** The refusal of a value that is no condition: “found X; allowed: Y”; null for a condition. */
export function stopConditionRefusal(input: unknown): string | null {
  return readCondition(input) ? null : `found ${textOf(input)}; allowed: ${allowed}`;
}

/** The condition in an untrusted value. @throws InputError */
export function stopConditionFrom(input: unknown): StopCondition {
  const condition = readCondition(input);
  if (!condition) throw new InputError(`stopWhen: ${stopConditionRefusal(input)}`);
  return condition;
}

function readCondition(input: unknown): StopCondition | null {
  const { when, ...rest } = fieldsOf(input) ?? {};
  const [entry, ...more] = Object.entries(rest);
  if (!entry || more.length > 0) return null;
  const [key, value] = entry;
  if (when === "verdict") {
    const is = stopVerdicts.find((one) => one === value);
    return key === "is" && is ? { when, is } : null;
  }
  const quantity = quantities.find((one) => one === when);
  if (!quantity || typeof value !== "number" || !Number.isFinite(value)) return null;
  if (key === "above") return { when: quantity, above: value };
  return key === "below" ? { when: quantity, below: value } : null;
}

/** The fields of an untrusted object, else the value. */
function textOf(input: unknown): string {
  const fields = fieldsOf(input);
  if (!fields) return found(input);
  const texts = Object.entries(fields).map(([key, value]) => `${found(key).replace(/"/g, "")}: ${found(value)}`);
  return `{${texts.slice(0, 4).join(", ")}}`;
}

/** Whether play pauses at a step with these measurements. */
export function isMet(condition: StopCondition, { verdict, loss, lr, alphaStar }: StepMeasurements): boolean {
  if (condition.when === "verdict") return verdict === condition.is;
  if (condition.when === "ratio" && verdict !== "minimum") return false;
  const value = condition.when === "loss" ? loss : lr / alphaStar;
  return "above" in condition ? value > condition.above : value < condition.below;
}

const subjects: Readonly<Record<Quantity, string>> = { ratio: "lr/α*", loss: "the loss" };

/** “lr/α* is above 2”, “the verdict is behind”: a condition as a clause. */
export function conditionText(condition: StopCondition): string {
  if (condition.when === "verdict") return `the verdict is ${condition.is}`;
  const subject = subjects[condition.when];
  return "above" in condition ? `${subject} is above ${condition.above}` : `${subject} is below ${condition.below}`;
}
