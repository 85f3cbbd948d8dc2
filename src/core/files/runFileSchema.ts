import * as v from "valibot";
import { verdicts } from "../history/alpha";
import { metrics, normKinds } from "../history/metrics";
import { type Trace, type TraceMetric, traceMetrics } from "../history/trace";
import { limits } from "../limits";
import { controls } from "../recipe/controls";
import { parseRecipe } from "../recipe/parseRecipe";
import type { Recipe } from "../recipe/recipe";
import { isList } from "../untrusted";
import { caseSchema } from "./case";
import { hasChanges } from "./changes";
import { type LaterColumn, laterColumns } from "./laterColumns";
import { check, custom, list, numbers, object, oneOf, refusal, type Schema, text } from "./schema";

const isLater = (name: TraceMetric): name is LaterColumn => (laterColumns as readonly TraceMetric[]).includes(name);

/** The trace of a run file. */
type FiledTrace = Omit<Trace, LaterColumn> & Partial<Pick<Trace, LaterColumn>>;

/** Weights and biases are lists of a list per layer. */
const most = { layers: controls.hidden.maxLayers + 1, parametersOfLayer: 1024 * 1024 } as const;

const recipe: Schema<Recipe> = custom((input, refuse) => {
  const { recipe, errors } = parseRecipe(input === undefined ? {} : input);
  const [error] = errors;
  return error === undefined ? recipe : refuse(error.startsWith("recipe: ") ? error.slice(8) : `.${error}`);
});

const column = numbers(limits.steps);
const verdictColumn = (...allowed: readonly unknown[]): Schema<readonly unknown[]> =>
  custom((input, refuse) => {
    if (!isList(input) || input.length > limits.steps) return refuse(refusal(input, `a list of 0 to ${limits.steps}`));
    const names = Array.from(input);
    const bad = names.findIndex((name) => !allowed.includes(name));
    return bad < 0 ? names : refuse(refusal(input[bad], allowed.map(String).join(", ")), bad);
  });
/** The columns of a trace, by the `trace` of a metric. */
const columns = {
  number: column,
  nullable: v.pipe(
    column,
    v.transform((values) => values.map((value) => (Number.isNaN(value) ? null : value))),
  ),
  verdict: verdictColumn(...verdicts),
  nullableVerdict: verdictColumn(...verdicts, null),
} as const;

const norms = list(column, 0, 2 * most.layers);
const schemaOf = (name: TraceMetric) => {
  const schema: Schema<readonly unknown[]> = columns[metrics[name].trace];
  return isLater(name) ? v.optional(schema) : schema;
};
const traceFields = {
  step: column,
  ...Object.fromEntries(traceMetrics.map((name) => [name, schemaOf(name)])),
  ...Object.fromEntries(normKinds.map((kind) => [kind, norms])),
};
const emptyTrace = Object.fromEntries(Object.keys(traceFields).map((name) => [name, []]));

const trace = v.pipe(
  v.optional(object(traceFields), emptyTrace),
  v.transform((fields) => fields as unknown as FiledTrace),
  check((fields, report) => {
    const { length } = fields.step;
    const refuse = (list: readonly unknown[], ...path: (string | number)[]) =>
      report(refusal(list, `as many entries as trace.step, ${length}`), ...path);
    for (const name of traceMetrics) {
      const entries = fields[name];
      if (entries && entries.length !== length) return refuse(entries, name);
    }
    for (const kind of normKinds) {
      const tensor = fields[kind].findIndex((list) => list.length !== length);
      if (tensor >= 0) return refuse(fields[kind][tensor] as number[], kind, tensor);
    }
  }),
);

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
  trace,
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
