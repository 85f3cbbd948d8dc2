import * as v from "valibot";
import { limits } from "../limits";
import { controls } from "../recipe/controls";
import { parseRecipe } from "../recipe/parseRecipe";
import type { Recipe } from "../recipe/recipe";
import { caseSchema } from "./case";
import { hasChanges } from "./changes";
import { check, custom, list, numbers, object, oneOf, type Schema, text } from "./schema";
import { traceSchema } from "./traceSchema";

/** Weights and biases are lists of a list per layer. */
const most = { layers: controls.hidden.maxLayers + 1, parametersOfLayer: 1024 * 1024 } as const;

const recipe: Schema<Recipe> = custom((input, refuse) => {
  const { recipe, errors } = parseRecipe(input === undefined ? {} : input);
  const [error] = errors;
  return error === undefined ? recipe : refuse(error.startsWith("recipe: ") ? error.slice(8) : `.${error}`);
});

const parameters = v.optional(list(numbers(most.parametersOfLayer), 0, most.layers), []);

/** A run file may omit every field that is not needed to compute the run again. */
const fields = object({
  format: oneOf("alphascope-run"),
  version: oneOf(1),
  /** The version of the app that wrote the file. */
  app: v.optional(text, "unknown"),
  engine: v.optional(oneOf("webgl", "cpu", "unknown"), "unknown"),
  recipe,
  /** All data that another program needs to compute the run again. */
  case: caseSchema,
  trace: traceSchema(2 * most.layers),
  /** Parameters after the last step, per layer: inputs × outputs, row-major. */
  finalWeights: parameters,
  finalBiases: parameters,
});

/** The changes of a case that its recipe does not explain become edits of a recipe. */
export const runFileSchema = v.pipe(
  fields,
  check(({ case: given, recipe }, report) => {
    const { length } = Object.keys(given.changes);
    if (length <= limits.edits || hasChanges(recipe, given)) return;
    const allowed = `changes at up to ${limits.edits} steps, or those of the recipe`;
    report(`found changes at ${length} steps; allowed: ${allowed}`, "case", "changes");
  }),
);

/** A run as JSON: its recipe, its case, the measurements and the final parameters. */
export type RunFile = v.InferOutput<typeof runFileSchema>;
