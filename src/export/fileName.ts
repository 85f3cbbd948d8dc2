import type { Recipe } from "../core/recipe/recipe";

/** The name of a saved file: `alphascope-noise-10-5-1-step237.csv`; for a picture, with the chart's name after the first word. */
export function fileName(
  { dataset, inputs, hidden, outputs }: Recipe,
  step: number,
  ending: string,
  chart?: string,
): string {
  const network = [inputs, ...hidden, outputs].join("-");
  return ["alphascope", ...(chart ? [chart] : []), dataset, network, `step${step}.${ending}`].join("-");
}
