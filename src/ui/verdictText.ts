import { formatCount, formatNumber } from "../charts/format";
import type { Verdict } from "../core/alpha";
import type { LiveSettings } from "../core/recipe";

/** A piece of a sentence; a role gives it the colour that stands for it in every chart. */
export interface Piece {
  readonly text: string;
  readonly role?: "lr" | "star";
}

/** What the sentence is about: one measured step. */
export interface StepFacts {
  readonly verdict: Verdict;
  readonly alphaStar: number;
  readonly lr: number;
}

/** A sentence in its two halves, a line each where there is room: so it never wraps at another place. */
export type Halves = readonly [readonly Piece[], readonly Piece[]];

/** The verdict of one step as one sentence. */
export function verdictSentence({ verdict, alphaStar, lr }: StepFacts): Halves {
  switch (verdict) {
    case "minimum":
      return [
        [
          { text: "Best step on this batch: " },
          { text: `α* = ${formatNumber(alphaStar, 2)}`, role: "star" },
          { text: "," },
        ],
        [{ text: `${times(alphaStar / lr)} ` }, { text: "the learning rate", role: "lr" }, { text: "." }],
      ];
    case "behind":
      return [
        [{ text: "d points uphill on this batch:" }],
        [{ text: "momentum outvotes this gradient (" }, { text: "α* ≤ 0", role: "star" }, { text: ")." }],
      ];
    case "concave":
      return [[{ text: "Negative curvature:" }], [{ text: "along d the parabola has no minimum." }]];
    case "flat":
      return [[{ text: "Straight along d:" }], [{ text: "no finite best step." }]];
    case "diverged":
      return [[{ text: "Training has diverged." }], []];
  }
}

function times(ratio: number): string {
  return `${formatNumber(ratio, ratio < 10 || ratio >= 1e4 ? 2 : 3)} ×`;
}

/** Training has diverged: at which step, and what to turn down. */
export function divergedSentence(step: number, settings: LiveSettings): Halves {
  return [[{ text: `Training has diverged at step ${formatCount(step)}.` }], remedy(settings)];
}

function remedy({ rule, sigma, lr, eps }: LiveSettings): readonly Piece[] {
  if (rule === "alphaStar" && sigma > 1) return [{ text: `Turn down σ (now ${formatNumber(sigma, 2)}).` }];
  if (rule === "alphaStar") return [{ text: "Choose the learning rate as the step rule." }];
  const turnDown = { text: `Turn down the learning rate (now ${formatNumber(lr, 2)})`, role: "lr" } as const;
  // Without ε a gradient of zero divides by zero, whatever the learning rate.
  return [turnDown, { text: eps === 0 ? " or raise ε above 0." : "." }];
}

export function textOf(halves: Halves): string {
  return halves.map((pieces) => pieces.map(({ text }) => text).join("")).join(" ");
}
