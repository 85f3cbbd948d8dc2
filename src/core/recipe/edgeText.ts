import type { Optimiser } from "./recipe";

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
