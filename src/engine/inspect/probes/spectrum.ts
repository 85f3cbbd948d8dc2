import { thresholdOf } from "../../../core/history/threshold";
import { eigenAxes, ritzAxes } from "../../linalg/axes";
import { symmetricEigen } from "../../linalg/eigen";
import { denseMatrixOf } from "../../linalg/linearOperator";
import { newtonDirection } from "../../linalg/newton";
import { cosine, norm } from "../../linalg/vectors";
import { maxLanczosProducts } from "../hessianCache";
import type { ReplayedStep } from "../inspector";
import { inverseRootOfPreconditioner, preconditioned } from "../preconditioner";
import { maxSpectrumSize, type ProbeRows, type SpectrumProbe } from "./probes";
import type { ProbeTools } from "./probeTools";

/** The most numbers of a basis of Ritz vectors, 64 MB. */
const maxBasis = 2 ** 23;

/**
 * d in the eigenvectors of the dense H and of P^{−1/2}HP^{−1/2}, and the quadratic model along Newton's direction −H⁺g; above
 * `maxSpectrumSize` parameters d in the Ritz vectors of its Krylov spaces.
 */
export async function probeSpectrum(tools: ProbeTools, replayed: ReplayedStep, on: ProbeRows): Promise<SpectrumProbe> {
  const { inspection } = replayed;
  const { step, theta, direction, settings } = inspection;
  const { hessian, rows } = tools.hessians.at(replayed, on);
  const root = inverseRootOfPreconditioner(inspection);
  const scaledDirection = direction.map((value, k) => value / root[k]!);
  const scaledGradient = hessian.gradient.map((value, k) => value * root[k]!);
  const complete = theta.length <= maxSpectrumSize;
  return {
    step,
    on,
    rows: rows.count,
    threshold: thresholdOf(tools.start.recipe.optimiser, settings, step),
    complete,
    ...(complete ? await fromEigenvectors() : await fromRitzVectors()),
  };

  async function fromEigenvectors() {
    const { start, loss, slices } = tools;
    const dense = await denseMatrixOf(hessian, () => slices.nextIfDue(hessian.size * rows.count));
    const eigen = symmetricEigen(dense);
    await slices.nextIfDue();
    const scaled = symmetricEigen(dense.map((row, i) => row.map((entry, j) => entry * root[i]! * root[j]!)));
    await slices.nextIfDue();
    const p = newtonDirection(eigen, hessian.gradient);
    const onAllRows = on === "batch" || rows.count === start.problem.rows;
    const [model] = onAllRows ? await loss.quadraticModels(theta, [p], rows) : [];
    return {
      hessian: eigenAxes(eigen, direction, hessian.gradient),
      preconditioned: eigenAxes(scaled, scaledDirection, scaledGradient),
      newton: model ? { name: "newton" as const, norm: norm(p), cosine: cosine(p, direction), ...model } : null,
    };
  }

  async function fromRitzVectors() {
    const options = {
      maxProducts: Math.max(2, Math.min(maxLanczosProducts, Math.floor(maxBasis / theta.length))),
      betweenProducts: () => tools.slices.nextIfDue(theta.length * rows.count),
    };
    return {
      hessian: await ritzAxes(hessian, direction, hessian.gradient, options),
      preconditioned: await ritzAxes(preconditioned(hessian, inspection), scaledDirection, scaledGradient, options),
      newton: null,
    };
  }
}
