import type { Recording } from "../core/files/recording";
import type { Recipe } from "../core/recipe/recipe";

interface NamedRun {
  readonly recipe: Recipe;
  readonly recording: Pick<Recording, "name"> | null;
}

/**
 * The name of a saved file: `alphascope-noise-10-5-1-step237.csv`, or with the name of a recorded run; for a picture, with the
 * chart's name after the first word.
 */
export function fileName({ recipe, recording }: NamedRun, step: number, ending: string, chart?: string): string {
  const { dataset, inputs, hidden, outputs } = recipe;
  const run = recording ? plain(recording.name) : `${dataset}-${[inputs, ...hidden, outputs].join("-")}`;
  return ["alphascope", ...(chart ? [chart] : []), run, `step${step}.${ending}`].join("-");
}

/** A text with the characters that every file system allows in names. */
const plain = (text: string): string => text.replace(/[^\w.-]+/g, "_").slice(0, 60);
