import { optimisers } from "./optimisers";
import type { Optimiser, Settings } from "./recipe";

/** The search direction of each optimiser, as one line of plain text. */
export const directionFormulas: Readonly<Record<Optimiser, string>> = {
  adam: "d = −m̂ / (√v̂ + ε)",
  sgd: "d = −g",
  momentum: "d = −m",
  rmsprop: "d = −g / (√v + ε)",
  adamw: "d = −m̂ / (√v̂ + ε) − λθ",
  amsgrad: "d = −m̂ / (√v̂ₘₐₓ + ε)",
  nadam: "d = −m̂ / (√v̂ + ε), with g added to m̂ again",
  lion: "d = −sign(β₁m₀ + (1 − β₁)g) − λθ, with m₀ the m before its update",
};

/** The preconditioner P of each optimiser, and the stability threshold: the largest stable eigenvalue of P⁻½HP⁻½; null where none is known. */
export const edgeFormulas: Readonly<Record<Optimiser, { readonly p: string; readonly threshold: string | null }>> = {
  adam: { p: "P = (1 − β₁ᵗ)(√v̂ + ε)", threshold: "(2 + 2β₁)/((1 − β₁)·lr)" },
  sgd: { p: "P = 1", threshold: "2/lr" },
  momentum: { p: "P = 1", threshold: "(2 + 2β₁)/lr" },
  rmsprop: { p: "P = √v + ε", threshold: "2/lr" },
  adamw: { p: "P = (1 − β₁ᵗ)(√v̂ + ε)", threshold: "(1 + β₁)(2 − lr·λ)/((1 − β₁)·lr)" },
  amsgrad: { p: "P = (1 − β₁ᵗ)(√v̂ₘₐₓ + ε)", threshold: "(2 + 2β₁)/((1 − β₁)·lr)" },
  nadam: { p: "P = (1 − Πμ)(√v̂ + ε)", threshold: "(2 + 2β₁)/((1 + β₁ − 2μβ₁)·lr)" },
  lion: { p: "P = 1", threshold: null },
};

export const noThreshold = "No stability threshold is known for steps along a sign.";

/** Labels and help texts of settings whose meaning differs from that of Adam's. */
export const ownTexts: Partial<
  Record<Optimiser, Partial<Record<keyof Settings, { readonly label: string; readonly help: string }>>>
> = {
  lion: {
    beta1: { label: "Share of momentum", help: "Share of m in the sum whose sign is d; the rest is g." },
    beta2: { label: "Momentum", help: "Decay rate of m; near 1, m includes more past gradients." },
  },
};

/** The cause of dᵀg ≥ 0: momentum or weight decay; without either, only a gradient of zero. A clause that ends in a full stop. */
export function uphillReason(optimiser: Optimiser): string {
  const { momentum, reads } = optimisers[optimiser];
  if (reads.includes("weightDecay")) return "momentum or weight decay dominates this gradient.";
  return momentum ? "momentum dominates this gradient." : "this gradient is zero.";
}
