import { formatCount, formatNumber, formatStep } from "../../kit/text/format";
import type { Fit, FitPoint } from "../../session/observe/fit";
import { type FitDrawing, labelOf } from "./fitPicture";

/** The names of the points along d, as in the legend. */
export const pointLabels: Readonly<Record<FitPoint, string>> = {
  start: "θ",
  taken: "step taken",
  best: "α*",
  next: "next α*",
  trial: "trial α",
};

/**
 * How far the function moves from θ to θ + αd: the root mean square of the change of the outputs, or for classes the share of grid
 * points or rows whose predicted class changes.
 *
 * @param k the index of the point
 */
function changeAt(fit: Fit, k: number): number {
  const { outputs } = fit.grid ?? fit.train;
  const [before, after] = [outputs[0]!, outputs[k]!];
  if (fit.loss === "mse") {
    return Math.sqrt(before.reduce((sum, value, i) => sum + (after[i]! - value) ** 2, 0) / before.length);
  }
  const classes = fit.train.y.length / fit.train.rows;
  const rows = before.length / classes;
  let changed = 0;
  for (let row = 0; row < rows; row++) if (labelOf(before, row, classes) !== labelOf(after, row, classes)) changed++;
  return changed / rows;
}

/** Shorter names, for one line. */
const shortLabels: Readonly<Record<FitPoint, string>> = { ...pointLabels, taken: "step", trial: "α" };

/** The change of the function by each step size, in one line: “Change (RMS): step 0.035, α* 0.20, next α* 0.070”. */
export function changeSentence(fit: Fit): string {
  const parts = fit.points.flatMap((point, k) => (k > 0 ? [`${shortLabels[point]} ${changeText(fit, k)}`] : []));
  return `${unitText(fit)}: ${parts.join(", ")}`;
}

function changeText(fit: Fit, k: number): string {
  const change = changeAt(fit, k);
  return fit.loss === "mse" ? formatNumber(change, 2) : `${formatNumber(100 * change, 2)}%`;
}

function unitText({ loss, grid }: Fit): string {
  if (loss === "mse") return "Change (RMS)";
  return grid ? "Plane of changed class" : "Rows of changed class";
}

/** The accessible name of the drawing. */
export function drawingName(fit: Fit, drawing: FitDrawing): string {
  const at = `at step ${formatCount(fit.step)}`;
  const steps = fit.points.slice(1).map((point, k) => `${pointLabels[point]} ${formatStep(fit.alphas[k + 1]!)}`);
  switch (drawing.kind) {
    case "curve":
      return `Function of the network and rows of the data ${at}: θ, ${steps.join(", ")}`;
    case "plane":
      return `Predicted classes in the plane and rows of the data ${at}: borders at θ, ${steps.join(", ")}`;
    case "predictions":
      return `Predictions against targets ${at}, for this batch also at ${pointLabels[drawing.moved]}`;
    case "classes":
      return `Classes and predicted classes of the rows ${at}, at ${pointLabels[drawing.at]}`;
  }
}
