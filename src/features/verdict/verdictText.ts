import { optimisers } from "../../core/recipe/optimisers";
import { uphillReason } from "../../core/recipe/optimiserText";
import type { LiveSettings, Optimiser } from "../../core/recipe/recipe";
import { formatCount, formatNumber, formatRatio, formatStep } from "../../kit/text/format";
import type { MarkedStep } from "./ruler/RulerMarks";

/** A part of a sentence; a role gives it the colour of that quantity in the charts. */
interface Piece {
  readonly text: string;
  readonly role?: "lr" | "star";
}

/** A sentence in two halves. In a narrow box each half has a line of its own. */
export type Halves = readonly [readonly Piece[], readonly Piece[]];

/** The verdict on one step of an optimiser. */
export function verdictSentence({ verdict, alphaStar, taken, greedy }: MarkedStep, optimiser: Optimiser): Halves {
  switch (verdict) {
    case "minimum":
      return [
        [
          { text: `${optimisers[optimiser].label} stepped ` },
          greedy ? { text: formatStep(taken) } : { text: formatStep(taken), role: "lr" },
          stop,
        ],
        [
          { text: "The best step was " },
          { text: formatNumber(alphaStar, 2), role: "star" },
          // A schedule may end at lr = 0.
          { text: taken === 0 ? "." : `, ${comparedLength(alphaStar / taken)}.` },
        ],
      ];
    case "behind":
      return [
        [{ text: "d points uphill on this batch:" }],
        [{ text: "the model’s minimum is at " }, { text: "α* ≤ 0", role: "star" }, stop],
      ];
    case "concave":
      return [[{ text: "Negative curvature:" }], [{ text: "the quadratic model has no minimum." }]];
    case "flat":
      return [[{ text: "Zero curvature along d:" }], [{ text: "there is no best step." }]];
    case "diverged":
      return [[{ text: "Training has diverged." }], []];
  }
}

const stop = { text: "." };

/** “350 times longer”, “2.3 times shorter”, “the same length”: the best step over the step taken, to two digits. */
function comparedLength(ratio: number): string {
  const [longer, shorter] = [formatRatio(ratio), formatRatio(1 / ratio)];
  if (longer === "1.0" || shorter === "1.0") return "the same length";
  return ratio > 1 ? `${longer} times longer` : `${shorter} times shorter`;
}

/** The reason of the verdict, or the direction of the best step, for the line below the sentence. */
export function verdictReason({ verdict, greedy }: MarkedStep, optimiser: Optimiser): string {
  switch (verdict) {
    case "minimum":
      return `measured along ${optimisers[optimiser].label}’s direction d${greedy ? "; the step size was σ·α*" : ""}.`;
    case "behind":
      return uphillReason(optimiser);
    case "concave":
      return "dᵀHd < 0, so α* is a maximum of the quadratic model.";
    case "flat":
      return "dᵀHd is zero to within rounding error.";
    case "diverged":
      return "loss, slope or curvature is not finite.";
  }
}

/** The step at which training diverged, and the setting to change. */
export function divergedSentence(step: number, settings: LiveSettings, optimiser: Optimiser): Halves {
  return [[{ text: `Training diverged at step ${formatCount(step)}.` }], remedy(settings, optimiser)];
}

function remedy({ rule, sigma, lr, eps }: LiveSettings, optimiser: Optimiser): readonly Piece[] {
  if (rule === "alphaStar" && sigma > 1) return [{ text: `Lower σ (now ${formatNumber(sigma, 2)}).` }];
  if (rule === "alphaStar") return [{ text: "Choose lr as the step rule." }];
  const lowerRate = { text: `Lower lr (now ${formatStep(lr)})`, role: "lr" } as const;
  // Without ε a gradient of zero gives 0/0 at any learning rate.
  const divides = eps === 0 && optimisers[optimiser].reads.includes("eps");
  return [lowerRate, { text: divides ? " or raise ε." : "." }];
}

export function textOf(halves: Halves): string {
  return halves
    .map((pieces) => pieces.map(({ text }) => text).join(""))
    .join(" ")
    .trim();
}
