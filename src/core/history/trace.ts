import type { History, NormKind } from "./history";
import type { Metric } from "./metrics";

/** What `alphascope.trace()` answers: one entry a step, and such a list per tensor for the norms. */
export interface Trace {
  readonly step: number[];
  readonly batch: number[];
  readonly loss: number[];
  readonly slope: number[];
  readonly curvature: number[];
  /** null where the parabola has no vertex. */
  readonly alphaStar: (number | null)[];
  readonly verdict: string[];
  readonly gradNorm: number[];
  readonly directionNorm: number[];
  readonly cosine: number[];
  /** fc1.weight, fc1.bias, fc2.weight, … */
  readonly directionNorms: number[][];
  readonly gradNorms: number[][];
  readonly stepTaken: number[];
  readonly lossAfter: number[];
  /** null where no change of loss was predicted. */
  readonly reductionRatio: (number | null)[];
}

/** The history as plain lists. */
export function traceOf(history: History): Trace {
  const steps = Array.from({ length: history.length }, (_, i) => i + 1);
  const column = (metric: Metric) => Array.from(history.values(metric, 1, history.length));
  const nullable = (metric: Metric) => column(metric).map((value) => (Number.isFinite(value) ? value : null));
  const norms = (kind: NormKind) => history.tensors.map((_, t) => steps.map((step) => history.norm(kind, t, step)));
  return {
    step: steps,
    batch: column("batch"),
    loss: column("loss"),
    slope: column("slope"),
    curvature: column("curvature"),
    alphaStar: nullable("alphaStar"),
    verdict: steps.map((step) => history.verdict(step) ?? "diverged"),
    gradNorm: column("gradNorm"),
    directionNorm: column("directionNorm"),
    cosine: column("cosine"),
    directionNorms: norms("directionNorms"),
    gradNorms: norms("gradNorms"),
    stepTaken: column("stepTaken"),
    lossAfter: column("lossAfter"),
    reductionRatio: nullable("reductionRatio"),
  };
}
