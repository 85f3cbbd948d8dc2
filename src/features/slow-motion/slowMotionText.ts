import type { Verdict } from "../../core/history/alpha";
import type { History } from "../../core/history/history";
import { parameterName } from "../../core/history/parameters";
import { optimisers } from "../../core/recipe/optimisers";
import { directionText, uphillReason } from "../../core/recipe/optimiserText";
import { type LiveSettings, type Optimiser, type Recipe, settingsAt } from "../../core/recipe/recipe";
import type { Inspection } from "../../engine/inspect/inspector";
import { formatNumber } from "../../kit/text/format";
import type { SlowPhase } from "../../session/slowMotion";

/** What slow motion says of one measured step. */
export interface SlowFacts {
  readonly rows: number;
  readonly batch: number;
  /** The first of the batch's rows, counted from 1; null where the epoch takes them shuffled. */
  readonly firstRow: number | null;
  readonly optimiser: Optimiser;
  readonly settings: LiveSettings;
  readonly verdict: Verdict;
  readonly loss: number;
  readonly lossAfter: number;
  readonly gradNorm: number;
  readonly directionNorm: number;
  readonly cosine: number;
  readonly slope: number;
  readonly curvature: number;
  readonly alphaStar: number;
  readonly stepTaken: number;
  /** One parameter's own numbers, once they are known. */
  readonly parameter: {
    readonly name: string;
    readonly g: number;
    readonly m: number;
    readonly v: number;
    /** The largest v so far; 0 where the optimiser keeps none. */
    readonly vMax: number;
  } | null;
}

/** The facts of a step; null where it is not measured. */
export function slowFacts(
  history: History,
  recipe: Recipe,
  step: number,
  picked: number,
  inspection: Inspection | null,
): SlowFacts | null {
  const verdict = history.verdict(step);
  if (!verdict) return null;
  const value = (metric: Parameters<History["value"]>[0]) => history.value(metric, step);
  const epochBegan = step - value("batchIndex");
  const before = history.values("batch", epochBegan, step - 1).reduce((sum, rows) => sum + rows, 0);
  const known = inspection?.step === step ? inspection : null;
  return {
    rows: recipe.rows,
    batch: value("batch"),
    firstRow: settingsAt(recipe, epochBegan).shuffle ? null : before + 1,
    optimiser: recipe.optimiser,
    settings: settingsAt(recipe, step),
    verdict,
    loss: value("loss"),
    lossAfter: value("lossAfter"),
    gradNorm: value("gradNorm"),
    directionNorm: value("directionNorm"),
    cosine: value("cosine"),
    slope: value("slope"),
    curvature: value("curvature"),
    alphaStar: value("alphaStar"),
    stepTaken: value("stepTaken"),
    parameter: known && {
      name: parameterName(history.tensors, picked),
      g: known.gradient[picked] ?? 0,
      m: known.m[picked] ?? 0,
      v: known.v[picked] ?? 0,
      vMax: known.vMax[picked] ?? 0,
    },
  };
}

/** What each phase is called. */
export const phaseLabels: Readonly<Record<SlowPhase, string>> = {
  batch: "Batch",
  gradient: "Gradient",
  moments: "Moments",
  direction: "Direction",
  curvature: "Curvature",
  alphaStar: "α*",
  step: "Step",
};

/** One phase of a step in a sentence or two, with this step's numbers. */
export function slowCaption(phase: SlowPhase, facts: SlowFacts): string {
  const { rows, batch, firstRow, optimiser, settings, gradNorm, directionNorm, cosine, slope, curvature, parameter } =
    facts;
  switch (phase) {
    case "batch": {
      const which =
        firstRow === null
          ? `${batch} of ${rows} rows, in this epoch’s random order`
          : `rows ${firstRow} to ${firstRow + batch - 1} of ${rows}`;
      return `The batch: ${which}. The loss on it is h(0) = ${formatNumber(facts.loss, 5)}.`;
    }
    case "gradient": {
      const own = parameter ? `; for ${parameter.name} it is ${formatNumber(parameter.g, 3)}` : "";
      return `The gradient g: how this loss changes with each parameter. ‖g‖ = ${formatNumber(gradNorm, 3)}${own}.`;
    }
    case "moments": {
      const { label } = optimisers[optimiser];
      const memories = memoriesOf(optimiser, settings);
      if (memories.length === 0) return `${label} remembers nothing: this gradient alone makes d.`;
      const into = memories.length === 1 ? "its memory" : `its ${memories.length === 2 ? "two" : "three"} memories`;
      if (!parameter) return `${label} takes g into ${into}: ${memories.map(({ rule }) => rule).join(", and ")}.`;
      const now = memories.map(({ name, rule }) => `${rule} is now ${formatNumber(parameter[name], 3)}`);
      return `${label} takes g into ${into}. For ${parameter.name}: ${now.join(", ")}.`;
    }
    case "direction":
      return (
        `The direction ${directionText[optimiser]}, element by element: ‖d‖ = ${formatNumber(directionNorm, 3)}, ` +
        `and its cosine with −g is ${formatNumber(cosine, 2)}.`
      );
    case "curvature":
      return (
        `Along d this batch’s loss has slope dᵀg = ${formatNumber(slope, 3)} and curvature ` +
        `dᵀHd = ${formatNumber(curvature, 3)}: together a parabola.`
      );
    case "alphaStar":
      return starCaption(facts);
    case "step":
      return stepCaption(facts);
  }
}

const number = (x: number): string => String(Number(x.toPrecision(6)));

const nothing = new Float64Array(1);

/** What an optimiser remembers of past gradients, and how it takes this one in. */
function memoriesOf(optimiser: Optimiser, settings: LiveSettings) {
  const { mKeep, mTake, vKeep, vTake } = optimisers[optimiser].update(settings, 1, { c1: 0, c2: 0 });
  const { momentum, adaptive, init } = optimisers[optimiser];
  const mixture = (name: string, keep: number, take: number, taken: string) =>
    `${name} ← ${number(keep)}·${name} + ${take === 1 ? "" : `${number(take)}·`}${taken}`;
  return [
    ...(momentum ? [{ name: "m", rule: mixture("m", mKeep, mTake, "g") } as const] : []),
    ...(adaptive ? [{ name: "v", rule: mixture("v", vKeep, vTake, "g²") } as const] : []),
    ...(init(nothing).vMax.length > 0 ? [{ name: "vMax", rule: "vₘₐₓ ← max(vₘₐₓ, v)" } as const] : []),
  ];
}

function starCaption({ optimiser, verdict, slope, curvature, alphaStar }: SlowFacts): string {
  const star = formatNumber(alphaStar, 3);
  switch (verdict) {
    case "minimum":
      return `The parabola is lowest at α* = −dᵀg / dᵀHd = ${formatNumber(-slope, 3)} / ${formatNumber(curvature, 3)} = ${star}.`;
    case "behind":
      return `Here d points uphill: the parabola is lowest at or behind the start, α* = ${star}: ${uphillReason(optimiser)}`;
    case "concave":
      return "The curvature is negative: this parabola has no minimum, and there is no best step.";
    case "flat":
      return "The curvature is zero within rounding: there is no finite best step.";
    case "diverged":
      return "These numbers are not finite: training has diverged, and there is no best step.";
  }
}

function stepCaption({ optimiser, verdict, stepTaken, alphaStar, loss, lossAfter, settings }: SlowFacts): string {
  if (verdict === "diverged" || !Number.isFinite(lossAfter))
    return "After this step the loss is not finite: training has diverged.";
  const rule = settings.rule === "alphaStar" && verdict === "minimum" ? "σ·α*" : "lr";
  const losses = `this batch’s loss goes from ${formatNumber(loss, 5)} to ${formatNumber(lossAfter, 5)}`;
  const far =
    verdict === "minimum" && rule === "lr"
      ? ` The best step was ${formatNumber(alphaStar / stepTaken, 3)} × as far.`
      : "";
  return `${optimisers[optimiser].label} steps s = ${rule} = ${formatNumber(stepTaken, 3)} along d: ${losses}.${far}`;
}
