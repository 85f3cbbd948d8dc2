import { greedyStep } from "../../core/history/alpha";
import { optimisers } from "../../core/recipe/optimisers";
import { directionFormulas, uphillReason } from "../../core/recipe/optimiserText";
import { type LiveSettings, type Optimiser, ruleTexts } from "../../core/recipe/recipe";
import { formatNumber } from "../../kit/text/format";
import type { SlowPhase } from "../../session/slowMotion";
import type { StepFacts } from "./stepFacts";

/** One phase of a step in one to three sentences, with the numbers of the step. */
export function phaseCaption(phase: SlowPhase, facts: StepFacts): string {
  switch (phase) {
    case "batch":
      return batchCaption(facts);
    case "gradient":
      return gradientCaption(facts);
    case "moments":
      return momentsCaption(facts);
    case "direction":
      return (
        `The search direction is ${directionFormulas[facts.optimiser]}, element by element. ` +
        `‖d‖ = ${formatNumber(facts.directionNorm, 3)}. The cosine of d and −g is ${formatNumber(facts.cosine, 2)}.`
      );
    case "curvature":
      return (
        `Along d, the minibatch loss has slope dᵀg = ${formatNumber(facts.slope, 3)} and curvature ` +
        `dᵀHd = ${formatNumber(facts.curvature, 3)}. Both define the quadratic model.`
      );
    case "alphaStar":
      return alphaStarCaption(facts);
    case "step":
      return stepCaption(facts);
  }
}

function batchCaption({ rows, batch, firstRow, loss }: StepFacts): string {
  const which =
    firstRow === null
      ? `${batch} of ${rows} rows, in this epoch’s random order`
      : `rows ${firstRow} to ${firstRow + batch - 1} of ${rows}`;
  return `The minibatch: ${which}. The minibatch loss is h(0) = ${formatNumber(loss, 5)}.`;
}

function gradientCaption({ gradNorm, parameter }: StepFacts): string {
  const own = parameter ? ` For ${parameter.name}: g = ${formatNumber(parameter.g, 3)}.` : "";
  return (
    "The gradient g is the derivative of the minibatch loss with respect to each parameter. " +
    `‖g‖ = ${formatNumber(gradNorm, 3)}.${own}`
  );
}

function momentsCaption({ optimiser, settings, parameter }: StepFacts): string {
  const { label } = optimisers[optimiser];
  const updates = momentUpdates(optimiser, settings);
  if (updates.length === 0) return `${label} keeps no state: d depends on this gradient only.`;
  const estimates = updates.length === 1 ? "moment estimate" : "moment estimates";
  if (!parameter) return `${label} updates its ${estimates}: ${updates.map(({ rule }) => rule).join(", ")}.`;
  const values = updates.map(({ name, rule }) => `${rule} = ${formatNumber(parameter[name], 3)}`);
  return `${label} updates its ${estimates}. For ${parameter.name}: ${values.join(", ")}.`;
}

const coefficient = (x: number): string => String(Number(x.toPrecision(6)));

const oneParameter = new Float64Array(1);

/** The moment estimates of an optimiser, each with its update rule under these settings. */
function momentUpdates(optimiser: Optimiser, settings: LiveSettings) {
  const { mKeep, mTake, vKeep, vTake } = optimisers[optimiser].update(settings, 1, { c1: 0, c2: 0 });
  const { momentum, adaptive, init } = optimisers[optimiser];
  const average = (name: string, keep: number, take: number, term: string) =>
    `${name} ← ${coefficient(keep)}·${name} + ${take === 1 ? "" : `${coefficient(take)}·`}${term}`;
  return [
    ...(momentum ? [{ name: "m", rule: average("m", mKeep, mTake, "g") } as const] : []),
    ...(adaptive ? [{ name: "v", rule: average("v", vKeep, vTake, "g²") } as const] : []),
    ...(init(oneParameter).vMax.length > 0 ? [{ name: "vMax", rule: "vₘₐₓ ← max(vₘₐₓ, v)" } as const] : []),
  ];
}

function alphaStarCaption({ optimiser, verdict, slope, curvature, alphaStar }: StepFacts): string {
  const value = formatNumber(alphaStar, 3);
  switch (verdict) {
    case "minimum":
      return `The minimum of the quadratic model is at α* = −dᵀg / dᵀHd = ${formatNumber(-slope, 3)} / ${formatNumber(curvature, 3)} = ${value}.`;
    case "behind":
      return `d does not lead downhill: the minimum of the quadratic model is at α* = ${value}. Reason: ${uphillReason(optimiser)}`;
    case "concave":
      return "The curvature is negative: the quadratic model has no minimum, so there is no best step.";
    case "flat":
      return "The curvature is zero to within rounding error: there is no finite best step.";
    case "diverged":
      return "Loss, slope or curvature is not finite: training has diverged, and there is no best step.";
  }
}

function stepCaption(facts: StepFacts): string {
  const { optimiser, verdict, stepTaken, alphaStar, loss, lossAfter, settings, slope, curvature, gaussNewton } = facts;
  if (verdict === "diverged" || !Number.isFinite(lossAfter))
    return "After this step the loss is not finite: training has diverged.";
  const greedy = greedyStep(settings, verdict, slope, curvature, gaussNewton) !== null;
  const rule = ruleTexts[greedy ? settings.rule : "lr"];
  const losses = `The minibatch loss changes from ${formatNumber(loss, 5)} to ${formatNumber(lossAfter, 5)}.`;
  const best =
    verdict === "minimum" && rule === "lr" && stepTaken !== 0
      ? ` The best step was ${formatNumber(alphaStar / stepTaken, 3)} times the step taken.`
      : "";
  return `${optimisers[optimiser].label} takes the step s = ${rule} = ${formatNumber(stepTaken, 3)} along d. ${losses}${best}`;
}
