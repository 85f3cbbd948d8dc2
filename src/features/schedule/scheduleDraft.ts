import { History } from "../../core/history/history";
import type { NumberControl } from "../../core/recipe/control";
import { controls } from "../../core/recipe/controls";
import type { Corner } from "../../core/schedule/polyline";
import { type Schedule, type ScheduleNumbers, type ShapeName, shapes } from "../../core/schedule/schedule";
import { niceCeil } from "../../kit/chart/domains";
import { type Parsed, parseNumber } from "../../kit/fields/parseNumber";
import { formatSetting } from "../../kit/text/format";
import type { RunState } from "../../session/state";

export const units = ["steps", "epochs"] as const;
export type Unit = (typeof units)[number];
export type DraftField = keyof ScheduleNumbers | "length" | "corners";

/** A schedule as it is being typed. */
export interface Draft {
  readonly shape: ShapeName;
  /** Of every length. */
  readonly unit: Unit;
  readonly texts: Readonly<Record<DraftField, string>>;
}

/** Lengths, in the draft's unit. */
const lengths = ["length", "warmUp", "every"] as const;
const leastSteps = 1000;
/** Corners that may be typed: no hand draws as many. */
const mostCorners = 200;

/** Steps that an epoch takes with the batch size as it stands. */
export function stepsPerEpoch({ recipe, settings }: Pick<RunState, "recipe" | "settings">): number {
  return Math.ceil(recipe.rows / Math.min(settings.batchSize, recipe.rows));
}

/** A cosine over the rest of the run: to where it is going or has been, else to the next round step, a thousand at least. */
export function newDraft(run: Pick<RunState, "step" | "known" | "goal" | "settings">): Draft {
  const { step, known, goal, settings } = run;
  const end = goal?.to ?? (known > step ? known : niceCeil(Math.max(leastSteps, 2 * step)));
  const length = Math.max(1, Math.min(end, History.capacity) - step);
  const hundredth = textOf(Math.max(settings.lr / 100, controls.lr.min));
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

const textOf = (x: number): string => formatSetting(Number(x.toPrecision(3)));

/** The fields that a draft's shape uses, in their order. */
export function fieldsOf({ shape }: Draft): DraftField[] {
  const numbers = Object.keys(shapes[shape].numbers) as DraftField[];
  if (shape === "constant") return numbers;
  return shape === "drawn" ? ["length", "corners"] : [...numbers, "length"];
}

/** The schedule that a draft means; null, and what is wrong by field, where it means none. */
export function readDraft(draft: Draft, perEpoch: number) {
  const faults: Partial<Record<DraftField, string>> = {};
  const read = <V>(field: DraftField, parsed: Parsed<V>, unused: V): V => {
    if ("value" in parsed) return parsed.value;
    if (fieldsOf(draft).includes(field)) faults[field] = parsed.fault;
    return unused;
  };
  const { texts, unit, shape } = draft;
  const rate = (field: "lr" | "low" | "end") =>
    read(field, parseNumber(texts[field], controls.lr), controls.lr.default);
  const steps = (field: (typeof lengths)[number]) => {
    const parsed = parseNumber(texts[field], lengthIn(unit, perEpoch));
    return Math.max(1, Math.round(read(field, parsed, 1) * (unit === "epochs" ? perEpoch : 1)));
  };
  const schedule: Schedule = {
    shape,
    lr: rate("lr"),
    low: rate("low"),
    end: rate("end"),
    factor: read("factor", parseNumber(texts.factor, factor), 1),
    length: steps("length"),
    warmUp: steps("warmUp"),
    every: steps("every"),
    corners: read("corners", parseCorners(texts.corners), []),
  };
  if (shape === "warmUpCosine" && schedule.warmUp >= schedule.length) {
    faults.warmUp ??= "The warm-up has to be shorter than the whole.";
  }
  return { schedule: Object.keys(faults).length > 0 ? null : schedule, faults };
}

const factor = { label: "The factor", min: 0.001, max: 1000 };

const lengthIn = (unit: Unit, perEpoch: number): Pick<NumberControl, "label" | "min" | "max" | "integer"> =>
  unit === "steps"
    ? { label: "A length", min: 1, max: History.capacity, integer: true }
    : { label: "A length", min: textual(1 / perEpoch), max: textual(History.capacity / perEpoch) };

const textual = (x: number): number => Number(x.toPrecision(4));

/** The same draft with its lengths in another unit. */
export function inUnit(draft: Draft, unit: Unit, perEpoch: number): Draft {
  if (unit === draft.unit) return draft;
  const texts = { ...draft.texts };
  for (const field of lengths) {
    const length = Number(texts[field]);
    if (length > 0)
      texts[field] = String(unit === "steps" ? Math.max(1, Math.round(length * perEpoch)) : textual(length / perEpoch));
  }
  return { ...draft, unit, texts };
}

/** Corners as they are typed: “0% 0.001, 20% 0.05, 100% 1e-5”. */
export function cornersText(corners: readonly Corner[]): string {
  return corners.map(({ at, value }) => `${Number((100 * at).toFixed(1))}% ${textOf(value)}`).join(", ");
}

function parseCorners(text: string): Parsed<Corner[]> {
  const corners: Corner[] = [];
  for (const part of text.split(/[,;]/)) {
    if (part.trim() === "") continue;
    const [, place, rate] = /^\s*(\d+\.?\d*|\.\d+)\s*%\s*(\S+)\s*$/.exec(part) ?? [];
    if (place === undefined || rate === undefined || Number(place) > 100)
      return { fault: `“${part.trim()}” is no corner: write 20% 0.05, a place from 0% to 100% and a learning rate.` };
    const parsed = parseNumber(rate, controls.lr);
    if ("fault" in parsed) return parsed;
    corners.push({ at: Number(place) / 100, value: parsed.value });
  }
  if (corners.length === 0)
    return { fault: "Draw on the plot, or type corners such as 0% 0.001, 20% 0.05, 100% 1e-5." };
  if (corners.length > mostCorners) return { fault: `At most ${mostCorners} corners.` };
  return { value: corners.sort((a, b) => a.at - b.at) };
}
