import { thresholdOf } from "../../../core/history/threshold";
import { symmetricEigen } from "../../linalg/eigen";
import { denseMatrixOf } from "../../linalg/linearOperator";
import { newtonDirection } from "../../linalg/newton";
import { cosine, norm } from "../../linalg/vectors";
import type { ReplayedStep } from "../inspector";
import { inverseRootOfPreconditioner } from "../preconditioner";
import { maxSpectrumSize, type ProbeRows, type SpectrumProbe } from "./probes";
import type { ProbeTools } from "./probeTools";

/**
 * All eigenvalues of the dense H and of P^{−1/2}HP^{−1/2}, and the quadratic model along Newton's direction −H⁺g.
 * @returns null where the network has more than `maxSpectrumSize` parameters
 */
export async function probeSpectrum(
  { start, loss, hessians, slices }: ProbeTools,
  replayed: ReplayedStep,
  on: ProbeRows,
): Promise<SpectrumProbe | null> {
  const { inspection } = replayed;
  const { step, theta, settings, direction } = inspection;
  if (theta.length > maxSpectrumSize) return null;
  const { hessian, rows } = hessians.at(replayed, on);
  const dense = await denseMatrixOf(hessian, () => slices.nextIfDue(hessian.size * rows.count));
  const eigen = symmetricEigen(dense);
  await slices.nextIfDue();
  const root = inverseRootOfPreconditioner(inspection);
  const preconditioned = symmetricEigen(dense.map((row, i) => row.map((entry, j) => entry * root[i]! * root[j]!)));
  await slices.nextIfDue();

  const p = newtonDirection(eigen, hessian.gradient);
  const onAllRows = on === "batch" || rows.count === start.problem.rows;
  const [model] = onAllRows ? await loss.quadraticModels(theta, [p], rows) : [];
  return {
    step,
    on,
    rows: rows.count,
    hessian: eigen.values,
    preconditioned: preconditioned.values,
    threshold: thresholdOf(start.recipe.optimiser, settings, step),
    newton: model ? { name: "newton", norm: norm(p), cosine: cosine(p, direction), ...model } : null,
  };
}
