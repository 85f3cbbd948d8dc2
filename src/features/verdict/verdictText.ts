import type { Verdict } from "../../core/history/alpha";
import { optimisers } from "../../core/recipe/optimisers";
import { uphillReason } from "../../core/recipe/optimiserText";
import { type LiveSettings, type Optimiser, ruleTexts } from "../../core/recipe/recipe";
import { formatCount, formatNumber, formatRatio, formatStep } from "../../kit/text/format";
import type { BestStep, MarkedStep } from "./ruler/RulerMarks";

/** A part of a line; a role gives it the colour of that quantity in the charts. */
interface Piece {
  readonly text: string;
  readonly role?: "lr" | "star";
}

/** A sentence in one line or two. A narrow box has no fixed lines. */
export type Lines = readonly (readonly Piece[])[];

/**
 * The verdict on one step of an optimiser: for its minibatch, and for the next minibatch where that has judged the step.
 * @param name the name of the optimiser; a recorded run may have one that the page has not
 */
export function verdictSentence(step: MarkedStep, optimiser: Optimiser, name = optimisers[optimiser].label): Lines {
  const { verdict, alphaStar, taken, rule, next } = step;
  const nextLine = next ? [nextSentence(next)] : [];
  switch (verdict) {
    case "minimum": {
      const rest = next ? [{ text: "; " }, ...nextClause(next)] : [stop];
      const own = [
        { text: `${name} stepped ` },
        { text: formatStep(taken), ...(rule === "lr" && ({ role: "lr" } as const)) },
        { text: ". The best step for this batch was " },
        starOf(step),
      ];
      // A schedule may end at lr = 0.
      if (taken === 0) return next ? [[...own, { text: ";" }], nextClause(next)] : [[...own, stop]];
      return [
        [...own, { text: "," }],
        [{ text: comparedLength(alphaStar / taken) }, ...rest],
      ];
    }
    case "behind":
      return [
        [{ text: "d points uphill on this batch: the model’s minimum is at " }, { text: "α* ≤ 0", role: "star" }, stop],
        ...nextLine,
      ];
    case "concave":
      return [[{ text: "Negative curvature on this batch: the quadratic model has no minimum." }], ...nextLine];
    case "flat":
      return [[{ text: "Zero curvature along d on this batch: there is no best step." }], ...nextLine];
    case "diverged":
      return [[{ text: "Training has diverged." }]];
  }
}

const stop = { text: "." };

/** The best step of the next minibatch after “The best step for this batch was 0.35;”. */
const nextClause = (next: BestStep): readonly Piece[] =>
  next.verdict === "minimum"
    ? [{ text: "for the next batch " }, starOf(next), stop]
    : [{ text: withoutBest[next.verdict] }];

/** The same as a sentence of its own. */
const nextSentence = (next: BestStep): readonly Piece[] =>
  next.verdict === "minimum"
    ? [{ text: "The best step for the next batch was " }, starOf(next), stop]
    : [{ text: withoutBest[next.verdict].replace(/^the/, "The") }];

const withoutBest: Readonly<Record<Exclude<Verdict, "minimum">, string>> = {
  behind: "d points uphill on the next batch.",
  concave: "the next batch has negative curvature.",
  flat: "the next batch has zero curvature.",
  diverged: "the next batch has no finite model.",
};

const starOf = ({ alphaStar }: BestStep): Piece => ({ text: formatNumber(alphaStar, 2), role: "star" });

/** “350 times longer”, “2.3 times shorter”, “the same length”: the best step over the step taken, to two digits. */
function comparedLength(ratio: number): string {
  const [longer, shorter] = [formatRatio(ratio), formatRatio(1 / ratio)];
  if (longer === "1.0" || shorter === "1.0") return "the same length";
  return ratio > 1 ? `${longer} times longer` : `${shorter} times shorter`;
}

/** The reason of the verdict, or the direction and the standard error of the best step, for the line below the sentence. */
export function verdictReason(
  { verdict, error, rule }: MarkedStep,
  optimiser: Optimiser,
  name = optimisers[optimiser].label,
): string {
  switch (verdict) {
    case "minimum": {
      const spread = Number.isFinite(error) ? `, α* ± ${formatNumber(error, 2)}` : "";
      return `along ${name}’s direction d${spread}${rule === "lr" ? "" : `; the step size was ${ruleTexts[rule]}`}.`;
    }
    case "behind":
      return name === optimisers[optimiser].label ? uphillReason(optimiser) : "dᵀg is not negative.";
    case "concave":
      return "dᵀHd < 0, so α* is a maximum of the quadratic model.";
    case "flat":
      return "dᵀHd is zero to within rounding error.";
    case "diverged":
      return "loss, slope or curvature is not finite.";
  }
}

/** The step at which training diverged, and the setting to change. */
export function divergedSentence(step: number, settings: LiveSettings, optimiser: Optimiser): Lines {
  return [[{ text: `Training diverged at step ${formatCount(step)}. ` }, ...remedy(settings, optimiser)]];
}

function remedy({ rule, sigma, lr, eps }: LiveSettings, optimiser: Optimiser): readonly Piece[] {
  if (rule !== "lr" && sigma > 1) return [{ text: `Lower σ (now ${formatNumber(sigma, 2)}).` }];
  if (rule !== "lr") return [{ text: "Choose lr as the step rule." }];
  const lowerRate = { text: `Lower lr (now ${formatStep(lr)})`, role: "lr" } as const;
  // Without ε a gradient of zero gives 0/0 at any learning rate.
  const divides = eps === 0 && optimisers[optimiser].reads.includes("eps");
  return [lowerRate, { text: divides ? " or raise ε." : "." }];
}

export function textOf(lines: Lines): string {
  return lines
    .map((pieces) => pieces.map(({ text }) => text).join(""))
    .join(" ")
    .trim();
}
