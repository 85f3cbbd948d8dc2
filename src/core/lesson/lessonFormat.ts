import type { Recipe } from "../recipe/recipe";

/**
 * The charts of a scene, of presentation mode and of an embedded page. `edge`, the edge of stability, `noise`, the gradient
 * noise scale, and `fit`, the network as a function, are no charts of the page's own grid: in a scene they replace the chart of α*.
 */
export const sceneCharts = ["slice", "alpha", "loss", "norms", "slope", "ratio", "edge", "noise", "fit"] as const;

/** Additional panels of a scene. `lateDirection`: d as the notebook computed it, one step late. */
export const scenePanels = ["lateDirection"] as const;

/** Upper bounds of a lesson file. Text lengths are in characters. */
export const lessonLimits = {
  scenes: 100,
  title: 60,
  /** Length of the name of a part. */
  part: 24,
  text: 400,
  question: 160,
  /** Length of a file name. */
  file: 80,
  /** Length of a column name. */
  target: 400,
  /** Length of the text of a sweep. */
  sweep: 400,
  /** Runs beside a scene's run. */
  beside: 4,
  /** The step that a scene trains to before it is shown. */
  at: 20_000,
  /** Steps per second. */
  speed: 100_000,
  /** Size of the file. */
  bytes: 2 ** 20,
} as const;

/** Whether a scene trains on a CSV. */
export const isOnCsv = ({ recipe, beside }: { readonly recipe: Recipe; readonly beside: readonly Recipe[] }): boolean =>
  [recipe, ...beside].some(({ dataset }) => dataset === "csv");
