import { type RunFile, runFileSchema } from "./runFileSchema";
import { parse } from "./schema";

/**
 * A run file whose every field is checked. If its case and its recipe differ, `recipeOfCase` gives the case precedence.
 * @throws InputError that names the field
 */
export const parseRunFile = (input: unknown): RunFile => parse(runFileSchema, "run file", input);
