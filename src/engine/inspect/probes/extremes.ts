import { thresholdOf } from "../../../core/history/threshold";
import type { Batch } from "../../engine";
import { type ExtremeEigenvalues, extremeEigenvalues } from "../../linalg/lanczos";
import type { LinearOperator } from "../../linalg/linearOperator";
import { maxLanczosProducts } from "../hessianCache";
import type { ReplayedStep } from "../inspector";
import { preconditioned } from "../preconditioner";
import type { TimeSlices } from "../timeSlices";
import type { EdgeProbe, ExtremesProbe, ProbeRows } from "./probes";
import type { ProbeTools } from "./probeTools";

/** The extreme eigenvalues of H and of P^{−1/2}HP^{−1/2}. */
export async function probeExtremes(tools: ProbeTools, replayed: ReplayedStep, on: ProbeRows): Promise<ExtremesProbe> {
  const { hessian, rows } = tools.hessians.at(replayed, on);
  const { inspection } = replayed;
  return {
    step: inspection.step,
    on,
    rows: rows.count,
    hessian: await extremesOf(hessian, rows, tools.slices),
    preconditioned: await extremesOf(preconditioned(hessian, inspection), rows, tools.slices),
    threshold: thresholdOf(tools.start.recipe.optimiser, inspection.settings, inspection.step),
  };
}

/** The largest eigenvalue of P^{−1/2}HP^{−1/2} alone. */
export async function probeEdge(tools: ProbeTools, replayed: ReplayedStep, on: ProbeRows): Promise<EdgeProbe> {
  const { hessian, rows } = tools.hessians.at(replayed, on);
  const { inspection } = replayed;
  const { largest } = await extremesOf(preconditioned(hessian, inspection), rows, tools.slices);
  return { step: inspection.step, on, rows: rows.count, largest };
}

function extremesOf(operator: LinearOperator, rows: Batch, slices: TimeSlices): Promise<ExtremeEigenvalues> {
  return extremeEigenvalues(operator, {
    maxProducts: Math.min(maxLanczosProducts, operator.size),
    betweenProducts: () => slices.nextIfDue(operator.size * rows.count),
  });
}
