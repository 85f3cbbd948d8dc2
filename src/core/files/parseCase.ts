import { type Loss, parameterCount } from "../data/problem";
import { InputError } from "../errors";
import { limits } from "../limits";
import { controls } from "../recipe/controls";
import { isStep } from "../recipe/mergeEdits";
import { optimiserNames, optimisers } from "../recipe/optimisers";
import { allowedBy, readSettings } from "../recipe/readSettings";
import type { Activation, Optimiser } from "../recipe/recipe";
import { fieldsOf, found, isList } from "../untrusted";
import { decodeFloat32 } from "./base64";
import type { Case, CaseSettings } from "./case";

/** @throws InputError always */
export function refuse(field: string, value: unknown, allowed: string): never {
  throw new InputError(`${field}: found ${found(value)}; allowed: ${allowed}`);
}

/** @throws InputError unless the value is an object */
export function objectAt(field: string, value: unknown): Record<string, unknown> {
  return fieldsOf(value) ?? refuse(field, value, "an object");
}

/**
 * A list as a copy without holes.
 * @throws InputError unless the value is a list of `min` to `max` entries
 */
export function listAt(field: string, value: unknown, min: number, max: number): readonly unknown[] {
  if (isList(value) && value.length >= min && value.length <= max) return Array.from(value);
  return refuse(field, value, min === max ? `a list of ${min}` : `a list of ${min} to ${max}`);
}

/** @throws InputError unless the value is one of the options */
export function oneOf<V>(field: string, value: unknown, options: readonly V[]): V {
  return options.find((option) => option === value) ?? refuse(field, value, options.join(", "));
}

/** @throws InputError unless the value is a whole number in the range */
export function wholeAt(field: string, value: unknown, min: number, max: number): number {
  if (Number.isInteger(value) && (value as number) >= min && (value as number) <= max) return value as number;
  return refuse(field, value, `a whole number from ${min} to ${max}`);
}

const settingNames = ["lr", "beta1", "beta2", "eps", "weightDecay", "batchSize", "rule", "sigma"] as const;

/**
 * A case in every field: sizes and settings within the ranges of a recipe, arrays of the right length and finite,
 * orders that are permutations.
 *
 * @throws InputError that names the field
 */
export function parseCase(input: unknown): Case {
  const fields = objectAt("case", input);
  const sizes = sizesAt(fields.sizes);
  const [inputs, outputs] = [sizes[0] as number, sizes.at(-1) as number];
  const loss = oneOf<Loss>("case.loss", fields.loss, ["mse", "cross-entropy"]);
  if (loss === "cross-entropy" && outputs < 2) refuse("case.sizes", sizes, "two outputs or more for cross-entropy");
  const maxRows = Math.min(controls.rows.max, Math.floor(limits.values / (inputs + outputs)));
  const rows = wholeAt("case.rows", fields.rows, controls.rows.min, maxRows);
  const layers = sizes.length - 1;
  const arrays = (field: "weights" | "biases", lengthOf: (layer: number) => number) =>
    listAt(`case.${field}`, fields[field], layers, layers).map((text, l) =>
      arrayAt(`case.${field}[${l}]`, text, lengthOf(l)),
    );
  const optimiser =
    fields.optimiser === undefined ? undefined : oneOf<Optimiser>("case.optimiser", fields.optimiser, optimiserNames);
  return {
    name: typeof fields.name === "string" ? fields.name : refuse("case.name", fields.name, "a text"),
    sizes,
    activation: oneOf<Activation>(
      "case.activation",
      fields.activation,
      controls.activation.options.map(({ value }) => value),
    ),
    loss,
    ...(optimiser && { optimiser }),
    rows,
    steps: wholeAt("case.steps", fields.steps, 0, limits.steps),
    start: startAt(fields.start, optimiser),
    changes: changesAt(fields.changes),
    x: arrayAt("case.x", fields.x, rows * inputs),
    y: targetsAt(fields.y, rows, outputs, loss),
    weights: arrays("weights", (l) => (sizes[l] as number) * (sizes[l + 1] as number)),
    biases: arrays("biases", (l) => sizes[l + 1] as number),
    ...(fields.held === undefined || fields.held === null
      ? {}
      : { held: heldAt(fields.held, inputs, outputs, loss, maxRows) }),
    ...(fields.order === undefined || fields.order === null ? {} : { order: ordersAt(fields.order, rows) }),
  };
}

function sizesAt(value: unknown): number[] {
  const { inputs, hidden, outputs } = controls;
  const list = listAt("case.sizes", value, 2, hidden.maxLayers + 2);
  const sizes = list.map((size, l) => {
    const range = l === 0 ? inputs : l === list.length - 1 ? outputs : hidden;
    return wholeAt(`case.sizes[${l}]`, size, range.min, range.max);
  });
  const parameters = parameterCount(sizes);
  if (parameters > limits.parameters) refuse("case.sizes", sizes, `at most ${limits.parameters} parameters`);
  return sizes;
}

function settingsAt(field: string, value: unknown): Partial<CaseSettings> {
  const errors: string[] = [];
  const settings = readSettings(objectAt(field, value), settingNames, `${field}.`, errors);
  if (errors[0] !== undefined) throw new InputError(errors[0]);
  return settings;
}

function startAt(value: unknown, optimiser: Optimiser = "adam"): CaseSettings {
  const settings = { rule: "lr" as const, ...settingsAt("case.start", value) };
  const decay = optimisers[optimiser].reads.includes("weightDecay") ? (["weightDecay"] as const) : [];
  for (const key of ["lr", "beta1", "beta2", "eps", "batchSize", ...decay] as const) {
    if (settings[key] === undefined) refuse(`case.start.${key}`, undefined, allowedBy(controls[key]));
  }
  return settings as CaseSettings;
}

function changesAt(value: unknown): Case["changes"] {
  const entries = value === undefined ? [] : Object.entries(objectAt("case.changes", value));
  if (entries.length > limits.edits)
    throw new InputError(`case.changes: found ${entries.length}; allowed: ${limits.edits}`);
  return Object.fromEntries(
    entries.map(([step, settings]) => {
      if (!/^[1-9]\d*$/.test(step) || !isStep(Number(step))) {
        refuse("case.changes", step, `steps from 1 to ${limits.steps}`);
      }
      return [step, settingsAt(`case.changes[${step}]`, settings)];
    }),
  );
}

/** The text itself, if it is base64 of `length` finite float32 values. */
function arrayAt(field: string, value: unknown, length: number): string {
  if (typeof value !== "string") return refuse(field, value, `base64 of ${length} float32 values`);
  valuesAt(field, value, length);
  return value;
}

function valuesAt(field: string, text: string, length: number): Float32Array {
  const values = decodeFloat32(text);
  if (!values) throw new InputError(`${field}: found ${found(text)}; allowed: base64 of float32 values`);
  if (values.length !== length) throw new InputError(`${field}: found ${values.length} values; allowed: ${length}`);
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new InputError(`${field}: found ${values[bad]} as value ${bad}; allowed: finite numbers`);
  return values;
}

function heldAt(value: unknown, inputs: number, outputs: number, loss: Loss, maxRows: number): Case["held"] & object {
  const fields = objectAt("case.held", value);
  const rows = wholeAt("case.held.rows", fields.rows, 1, maxRows);
  return {
    rows,
    x: arrayAt("case.held.x", fields.x, rows * inputs),
    y: targetsAt(fields.y, rows, outputs, loss, "case.held.y"),
  };
}

/** Cross-entropy takes one-hot targets: each row one 1, else 0. */
function targetsAt(value: unknown, rows: number, outputs: number, loss: Loss, field = "case.y"): string {
  const text = arrayAt(field, value, rows * outputs);
  if (loss === "mse") return text;
  const y = valuesAt(field, text, rows * outputs);
  for (let row = 0; row < rows; row++) {
    const targets = y.subarray(row * outputs, (row + 1) * outputs);
    const ones = targets.filter((target) => target === 1).length;
    const zeros = targets.filter((target) => target === 0).length;
    if (ones !== 1 || zeros !== outputs - 1) refuse(field, `row ${row}`, "a single 1 in each row, else 0");
  }
  return text;
}

function ordersAt(value: unknown, rows: number): number[][] {
  const orders = listAt("case.order", value, 1, Math.max(1, Math.floor(limits.orderEntries / rows)));
  const seen = new Int32Array(rows).fill(-1);
  return orders.map((order, epoch) =>
    listAt(`case.order[${epoch}]`, order, rows, rows).map((row, i) => {
      const index = wholeAt(`case.order[${epoch}][${i}]`, row, 0, rows - 1);
      if (seen[index] === epoch) refuse(`case.order[${epoch}][${i}]`, row, "each row once");
      seen[index] = epoch;
      return index;
    }),
  );
}
