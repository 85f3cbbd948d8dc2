/* Reading and naming conditions; not part of the first load. */
import { InputError } from "../errors";
import { fieldsOf, found } from "../untrusted";
import type { StopCondition, StopQuantity } from "./stopCondition";

const quantities = ["ratio", "loss"] as const satisfies StopQuantity[];

/** The verdicts at which play can pause. */
export const stopVerdicts = ["minimum", "behind", "concave", "flat"] as const;

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

const subjects: Readonly<Record<StopQuantity, string>> = { ratio: "lr/α*", loss: "the loss" };

/** “lr/α* is above 2”, “the verdict is behind”: a condition as a clause. */
export function conditionText(condition: StopCondition): string {
  if (condition.when === "verdict") return `the verdict is ${condition.is}`;
  const subject = subjects[condition.when];
  return "above" in condition ? `${subject} is above ${condition.above}` : `${subject} is below ${condition.below}`;
}
