import { limits } from "../../core/limits";
import type { NumberControl } from "../../core/recipe/control";
import { controls } from "../../core/recipe/controls";
import { inForceAt, type LiveChange } from "../../core/recipe/recipe";
import { numberRanges, readSchedule } from "../../core/schedule/readSchedule";
import { type NumberName, rateAt, type Schedule } from "../../core/schedule/schedule";
import { niceCeil } from "../../kit/chart/domains";
import { parseNumber } from "../../kit/fields/parseNumber";
import { formatSetting, formatValue } from "../../kit/text/format";
import type { RunState } from "../../session/state";
import { cornersText, parseCorners } from "./corners";
import { type FormShape, formTexts, numbersIn } from "./scheduleShapes";

export const units = ["steps", "epochs"] as const;
export type Unit = (typeof units)[number];
export type DraftField = NumberName | "corners";

/** The form's content: texts that may not be valid yet. */
export interface Draft {
  readonly shape: FormShape;
  /** The unit of every length. */
  readonly unit: Unit;
  readonly texts: Readonly<Record<DraftField, string>>;
}

/** The learning rate that a valid draft describes. */
export interface PlannedRate {
  /** The change that puts it in force. */
  readonly change: LiveChange;
  /** The last t at which the learning rate changes; at least 1. */
  readonly length: number;
  /** The learning rate at t = 0 … `length`. */
  readonly rate: (t: number) => number;
}

/** The fields that hold lengths. */
const lengthFields = ["length", "warmUp", "decay", "up", "down", "every"] as const;
/** The least default length of a schedule, in steps. */
const minDefaultLength = 1000;

/** Steps per epoch with the current batch size. */
export function stepsPerEpoch({ recipe, settings }: Pick<RunState, "recipe" | "settings">): number {
  return Math.ceil(recipe.rows / Math.min(settings.batchSize, recipe.rows));
}

/** The schedule in force at the next step, and its first step. */
export const scheduledNext = ({ recipe, step }: Pick<RunState, "recipe" | "step">) =>
  inForceAt(recipe, step + 1).scheduled;

/**
 * The schedule in force; else a cosine from the next step to the end of the run: its goal, else its last measured step, else
 * the next round number of steps, at least 1000.
 */
export function newDraft(run: Pick<RunState, "step" | "measuredSteps" | "goal" | "settings" | "recipe">): Draft {
  const { step, measuredSteps, goal, settings } = run;
  const end = goal?.to ?? (measuredSteps > step ? measuredSteps : niceCeil(Math.max(minDefaultLength, 2 * step)));
  const length = Math.max(1, Math.min(end, limits.steps) - step);
  const hundredth = shortText(Math.max(settings.lr / 100, controls.lr.min));
  const texts = {
    lr: formatValue(Math.max(settings.lr, controls.lr.min)),
    low: hundredth,
    end: hundredth,
    length: String(length),
    warmUp: String(Math.ceil(length / 10)),
    decay: String(Math.ceil(length / 5)),
    power: "1",
    up: String(Math.ceil(length / 10)),
    down: String(Math.ceil(length / 10)),
    factor: "0.5",
    every: String(Math.ceil((length + 1) / 3)),
    corners: "",
  };
  const schedule = scheduledNext(run)?.schedule;
  return { shape: schedule?.shape ?? "cosine", unit: "steps", texts: { ...texts, ...(schedule && textsOf(schedule)) } };
}

function textsOf(schedule: Schedule): Partial<Record<DraftField, string>> {
  const values = schedule as Partial<Record<NumberName, number>>;
  const numbers = numbersIn(schedule.shape).map((name) => [name, formatSetting(values[name] ?? 0)]);
  return {
    ...Object.fromEntries(numbers),
    ...(schedule.shape === "drawn" && { corners: cornersText(schedule.corners) }),
  };
}

const shortText = (x: number): string => formatSetting(Number(x.toPrecision(3)));

/** The fields of the draft's shape, in the order of the form. */
export function fieldsOf({ shape }: Draft): DraftField[] {
  return shape === "drawn" ? [...numbersIn(shape), "corners"] : [...numbersIn(shape)];
}

/** Reads a draft. Where a field of its shape is invalid, the plan is null and `errors` has a message for the field. */
export function readDraft(draft: Draft, perEpoch: number) {
  const { texts, shape } = draft;
  const errors: Partial<Record<DraftField, string>> = {};
  const values: Partial<Record<DraftField, unknown>> = {};
  for (const field of fieldsOf(draft)) {
    const parsed = field === "corners" ? parseCorners(texts.corners) : readNumber(field, draft, perEpoch);
    if ("error" in parsed) errors[field] = parsed.error;
    else values[field] = parsed.value;
  }
  const warmUp = Number(values.warmUp);
  const length = Number(values.length);
  if (warmUp >= length)
    errors.warmUp ??= `The ${formTexts[shape].numbers.warmUp} must be shorter than the whole schedule.`;
  else if (warmUp + Number(values.decay) > length)
    errors.decay ??= "The warm-up and the decay must not be longer than the whole schedule.";
  if (Object.keys(errors).length > 0) return { planned: null, errors };
  if (shape === "constant") return { planned: constant(values.lr as number), errors };
  const faults: string[] = [];
  const schedule = readSchedule({ shape, ...values }, "", faults);
  if (!schedule) errors.factor = faults.join("; ");
  return { planned: schedule && plannedBy(schedule), errors };
}

const constant = (lr: number): PlannedRate => ({ change: { lr, schedule: null }, length: 1, rate: () => lr });

const plannedBy = (schedule: Schedule): PlannedRate => ({
  change: { schedule },
  length: schedule.length,
  rate: (t) => rateAt(schedule, t),
});

function readNumber(field: NumberName, { texts, unit }: Draft, perEpoch: number) {
  if (!isLength(field)) {
    const label = field === "factor" ? "The factor" : field === "power" ? "The power" : controls.lr.label;
    return parseNumber(texts[field], { label, ...numberRanges[field] });
  }
  const parsed = parseNumber(texts[field], lengthRange(unit, perEpoch));
  if ("error" in parsed) return parsed;
  return { value: Math.max(1, Math.round(parsed.value * (unit === "epochs" ? perEpoch : 1))) };
}

const isLength = (field: NumberName): boolean => (lengthFields as readonly string[]).includes(field);

const lengthRange = (unit: Unit, perEpoch: number): Pick<NumberControl, "label" | "min" | "max" | "integer"> =>
  unit === "steps"
    ? { label: "A length", min: 1, max: limits.steps, integer: true }
    : { label: "A length", min: fourDigits(1 / perEpoch), max: fourDigits(limits.steps / perEpoch) };

const fourDigits = (x: number): number => Number(x.toPrecision(4));

/** The draft with its lengths converted to another unit. */
export function inUnit(draft: Draft, unit: Unit, perEpoch: number): Draft {
  if (unit === draft.unit) return draft;
  const texts = { ...draft.texts };
  for (const field of lengthFields) {
    const length = Number(texts[field]);
    if (length > 0)
      texts[field] = String(
        unit === "steps" ? Math.max(1, Math.round(length * perEpoch)) : fourDigits(length / perEpoch),
      );
  }
  return { ...draft, unit, texts };
}
