import * as v from "valibot";
import { parameterCount } from "../data/problem";
import { limits } from "../limits";
import { controls } from "../recipe/controls";
import { isStep } from "../recipe/mergeEdits";
import { optimiserNames, optimisers } from "../recipe/optimisers";
import { allowedBy, readSettings } from "../recipe/readSettings";
import type { Settings } from "../recipe/recipe";
import { fieldsOf, isList } from "../untrusted";
import { decodeFloat32 } from "./base64";
import {
  anything,
  attempt,
  check,
  custom,
  dependent,
  isWhole,
  list,
  object,
  oneOf,
  optionalField,
  refusal,
  type Schema,
  text,
  whole,
} from "./schema";

type SettingName = "lr" | "beta1" | "beta2" | "eps" | "batchSize" | "rule";

/** The settings of a case; without `shuffle`, because a case lists its row orders. */
export type CaseSettings = Readonly<Pick<Settings, SettingName> & Partial<Pick<Settings, "weightDecay" | "sigma">>>;

const settingNames = ["lr", "beta1", "beta2", "eps", "weightDecay", "batchSize", "rule", "sigma"] as const;
const required = ["lr", "beta1", "beta2", "eps", "batchSize"] as const;

/** The fault of a missing setting. */
const missing = (key: keyof CaseSettings): string => refusal(undefined, allowedBy(controls[key]));

const plainSettings: Schema<Partial<CaseSettings>> = custom((input, refuse) => {
  const fields = fieldsOf(input);
  if (!fields) return refuse(refusal(input, "an object"));
  const errors: string[] = [];
  const settings = readSettings(fields, settingNames, ".", errors);
  return errors[0] === undefined ? settings : refuse(errors[0]);
});

/** A schedule may give learning rates from 0 on. */
const changedSettings: Schema<Partial<CaseSettings>> = custom((input, refuse) => {
  const { lr, ...others } = fieldsOf(input) ?? {};
  const small = typeof lr === "number" && lr >= 0 && lr < controls.lr.min;
  const settings = attempt(plainSettings, small ? others : input);
  if (!settings.ok) return refuse(settings.message);
  return small ? { lr, ...settings.output } : settings.output;
});

const startSettings: Schema<CaseSettings> = v.pipe(
  plainSettings,
  check((settings, report) => {
    for (const key of required) if (settings[key] === undefined) report(missing(key), key);
  }),
  v.transform((settings) => ({ rule: "lr", ...settings }) as CaseSettings),
);

/** `changes["20"]` is in force from step 20 on, step 20 included. */
const changes: Schema<Readonly<Record<string, Partial<CaseSettings>>>> = custom((input, refuse) => {
  const fields = fieldsOf(input ?? {});
  if (!fields) return refuse(refusal(input, "an object"));
  const entries = Object.entries(fields);
  if (entries.length > limits.steps) {
    return refuse(`found changes at ${entries.length} steps; allowed: changes at up to ${limits.steps} steps`);
  }
  const output: Record<string, Partial<CaseSettings>> = {};
  for (const [step, value] of entries) {
    if (!/^[1-9]\d*$/.test(step) || !isStep(Number(step)))
      return refuse(refusal(step, `steps from 1 to ${limits.steps}`));
    const settings = attempt(changedSettings, value);
    if (!settings.ok) return refuse(settings.message, Number(step));
    output[step] = settings.output;
  }
  return output;
});

/** Units per layer, the inputs first and the outputs last. */
const sizes: Schema<readonly number[]> = custom((input, refuse) => {
  const { inputs, hidden, outputs } = controls;
  const most = hidden.maxLayers + 2;
  if (!isList(input) || input.length < 2 || input.length > most)
    return refuse(refusal(input, `a list of 2 to ${most}`));
  const list = Array.from(input);
  for (const [l, size] of list.entries()) {
    const { min, max } = l === 0 ? inputs : l === list.length - 1 ? outputs : hidden;
    if (!isWhole(size, min, max)) return refuse(refusal(size, `a whole number from ${min} to ${max}`), l);
  }
  const output = list as number[];
  return parameterCount(output) <= limits.parameters
    ? output
    : refuse(refusal(input, `at most ${limits.parameters} parameters`));
});

const inputsOf = (sizes: readonly number[]): number => sizes[0] as number;
const outputsOf = (sizes: readonly number[]): number => sizes.at(-1) as number;
const mostRows = (sizes: readonly number[]): number =>
  Math.min(controls.rows.max, Math.floor(limits.values / (inputsOf(sizes) + outputsOf(sizes))));

const shapeSchema = v.pipe(
  object({ sizes, loss: oneOf("mse", "cross-entropy"), rows: whole(controls.rows.min, controls.rows.max) }),
  check(({ sizes, loss, rows }, report) => {
    const most = mostRows(sizes);
    if (loss === "cross-entropy" && outputsOf(sizes) < 2) {
      report(refusal(sizes, "two outputs or more for cross-entropy"), "sizes");
    } else if (rows > most) report(refusal(rows, `a whole number from ${controls.rows.min} to ${most}`), "rows");
  }),
);
type Shape = v.InferOutput<typeof shapeSchema>;

/** Base64 of `length` finite little-endian float32 values, and a fault that the values may have besides. */
const floats = (length: number, faultIn: (values: Float32Array) => string | null = () => null): Schema<string> =>
  custom((input, refuse) => {
    if (typeof input !== "string") return refuse(refusal(input, `base64 of ${length} float32 values`));
    const values = decodeFloat32(input);
    if (!values) return refuse(refusal(input, "base64 of float32 values"));
    if (values.length !== length) return refuse(`found ${values.length} values; allowed: ${length}`);
    const bad = values.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) return refuse(`found ${values[bad]} as value ${bad}; allowed: finite numbers`);
    const fault = faultIn(values);
    return fault === null ? input : refuse(fault);
  });

/** Targets, rows × outputs. Those of cross-entropy are one-hot. */
const targets = ({ sizes, loss }: Shape, rows: number): Schema<string> => {
  const outputs = outputsOf(sizes);
  return floats(rows * outputs, (values) => {
    if (loss === "mse") return null;
    for (let row = 0; row < rows; row++) {
      const own = values.subarray(row * outputs, (row + 1) * outputs);
      const ones = own.filter((target) => target === 1).length;
      const zeros = own.filter((target) => target === 0).length;
      if (ones !== 1 || zeros !== outputs - 1) return refusal(`row ${row}`, "a single 1 in each row, else 0");
    }
    return null;
  });
};

/** A permutation of the rows. */
const order = (rows: number): Schema<readonly number[]> =>
  custom((input, refuse) => {
    if (!isList(input) || input.length !== rows) return refuse(refusal(input, `a list of ${rows}`));
    const copy = Array.from(input) as number[];
    const seen = new Uint8Array(rows);
    for (const [i, row] of copy.entries()) {
      if (!isWhole(row, 0, rows - 1)) return refuse(refusal(row, `a whole number from 0 to ${rows - 1}`), i);
      if (seen[row]) return refuse(refusal(row, "each row once"), i);
      seen[row] = 1;
    }
    return copy;
  });

const mostOrders = (rows: number): number => Math.max(1, Math.floor(limits.orderEntries / rows));

/** Row orders of the epochs. */
const orders = (rows: number): Schema<readonly (readonly number[])[]> => list(order(rows), 1, mostOrders(rows));

/** Row orders of some epochs, by the number of the epoch. */
const ordersByEpoch = (rows: number): Schema<Readonly<Record<string, readonly number[]>>> =>
  custom((input, refuse) => {
    const entries = Object.entries(fieldsOf(input) ?? {});
    if (!fieldsOf(input)) return refuse(refusal(input, "an object"));
    const most = mostOrders(rows);
    if (entries.length > most) return refuse(`found ${entries.length} epochs; allowed: at most ${most}`);
    const output: Record<string, readonly number[]> = {};
    for (const [epoch, value] of entries) {
      if (!/^[1-9]\d*$/.test(epoch) || !isStep(Number(epoch)))
        return refuse(refusal(epoch, `epochs from 1 to ${limits.steps}`));
      const result = attempt(order(rows), value);
      if (!result.ok) return refuse(result.message, Number(epoch), ...result.path);
      output[epoch] = result.output;
    }
    return output;
  });

/** One text of floats per layer. */
const perLayer = (lengths: readonly number[]): Schema<readonly string[]> =>
  v.pipe(list(anything, lengths.length, lengths.length), v.tuple(lengths.map((length) => floats(length))));

const heldOut = (shape: Shape) =>
  dependent(object({ rows: whole(1, mostRows(shape.sizes)) }), ({ rows }) =>
    object({ x: floats(rows * inputsOf(shape.sizes)), y: targets(shape, rows) }),
  );

/** The fields of a case besides its shape. */
const fieldsFor = (shape: Shape) => {
  const { sizes, rows } = shape;
  const layers = sizes.slice(1).map((outputs, l) => ({ inputs: sizes[l] as number, outputs }));
  return object({
    name: text,
    activation: oneOf(...controls.activation.options.map(({ value }) => value)),
    /** Adam, if absent. */
    optimiser: v.optional(oneOf(...optimiserNames)),
    steps: whole(0, limits.steps),
    start: startSettings,
    changes,
    /** Rows × inputs. */
    x: floats(rows * inputsOf(sizes)),
    /** Rows × outputs. */
    y: targets(shape, rows),
    /** Per layer, inputs × outputs. */
    weights: perLayer(layers.map(({ inputs, outputs }) => inputs * outputs)),
    biases: perLayer(layers.map(({ outputs }) => outputs)),
    /** Rows of real data that are never trained on. */
    held: optionalField(heldOut(shape)),
    /** One permutation of the rows per epoch, the last one repeating; absent if no epoch is shuffled. */
    order: optionalField(orders(rows)),
    /** The order in which an epoch judged the step before the epoch, by the epoch from 0; absent where that is its order in `order`. */
    ahead: optionalField(ordersByEpoch(rows)),
  });
};

/**
 * A case: sizes and settings in the ranges of a recipe, arrays of the right lengths with finite values, orders that are
 * permutations. Arrays are base64 of little-endian float32.
 */
export const caseSchema = v.pipe(
  dependent(shapeSchema, fieldsFor),
  check(({ optimiser = "adam", start }, report) => {
    const reads = optimisers[optimiser].reads.includes("weightDecay");
    if (reads && start.weightDecay === undefined) report(missing("weightDecay"), "start", "weightDecay");
  }),
);

/** A self-contained run: data, initial parameters, row orders and settings. Any program can compute it without this app. */
export type Case = v.InferOutput<typeof caseSchema>;
