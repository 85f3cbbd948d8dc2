import { limits } from "../../core/limits";
import type { NumberControl } from "../../core/recipe/control";
import { controls } from "../../core/recipe/controls";
import { type Schedule, type ScheduleNumbers, type ShapeName, shapes } from "../../core/schedule/schedule";
import { niceCeil } from "../../kit/chart/domains";
import { type Parsed, parseNumber } from "../../kit/fields/parseNumber";
import { formatSetting } from "../../kit/text/format";
import type { RunState } from "../../session/state";
import { parseCorners } from "./corners";

export const units = ["steps", "epochs"] as const;
export type Unit = (typeof units)[number];
export type DraftField = keyof ScheduleNumbers | "length" | "corners";

/** The form's content: texts that may not be valid yet. */
export interface Draft {
  readonly shape: ShapeName;
  /** The unit of every length. */
  readonly unit: Unit;
  readonly texts: Readonly<Record<DraftField, string>>;
}

/** The fields that hold lengths. */
const lengthFields = ["length", "warmUp", "every"] as const;
/** The least default length of a schedule, in steps. */
const minDefaultLength = 1000;

/** Steps per epoch with the current batch size. */
export function stepsPerEpoch({ recipe, settings }: Pick<RunState, "recipe" | "settings">): number {
  return Math.ceil(recipe.rows / Math.min(settings.batchSize, recipe.rows));
}

/**
 * A cosine from the next step to the end of the run: its goal, else its last measured step, else the next round number of steps,
 * at least 1000.
 */
export function newDraft(run: Pick<RunState, "step" | "measuredSteps" | "goal" | "settings">): Draft {
  const { step, measuredSteps, goal, settings } = run;
  const end = goal?.to ?? (measuredSteps > step ? measuredSteps : niceCeil(Math.max(minDefaultLength, 2 * step)));
  const length = Math.max(1, Math.min(end, limits.steps) - step);
  const hundredth = shortText(Math.max(settings.lr / 100, controls.lr.min));
  const texts = {
    lr: formatSetting(settings.lr),
    low: hundredth,
    end: hundredth,
    length: String(length),
    warmUp: String(Math.ceil(length / 10)),
    factor: "0.1",
    every: String(Math.ceil((length + 1) / 3)),
    corners: "",
  };
  return { shape: "cosine", unit: "steps", texts };
}

const shortText = (x: number): string => formatSetting(Number(x.toPrecision(3)));

/** The fields of the draft's shape, in the order of the form. */
export function fieldsOf({ shape }: Draft): DraftField[] {
  const numbers = Object.keys(shapes[shape].numbers) as DraftField[];
  if (shape === "constant") return numbers;
  return shape === "drawn" ? ["length", "corners"] : [...numbers, "length"];
}

/** Reads a draft. Where a field of its shape is invalid, the schedule is null and `errors` has a message for the field. */
export function readDraft(draft: Draft, perEpoch: number) {
  const errors: Partial<Record<DraftField, string>> = {};
  const read = <V>(field: DraftField, parsed: Parsed<V>, fallback: V): V => {
    if ("value" in parsed) return parsed.value;
    if (fieldsOf(draft).includes(field)) errors[field] = parsed.error;
    return fallback;
  };
  const { texts, unit, shape } = draft;
  const rate = (field: "lr" | "low" | "end") =>
    read(field, parseNumber(texts[field], controls.lr), controls.lr.default);
  const steps = (field: (typeof lengthFields)[number]) => {
    const parsed = parseNumber(texts[field], lengthRange(unit, perEpoch));
    return Math.max(1, Math.round(read(field, parsed, 1) * (unit === "epochs" ? perEpoch : 1)));
  };
  const schedule: Schedule = {
    shape,
    lr: rate("lr"),
    low: rate("low"),
    end: rate("end"),
    factor: read("factor", parseNumber(texts.factor, factorRange), 1),
    length: steps("length"),
    warmUp: steps("warmUp"),
    every: steps("every"),
    corners: read("corners", parseCorners(texts.corners), []),
  };
  if (shape === "warmUpCosine" && schedule.warmUp >= schedule.length) {
    errors.warmUp ??= "The warm-up must be shorter than the whole schedule.";
  }
  return { schedule: Object.keys(errors).length > 0 ? null : schedule, errors };
}

const factorRange = { label: "The factor", min: 0.001, max: 1000 };

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
