import type { Verdict } from "../../core/history/alpha";
import type { History } from "../../core/history/history";
import { parameterName } from "../../core/history/parameters";
import { type LiveSettings, type Optimiser, type Recipe, settingsAt } from "../../core/recipe/recipe";
import type { Inspection } from "../../engine/inspect/inspector";

/** The numbers of one measured step that slow motion shows. */
export interface StepFacts {
  readonly rows: number;
  readonly batch: number;
  /** The first row of the batch, counted from 1; null where the epoch's rows are shuffled. */
  readonly firstRow: number | null;
  readonly optimiser: Optimiser;
  readonly settings: LiveSettings;
  readonly verdict: Verdict;
  readonly loss: number;
  readonly lossAfter: number;
  readonly gradNorm: number;
  readonly directionNorm: number;
  readonly cosine: number;
  readonly slope: number;
  readonly curvature: number;
  /** dᵀGd; NaN where it was not measured. */
  readonly gaussNewton: number;
  readonly alphaStar: number;
  readonly stepTaken: number;
  /** Numbers of the picked parameter; null until the step has been inspected. */
  readonly parameter: {
    readonly name: string;
    readonly g: number;
    readonly m: number;
    readonly v: number;
    /** The largest v so far; 0 for optimisers without it. */
    readonly vMax: number;
  } | null;
}

/**
 * The facts of a step; null if the step has not been measured.
 *
 * @param picked index of the parameter whose own numbers are shown
 */
export function stepFacts(
  history: History,
  recipe: Recipe,
  step: number,
  picked: number,
  inspection: Inspection | null,
): StepFacts | null {
  const verdict = history.verdict(step);
  if (!verdict) return null;
  const value = (metric: Parameters<History["value"]>[0]) => history.value(metric, step);
  const epochStart = step - value("batchIndex");
  const rowsBefore = history.values("batch", epochStart, step - 1).reduce((sum, rows) => sum + rows, 0);
  const inspected = inspection?.step === step ? inspection : null;
  return {
    rows: recipe.rows,
    batch: value("batch"),
    firstRow: settingsAt(recipe, epochStart).shuffle ? null : rowsBefore + 1,
    optimiser: recipe.optimiser,
    settings: settingsAt(recipe, step),
    verdict,
    loss: value("loss"),
    lossAfter: value("lossAfter"),
    gradNorm: value("gradNorm"),
    directionNorm: value("directionNorm"),
    cosine: value("cosine"),
    slope: value("slope"),
    curvature: value("curvature"),
    gaussNewton: value("gaussNewton"),
    alphaStar: value("alphaStar"),
    stepTaken: value("stepTaken"),
    parameter: inspected && {
      name: parameterName(history.tensors, picked),
      g: inspected.gradient[picked] ?? 0,
      m: inspected.m[picked] ?? 0,
      v: inspected.v[picked] ?? 0,
      vMax: inspected.vMax[picked] ?? 0,
    },
  };
}
