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
