import type { StopCondition } from "../../core/history/stopCondition";
import { stopVerdicts } from "../../core/history/stopConditionText";

type StopVerdict = (typeof stopVerdicts)[number];

/** The first step that meets a condition: where the run pauses. */
export type UntilTarget = "ratioAbove" | "ratioBelow" | "lossBelow" | "lossAbove" | StopVerdict;

export const targetLabels: Readonly<Record<UntilTarget, string>> = {
  ratioAbove: "until lr/α* >",
  ratioBelow: "until lr/α* <",
  lossBelow: "until loss <",
  lossAbove: "until loss >",
  minimum: "until minimum",
  behind: "until uphill",
  concave: "until concave",
  flat: "until flat",
};
export const targets = Object.keys(targetLabels) as readonly UntilTarget[];

/** The name of the number field; null where the target has no number. */
export function fieldNameOf(target: UntilTarget): string | null {
  if (isVerdict(target)) return null;
  return target.startsWith("ratio") ? "Step ratio at which the run pauses" : "Loss at which the run pauses";
}

export function conditionOf(target: UntilTarget, value: number): StopCondition {
  switch (target) {
    case "ratioAbove":
      return { when: "ratio", above: value };
    case "ratioBelow":
      return { when: "ratio", below: value };
    case "lossAbove":
      return { when: "loss", above: value };
    case "lossBelow":
      return { when: "loss", below: value };
    default:
      return { when: "verdict", is: target };
  }
}

/** “until lr/α* > 2”, “until uphill”: a condition in the words of the choice. */
export function untilText(condition: StopCondition): string {
  if (condition.when === "verdict") return targetLabels[condition.is];
  const above = "above" in condition;
  return `${targetLabels[`${condition.when}${above ? "Above" : "Below"}`]} ${above ? condition.above : condition.below}`;
}

const isVerdict = (target: UntilTarget): target is StopVerdict => (stopVerdicts as readonly string[]).includes(target);
