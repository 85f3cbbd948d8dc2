import type { ComponentType } from "react";
import { metrics } from "../../core/history/metrics";
import { FitChart, FitStep } from "../../features/fit/lateFit";
import { FollowedEdgeChart } from "../../features/probes/EdgeChart";
import { SliceChart, SliceStep } from "../../features/slice/SliceChart";
import { AlphaChart } from "../../features/timecharts/AlphaChart";
import { LossChart } from "../../features/timecharts/LossChart";
import { NoiseChart } from "../../features/timecharts/NoiseChart";
import { noiseHelp } from "../../features/timecharts/NoiseProbe";
import { NormChart } from "../../features/timecharts/NormChart";
import { RatioChart } from "../../features/timecharts/RatioChart";
import { SlopeChart } from "../../features/timecharts/SlopeChart";
import type { Session } from "../../session/session";
import type { PresentedChart } from "../../session/view/pageView";

interface Panel {
  readonly title: string;
  /** Name in menus, one or two words. */
  readonly short: string;
  readonly Chart: ComponentType<{ readonly session: Session }>;
  /** Shown at the end of the title line. */
  readonly Aside?: ComponentType<{ readonly session: Session }>;
  /** True where the horizontal axis is the run's steps. */
  readonly overTime?: true;
  /** The plotted quantities and how to read them, one paragraph each. */
  readonly help: readonly string[];
  /** The phases of slow motion that highlight this chart. */
  readonly phases?: string;
  /** Where the chart needs the network: its state for a recorded run, which has none. */
  readonly missing?: string;
  /** Requests the answers that the chart draws, while it is in sight. @returns ends it */
  readonly use?: (session: Session) => () => void;
}

const bandsHelp =
  "Steps narrower than 2.5 pixels are drawn as the median, the middle half and 10–90% of neighbouring steps. Faint points are the least and greatest values; a tick at an edge is a value beyond the axis.";

/** The one table of charts, for the page, the presentation mode, the embedded page and their menus. */
export const chartPanels: Readonly<Record<PresentedChart, Panel>> = {
  slice: {
    title: "Loss along d",
    short: "along d",
    Chart: SliceChart,
    Aside: SliceStep,
    help: [
      "The minibatch loss along d, and its quadratic model from slope and curvature. Compare where the two curves separate.",
      "The loss of the next minibatch along the same d: its rows did not contribute to g. A hollow mark shows its α*.",
      "With negative curvature the Gauss–Newton model is drawn too: its curvature dᵀGd is never negative.",
      `ρ: ${metrics.reductionRatio.help}`,
    ],
    phases: "curvature alphaStar step",
    missing: "the loss along d cannot be computed",
    use: ({ inspection }) => inspection.getState().use("slice"),
  },
  alpha: {
    title: "α* at every step",
    short: "α*",
    Chart: AlphaChart,
    overTime: true,
    help: [
      `α*: ${metrics.alphaStar.help}`,
      `Next batch: ${metrics.nextAlphaStar.help}`,
      `lr: ${metrics.lr.help}`,
      bandsHelp,
    ],
  },
  loss: {
    title: "Loss",
    short: "loss",
    Chart: LossChart,
    overTime: true,
    help: [
      metrics.loss.help,
      bandsHelp,
      "Real data: a random fifth of the rows is held out from training. The held-out loss measures how well the network generalises.",
    ],
    phases: "batch step",
    use: ({ evaluation }) => evaluation.getState().use(),
  },
  norms: {
    title: "‖d‖ per tensor",
    short: "‖d‖",
    Chart: NormChart,
    overTime: true,
    help: [metrics.directionNorm.help, bandsHelp],
    phases: "direction",
  },
  slope: {
    title: "Slope and curvature",
    short: "slope",
    Chart: SlopeChart,
    overTime: true,
    help: [
      `Slope dᵀg: ${metrics.slope.help}`,
      `Curvature dᵀHd: ${metrics.curvature.help}`,
      `dᵀGd, the median: ${metrics.gaussNewton.help}`,
      bandsHelp,
    ],
    phases: "curvature",
  },
  ratio: {
    title: "Step ratio lr/α*",
    short: "lr/α*",
    Chart: RatioChart,
    help: [
      "The step size divided by the best step. Below 1, the step ends before the minimum of the quadratic model. Between 1 and 2, the step ends beyond the minimum, and the predicted loss is still lower. Above 2, the model predicts an increase.",
    ],
  },
  edge: {
    title: "Edge of stability",
    short: "λmax",
    Chart: FollowedEdgeChart,
    overTime: true,
    help: [
      "λmax: the largest eigenvalue of P⁻½HP⁻½, the Hessian of the loss on all rows, preconditioned as the optimiser scales d. λmax tends to rise when each minibatch contains all rows.",
      "Stability threshold, for Adam (2 + 2β₁)/((1 − β₁)·lr): for λmax above the threshold, steps along the top eigenvector oscillate with growing amplitude (arXiv 2207.14484). The threshold depends on lr and β₁; the σ·α* rule has none.",
      "1/α*, for the minibatch of the step: d is mostly in directions of low curvature, so 1/α* is far below λmax. At the edge, d oscillates along the top eigenvector and lr/α* exceeds 2.",
      "Batch sharpness, for SGD: the mean of 1/α* over the last 100 steps. It tends to rise to 2/lr, with λmax below it for small minibatches (arXiv 2412.20553).",
      "λmax is measured for this run only; the chart does not show compared runs.",
    ],
    missing: "λmax cannot be computed",
    use: ({ probes }) => probes.getState().followEdge(),
  },
  fit: {
    title: "Fit",
    short: "fit",
    Chart: FitChart,
    Aside: FitStep,
    help: [
      "The network as a function of one or two inputs; for other data predictions against targets or classes.",
      "Trial α: the function at θ + αd. The slider and the pointer on slice or ruler set α.",
    ],
    phases: "step",
    missing: "its function cannot be drawn",
    use: ({ fit }) => fit.getState().use(),
  },
  noise: {
    title: "Gradient noise scale",
    short: "noise",
    Chart: NoiseChart,
    overTime: true,
    help: noiseHelp,
  },
};
