import { optimisers } from "../../core/recipe/optimisers";
import { uphillReason } from "../../core/recipe/optimiserText";
import type { LiveSettings, Optimiser } from "../../core/recipe/recipe";
import { formatCount, formatNumber, formatRatio, formatStep } from "../../kit/text/format";
import type { MarkedStep } from "./RulerMarks";

/** A piece of a sentence; a role gives it the colour that stands for it in every chart. */
export interface Piece {
  readonly text: string;
  readonly role?: "lr" | "star";
}

/** A sentence in its two halves, a line each where there is no room for one: so it never wraps at another place. */
export type Halves = readonly [readonly Piece[], readonly Piece[]];

/** The verdict of one step of an optimiser as one sentence. */
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
          { text: `, ${formatRatio(alphaStar / taken)} × as far.` },
        ],
      ];
    case "behind":
      return [
        [{ text: "d points uphill on this batch:" }],
        [{ text: "its best step is behind (" }, { text: "α* ≤ 0", role: "star" }, { text: ")." }],
      ];
    case "concave":
      return [[{ text: "Negative curvature:" }], [{ text: "along d the parabola has no minimum." }]];
    case "flat":
      return [[{ text: "Straight along d:" }], [{ text: "no finite best step." }]];
    case "diverged":
      return [[{ text: "Training has diverged." }], []];
  }
}

const stop = { text: "." };

/** Why a step came out as it did, in a line below the sentence. */
export function verdictReason({ verdict, greedy }: MarkedStep, optimiser: Optimiser): string {
  switch (verdict) {
    case "minimum":
      return `along ${optimisers[optimiser].label}’s direction d${greedy ? "; its length was set to σ·α*" : ""}.`;
    case "behind":
      return uphillReason(optimiser);
    case "concave":
      return "the slope steepens along d; α* would be a maximum.";
    case "flat":
      return "the loss along d does not bend at all.";
    case "diverged":
      return "loss, slope or curvature is not finite.";
  }
}

/** Training has diverged: at which step, and what to turn down. */
export function divergedSentence(step: number, settings: LiveSettings, optimiser: Optimiser): Halves {
  return [[{ text: `Diverged at step ${formatCount(step)}.` }], remedy(settings, optimiser)];
}

function remedy({ rule, sigma, lr, eps }: LiveSettings, optimiser: Optimiser): readonly Piece[] {
  if (rule === "alphaStar" && sigma > 1) return [{ text: `Turn down σ (now ${formatNumber(sigma, 2)}).` }];
  if (rule === "alphaStar") return [{ text: "Choose lr as the step rule." }];
  const turnDown = { text: `Turn down lr (now ${formatStep(lr)})`, role: "lr" } as const;
  // Without ε a gradient of zero divides by zero, whatever the learning rate.
  const divides = eps === 0 && optimisers[optimiser].reads.includes("eps");
  return [turnDown, { text: divides ? " or raise ε." : "." }];
}

export function textOf(halves: Halves): string {
  return halves
    .map((pieces) => pieces.map(({ text }) => text).join(""))
    .join(" ")
    .trim();
}
