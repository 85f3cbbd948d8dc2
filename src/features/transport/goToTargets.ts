import { type StopCondition, stopVerdicts } from "../../core/history/stopCondition";

type StopVerdict = (typeof stopVerdicts)[number];

/** Where the run pauses: at the end of an epoch, at a step, or at the first step that meets a condition. */
export type GoToTarget = "epoch" | "step" | "ratioAbove" | "ratioBelow" | "lossBelow" | "lossAbove" | StopVerdict;

export const targetLabels: Readonly<Record<GoToTarget, string>> = {
  epoch: "to epoch",
  step: "to step",
  ratioAbove: "until lr/α* >",
  ratioBelow: "until lr/α* <",
  lossBelow: "until loss <",
  lossAbove: "until loss >",
  minimum: "until minimum",
  behind: "until uphill",
  concave: "until concave",
  flat: "until flat",
};
export const targets = Object.keys(targetLabels) as readonly GoToTarget[];

/** The names of the number field; null where the target has no number. */
export function fieldNameOf(target: GoToTarget): string | null {
  if (target === "epoch") return "Epoch to go to";
  if (target === "step") return "Step to go to";
  if (isVerdict(target)) return null;
  return target.startsWith("ratio") ? "Step ratio at which the run pauses" : "Loss at which the run pauses";
}

/** The condition of a target; null for an epoch and a step. */
export function conditionOf(target: GoToTarget, value: number): StopCondition | null {
  switch (target) {
    case "epoch":
    case "step":
      return null;
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

const isVerdict = (target: GoToTarget): target is StopVerdict => (stopVerdicts as readonly string[]).includes(target);
