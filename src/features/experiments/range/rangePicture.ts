import { median, quantile } from "d3-array";
import { settingsAt } from "../../../core/recipe/recipe";
import { type Domain, linearDomain, logDomain } from "../../../kit/chart/domains";
import type { Mark } from "../../../kit/chart/Marks";
import type { RangeResult } from "../../../session/experiment/rangeTest";

export interface RangePicture {
  /** Logarithmic. */
  readonly x: Domain;
  /** Linear, with space for the lanes of `laneHeight` above its bottom edge. */
  readonly y: Domain;
  /** The minibatch losses on the axis, by learning rate. */
  readonly dots: readonly Mark[];
  readonly line: readonly RateLoss[];
  /** The least median loss. */
  readonly least: RateLoss;
  /** The learning rate of the run's next step. */
  readonly current: number;
}

export interface RateLoss {
  readonly lr: number;
  readonly loss: number;
}

/** Losses on either side of a step in its running median. */
const reach = 7;
/** The number of losses in a running median. */
export const medianLength = 2 * reach + 1;
/** The height of the lanes, as a share of the height of the losses. */
const laneShare = 0.35;
/** The axis ends above this quantile of the losses, by a share of its difference to the least loss: most steps are before the explosion. */
const [usual, headroom] = [0.8, 0.5];
/** α* and the edge do not widen the axis beyond this factor. */
const farthest = 1e2;

/** Stands for a loss that is not finite. Not infinite: d3's quantiles are NaN beside infinite values. */
const farthestLoss = 1e300;

/** The losses of a range test against the learning rate. */
export function rangePicture({ test, recipe, own, next, edge }: RangeResult): RangePicture {
  const rows = test.lr.map((lr, k) => ({ lr, loss: test.loss[k] as number }));
  const line = rows.map(({ lr }, k) => {
    const around = test.loss.slice(Math.max(0, k - reach), k + reach + 1);
    return { lr, loss: median(around, (loss) => (Number.isFinite(loss) ? loss : farthestLoss)) ?? 0 };
  });
  // The median of an incomplete window depends on single minibatches.
  const whole = line.length > 2 * reach ? line.slice(reach, -reach) : line;
  const least = whole.reduce((best, row) => (row.loss < best.loss ? row : best), whole[0] as RateLoss);

  const finite = test.loss.filter(Number.isFinite);
  const [low, high] = [Math.min(...finite), quantile(finite, usual) ?? Number.NaN];
  const losses = linearDomain(low, high + headroom * (high - low), null);
  const current = settingsAt(recipe, test.taken + 1).lr;
  const [first, last] = [test.lr[0] as number, test.lr.at(-1) as number];
  const marked = [own?.median, next?.median, edge, current].filter(
    (x) => typeof x === "number" && x > first / farthest && x < last * farthest,
  ) as number[];
  return {
    x: logDomain(Math.min(first, ...marked), Math.max(last, ...marked), null),
    y: { ...losses, lo: losses.lo - laneShare * (losses.hi - losses.lo) },
    dots: rows.filter(({ loss }) => loss <= losses.hi).map(({ lr, loss }) => ({ step: lr, lo: loss, hi: loss })),
    line,
    least,
    current,
  };
}
