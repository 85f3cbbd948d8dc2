import { limits } from "../limits";
import { controls } from "../recipe/controls";
import type { Recipe, Settings } from "../recipe/recipe";
import { foldEdits } from "../recipe/withEdit";

/** The settings of which a sweep may vary one besides the learning rate. */
export const secondKeys = ["batchSize", "beta1", "optimiser", "sigma"] as const satisfies readonly (keyof Settings)[];
export type SecondKey = (typeof secondKeys)[number];
export type SecondValue = Settings[SecondKey];

/** A grid of runs: learning rates × values of another setting × seeds, of equal length. */
export interface Sweep {
  /** `count` learning rates with equal ratios, ends included; one where `from` is `to`. */
  readonly rates: { readonly from: number; readonly to: number; readonly count: number };
  readonly second: { readonly key: SecondKey; readonly values: readonly SecondValue[] } | null;
  /** The number of seeds, from that of the recipe on. */
  readonly seeds: number;
  /** Steps of each run. */
  readonly steps: number;
}

export const defaultSweep: Sweep = { rates: { from: 1e-4, to: 1, count: 9 }, second: null, seeds: 3, steps: 500 };

export const sweepBounds = { rates: 50, values: 12, seeds: 100, steps: 100_000, runs: 1000 } as const;

/** One run of a sweep. */
export interface SweepPoint {
  readonly lr: number;
  /** null where the sweep varies the learning rate alone. */
  readonly value: SecondValue | null;
  readonly seed: number;
  /** Complete, without edits. */
  readonly recipe: Recipe;
}

/** The learning rates of a sweep, ascending. Those between the ends have three digits, the same in every browser. */
function ratesIn({ rates: { from, to, count } }: Sweep): number[] {
  const rates = Array.from({ length: count }, (_, i) => {
    if (i === 0) return from;
    return i === count - 1 ? to : Number((from * (to / from) ** (i / (count - 1))).toPrecision(3));
  });
  return [...new Set(rates)];
}

/**
 * The runs of a sweep, by value, then by learning rate, then by seed. All other settings are those of the recipe after its last
 * edit. A sweep of σ has steps of σ·α*.
 */
export function pointsOf(sweep: Sweep, recipe: Recipe): SweepPoint[] {
  const { second, seeds } = sweep;
  const folded = foldEdits(recipe, limits.steps);
  const base: Recipe = second?.key === "sigma" && folded.rule === "lr" ? { ...folded, rule: "alphaStar" } : folded;
  return (second?.values ?? [null]).flatMap((value) =>
    ratesIn(sweep).flatMap((lr) =>
      Array.from({ length: seeds }, (_, i): SweepPoint => {
        const seed = (recipe.seed + i) % (controls.seed.max + 1);
        const own = second && value !== null ? { [second.key]: value } : {};
        return { lr, value, seed, recipe: { ...base, ...own, lr, seed } };
      }),
    ),
  );
}
