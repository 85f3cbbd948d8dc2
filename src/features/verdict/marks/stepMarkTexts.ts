import type { StepMarkName } from "../../../core/history/stepMarks";

/** Title, definition and source of each step size. */
export const stepMarkTexts: Readonly<Record<StepMarkName, { readonly title: string; readonly help: string }>> = {
  breakEven: {
    title: "Break-even step",
    help: "The first α > 0 with h(α) = h(0), by a bracketed root of this batch’s loss. The quadratic model’s break-even step is 2α*.",
  },
  armijo: {
    title: "Armijo interval",
    help: "The steps before the first α with h(α) > h(0) + c·α·dᵀg, where c = 1e−4 (Armijo, 1966).",
  },
  polyak: {
    title: "Stochastic Polyak step",
    help: "(h(0) − f*)/(−dᵀg) with f* = 0: the zero of the tangent. The step is too long where this batch’s least loss f* is above 0 (arXiv 2002.10542).",
  },
  pal: {
    title: "PAL’s α*",
    help: "The minimum of the parabola through h(0), with slope dᵀg, and h(s) after the step s: −dᵀg·s²/(2(h(s) − h(0) − s·dᵀg)). PAL needs no Hessian product (arXiv 1903.11991).",
  },
};
