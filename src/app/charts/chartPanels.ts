import type { ComponentType } from "react";
import { metrics } from "../../core/history/metrics";
import { FollowedEdgeChart } from "../../features/probes/EdgeChart";
import { SliceChart, SliceStep } from "../../features/slice/SliceChart";
import { AlphaChart } from "../../features/timecharts/AlphaChart";
import { LossChart } from "../../features/timecharts/LossChart";
import { NormChart } from "../../features/timecharts/NormChart";
import { RatioChart } from "../../features/timecharts/RatioChart";
import { SlopeChart } from "../../features/timecharts/SlopeChart";
import type { PresentedChart } from "../../session/pageView";
import type { Session } from "../../session/session";

interface Panel {
  readonly title: string;
  /** A word or two, for a menu. */
  readonly short: string;
  readonly Chart: ComponentType<{ readonly session: Session }>;
  /** What else stands in the title's line. */
  readonly Aside?: ComponentType<{ readonly session: Session }>;
  /** Its axis is the run's steps. */
  readonly overTime?: true;
  /** What is drawn and what to look for, a sentence each. */
  readonly help: readonly string[];
  /** The phases of slow motion whose numbers are drawn here. */
  readonly phases?: string;
}

/** The one table of charts: the page, presenting mode and its menu read it. */
export const chartPanels: Readonly<Record<PresentedChart, Panel>> = {
  slice: {
    title: "Loss along d",
    short: "along d",
    Chart: SliceChart,
    Aside: SliceStep,
    help: [
      "The true loss at every distance along d, under the parabola that slope and curvature define: look how far they go together.",
      `ρ: ${metrics.reductionRatio.help}`,
    ],
    phases: "curvature alphaStar step",
  },
  alpha: {
    title: "α* at every step",
    short: "α*",
    Chart: AlphaChart,
    overTime: true,
    help: [`α*: ${metrics.alphaStar.help}`, `lr: ${metrics.lr.help}`],
  },
  loss: {
    title: "Loss",
    short: "loss",
    Chart: LossChart,
    overTime: true,
    help: [
      metrics.loss.help,
      "Of real data every fifth row is held out: never trained on, its loss says how well the network does on rows it has not seen.",
    ],
    phases: "batch step",
  },
  norms: {
    title: "‖d‖ per tensor",
    short: "‖d‖",
    Chart: NormChart,
    overTime: true,
    help: [metrics.directionNorm.help],
    phases: "direction",
  },
  slope: {
    title: "Slope and curvature",
    short: "slope, curvature",
    Chart: SlopeChart,
    overTime: true,
    help: [`Slope dᵀg: ${metrics.slope.help}`, `Curvature dᵀHd: ${metrics.curvature.help}`],
    phases: "curvature",
  },
  ratio: {
    title: "Step ratio lr/α*",
    short: "lr/α*",
    Chart: RatioChart,
    help: [
      "The step over the best one: 1 goes to the parabola's minimum, 2 breaks even; look on which side of them the steps lie.",
    ],
  },
  edge: {
    title: "Edge of stability",
    short: "λmax",
    Chart: FollowedEdgeChart,
    overTime: true,
    help: [
      "λmax: the largest eigenvalue of P⁻½HP⁻½, the Hessian of all rows as the optimiser’s division sees it; look how it climbs with all of the data as the batch.",
      "The threshold, for Adam (2 + 2β₁)/((1 − β₁)·lr): beyond it steps along that way swing ever wider (arXiv 2207.14484). It moves with lr and β₁; steps of σ·α* have none.",
      "1/α*, of the step’s batch: d leads along the flat and hardly feels λmax, until at the edge it swings across the steepest way; there lr/α* passes 2.",
      "λmax is measured of this run only: pinned runs and comparedRuns are not drawn here.",
    ],
  },
};
