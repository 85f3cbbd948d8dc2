import type { History } from "./history";

/** The steps of the mean. */
export const sharpnessWindow = 100;

/**
 * The batch sharpness of SGD: the mean of gᵀHg/‖g‖² over the minibatches of the last `sharpnessWindow` steps, which is 1/α* because
 * d = −g. In units of 1/step; null where no step has a finite value.
 *
 * Source: Andreyev and Beneventano, Edge of Stochastic Stability, arXiv 2412.20553.
 */
export function batchSharpness(history: Pick<History, "values">, step: number): number | null {
  const from = Math.max(1, step - sharpnessWindow + 1);
  const [slopes, curvatures] = [history.values("slope", from, step), history.values("curvature", from, step)];
  const needed = Array.from(slopes, (slope, i) => -(curvatures[i] as number) / slope).filter(Number.isFinite);
  return needed.length > 0 ? needed.reduce((sum, value) => sum + value, 0) / needed.length : null;
}
