import type { Problem } from "../../core/data/problem";
import { alphaStarOf, verdictOf } from "../../core/history/alpha";
import { hessianAt } from "../cpu/hessian";
import type { DirectionalDerivatives, DirectionalLoss } from "../directionalLoss";
import type { Batch } from "../engine";
import { newSweeper } from "../float64";
import type { QuadraticModel } from "./probes/probes";
import { partsOf } from "./rowParts";
import { sliceProducts, type TimeSlices } from "./timeSlices";

/** Rows of a part at least: a GPU takes no less time for fewer rows. */
const minPartRows = 16;

/** Derivatives of the loss at any θ on any rows. They are means over the rows, formed from parts that take a slice each. */
export class PartwiseLoss {
  /** @param rounding relative rounding of the sums of `loss`: a curvature below this share of its terms counts as zero */
  constructor(
    private readonly problem: Problem,
    private readonly loss: () => DirectionalLoss,
    private readonly rounding: number,
    private readonly slices: TimeSlices,
  ) {}

  /** The quadratic model of the loss along each direction. */
  async quadraticModels(
    theta: Float64Array,
    directions: readonly Float64Array[],
    rows: Batch,
  ): Promise<QuadraticModel[]> {
    const means = directions.map(() => ({ loss: 0, slope: 0, curvature: 0, curvatureTerms: 0 }));
    await this.eachPart(rows, theta.length * directions.length, async (part, share) => {
      const derivatives = await this.loss().derivatives(theta, directions, part);
      derivatives.forEach((ofPart, k) => {
        const mean = means[k]!;
        for (const key of Object.keys(mean) as (keyof DirectionalDerivatives)[]) mean[key] += share * ofPart[key];
      });
    });
    return means.map(({ loss, slope, curvature, curvatureTerms }) => {
      const verdict = verdictOf(loss, slope, curvature, curvatureTerms, this.rounding);
      return { slope, curvature, verdict, alphaStar: alphaStarOf(verdict, slope, curvature) };
    });
  }

  /** g and Hv, in float64 whichever engine trains. */
  async gradientAndProduct(
    theta: Float64Array,
    v: Float64Array,
    rows: Batch,
  ): Promise<{ readonly gradient: Float64Array; readonly product: Float64Array }> {
    const [gradient, product] = [new Float64Array(v.length), new Float64Array(v.length)];
    await this.eachPart(rows, v.length, async (part, share) => {
      const hessian = hessianAt(this.problem, theta, part, newSweeper);
      const hv = hessian.apply(v);
      for (let k = 0; k < v.length; k++) {
        gradient[k]! += share * hessian.gradient[k]!;
        product[k]! += share * hv[k]!;
      }
    });
    return { gradient, product };
  }

  /** @param products per row: products of a weight and an activation */
  private async eachPart(
    rows: Batch,
    products: number,
    visit: (part: Batch, share: number) => Promise<void>,
  ): Promise<void> {
    const partRows = Math.max(minPartRows, Math.floor(sliceProducts / products));
    for (const { part, share } of partsOf(rows, partRows)) {
      await visit(part, share);
      await this.slices.nextIfDue();
    }
  }
}
