import type { Recipe } from "../core/recipe/recipe";

/** What a saved file is called: `alphascope-noise-10-5-1-step237.csv`; a picture has its chart's name after the first word. */
export function fileName(
  { dataset, inputs, hidden, outputs }: Recipe,
  step: number,
  ending: string,
  chart?: string,
): string {
  const network = [inputs, ...hidden, outputs].join("-");
  return ["alphascope", ...(chart ? [chart] : []), dataset, network, `step${step}.${ending}`].join("-");
}
