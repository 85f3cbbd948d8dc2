import { InputError } from "../errors";
import { verdicts } from "../history/alpha";
import type { Trace } from "../history/trace";
import { limits } from "../limits";
import { parseRecipe } from "../recipe/parseRecipe";
import { found } from "../untrusted";
import { listAt, objectAt, oneOf, parseCase, refuse } from "./parseCase";
import type { RunFile } from "./runfile";

/**
 * A run file, checked in every field. Where its case and its recipe differ, the case wins (`recipeOfCase`). A file by
 * other hands may leave out what a run needs not to be computed again: the recipe, who made it and what came of it.
 *
 * @throws InputError that names the field
 */
export function parseRunFile(input: unknown): RunFile {
  try {
    const fields = objectAt("run file", input);
    return {
      format: oneOf("format", fields.format, ["alphascope-run"]),
      version: oneOf("version", fields.version, [1]),
      app: textAt("app", fields.app),
      engine: fields.engine === undefined ? "unknown" : oneOf("engine", fields.engine, ["webgl", "cpu", "unknown"]),
      recipe: recipeAt(fields.recipe),
      case: parseCase(fields.case),
      trace: traceAt(fields.trace),
      finalWeights: parametersAt("finalWeights", fields.finalWeights),
      finalBiases: parametersAt("finalBiases", fields.finalBiases),
    };
  } catch (error) {
    if (error instanceof InputError) throw error;
    // Any other error comes from a value that throws when it is read.
    throw new InputError(`run file: found ${found(input)} that cannot be read`);
  }
}

function textAt(field: string, value: unknown): string {
  if (value === undefined) return "unknown";
  return typeof value === "string" ? value : refuse(field, value, "a text");
}

function recipeAt(value: unknown): RunFile["recipe"] {
  const { recipe, errors } = parseRecipe(value === undefined ? {} : value);
  if (errors[0] !== undefined)
    throw new InputError(errors[0].startsWith("recipe:") ? errors[0] : `recipe.${errors[0]}`);
  return recipe;
}

/** JSON writes NaN and the infinities, which a diverged run holds, as null. */
function numbersAt(field: string, value: unknown, max: number): number[] {
  return listAt(field, value, 0, max).map((entry, i) =>
    entry === null ? Number.NaN : typeof entry === "number" ? entry : refuse(`${field}[${i}]`, entry, "numbers, null"),
  );
}

function parametersAt(field: string, value: unknown): number[][] {
  if (value === undefined) return [];
  return listAt(field, value, 0, 7).map((part, l) => numbersAt(`${field}[${l}]`, part, 1024 * 1024));
}

function traceAt(value: unknown): Trace {
  const fields = value === undefined ? null : objectAt("trace", value);
  const numbers = (name: keyof Trace) => (fields ? numbersAt(`trace.${name}`, fields[name], limits.steps) : []);
  const step = numbers("step");
  const column = (name: keyof Trace) => sameLength(`trace.${name}`, numbers(name), step.length);
  const nullable = (name: keyof Trace) => column(name).map((entry) => (Number.isNaN(entry) ? null : entry));
  const norms = (name: keyof Trace) =>
    (fields ? listAt(`trace.${name}`, fields[name], 0, 14) : []).map((entries, t) => {
      const field = `trace.${name}[${t}]`;
      return sameLength(field, numbersAt(field, entries, limits.steps), step.length);
    });
  const verdict = fields ? listAt("trace.verdict", fields.verdict, step.length, step.length) : [];
  return {
    step,
    batch: column("batch"),
    loss: column("loss"),
    slope: column("slope"),
    curvature: column("curvature"),
    alphaStar: nullable("alphaStar"),
    verdict: verdict.map((entry, i) => oneOf(`trace.verdict[${i}]`, entry, verdicts)),
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

function sameLength<T>(field: string, list: T[], length: number): T[] {
  return list.length === length ? list : refuse(field, list, `as many entries as trace.step, ${length}`);
}
