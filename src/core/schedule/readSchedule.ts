import { limits } from "../limits";
import { controls } from "../recipe/controls";
import { fieldsOf, found, isList } from "../untrusted";
import type { Corner } from "./polyline";
import { type NumberName, numbersOf, rateAt, type Schedule, type ShapeName, shapeNames } from "./schedule";

/** The range of a number. */
interface Range {
  readonly min: number;
  readonly max: number;
  readonly integer?: boolean;
}

const steps: Range = { min: 1, max: limits.steps, integer: true };
/** The start of a warm-up and the end of a decay may be 0, as in PyTorch and optax. */
const orZero: Range = { min: 0, max: controls.lr.max };

export const numberRanges: Readonly<Record<NumberName, Range>> = {
  lr: controls.lr,
  low: orZero,
  end: orZero,
  factor: { min: 0.001, max: 1000 },
  power: { min: 0.01, max: 100 },
  every: steps,
  up: steps,
  down: steps,
  warmUp: steps,
  decay: steps,
  length: steps,
};

export const maxCorners = 200;

/**
 * The schedule in an untrusted value; null where a part is missing or invalid. Never throws. An absent `key` is lr.
 *
 * @param at prefix of the field names in error messages
 * @param errors receives a message for each fault; an unknown field is ignored
 */
export function readSchedule(input: unknown, at: string, errors: string[]): Schedule | null {
  const fields = fieldsOf(input);
  const faults: string[] = [];
  const fault = (field: string, value: unknown, allowed: string) =>
    faults.push(`${at}${field}: found ${found(value)}; allowed: ${allowed}`);
  if (!fields) {
    errors.push(`${at.replace(/\.$/, "")}: found ${found(input)}; allowed: {shape, …}`);
    return null;
  }
  const { key = "lr", shape: name, ...values } = fields;
  const shape = shapeNames.find((one) => one === name);
  if (key !== "lr") fault("key", key, "lr");
  if (!shape) fault("shape", name, shapeNames.join(", "));
  const schedule = shape && scheduleOf(shape, values, fault);
  errors.push(...faults);
  if (!schedule || faults.length > 0) return null;
  const known = ["key", "shape", ...numbersOf[schedule.shape], ...(schedule.shape === "drawn" ? ["corners"] : [])];
  for (const field of Object.keys(values)) {
    if (!known.includes(field))
      errors.push(`${at}${/^\w{1,40}$/.test(field) ? field : found(field)}: unknown; allowed: ${known.join(", ")}`);
  }
  return schedule;
}

type Fault = (field: string, value: unknown, allowed: string) => void;

/** The schedule of this shape; invalid where a fault is reported. */
function scheduleOf(shape: ShapeName, values: Readonly<Record<string, unknown>>, fault: Fault): Schedule {
  const numbers = numbersOf[shape].map((name) => [name, numberIn(name, values[name], fault)] as const);
  const corners = shape === "drawn" && { corners: cornersIn(values.corners, fault) };
  const schedule = { key: "lr", shape, ...Object.fromEntries(numbers), ...corners } as unknown as Schedule;
  checkTogether(schedule, fault);
  return schedule;
}

/** Reports numbers that are valid one by one, but not together. */
function checkTogether(schedule: Schedule, fault: Fault): void {
  const { length } = schedule;
  const { max } = controls.lr;
  switch (schedule.shape) {
    case "warmUpCosine":
    case "oneCycle":
      if (schedule.warmUp >= length) fault("warmUp", schedule.warmUp, `whole numbers below the length ${length}`);
      break;
    case "wsd":
      if (schedule.warmUp >= length) fault("warmUp", schedule.warmUp, `whole numbers below the length ${length}`);
      else if (schedule.decay > length - schedule.warmUp)
        fault("decay", schedule.decay, `whole numbers up to ${length - schedule.warmUp}, the length after the warm-up`);
      break;
    case "cyclic":
      if (schedule.factor > 1) fault("factor", schedule.factor, `numbers from ${numberRanges.factor.min} to 1`);
      break;
    case "steps":
      if (rateAt(schedule, length) > max)
        fault("factor", schedule.factor, `factors with which the learning rate stays at most ${max}`);
  }
}

function numberIn(name: NumberName, value: unknown, fault: Fault): number {
  const { min, max, integer = false } = numberRanges[name];
  if (isNumber(value, min, max) && (!integer || Number.isInteger(value))) return value + 0;
  fault(name, value, `${integer ? "whole numbers" : "numbers"} from ${min} to ${max}`);
  return Number.NaN;
}

function cornersIn(input: unknown, fault: Fault): Corner[] {
  const { min, max } = controls.lr;
  if (!isList(input) || input.length < 1 || input.length > maxCorners) {
    fault("corners", input, `lists of 1 to ${maxCorners} corners`);
    return [];
  }
  const corners: Corner[] = [];
  for (const [i, item] of Array.from(input).entries()) {
    const { at, value } = fieldsOf(item) ?? {};
    const previous = corners.at(-1)?.at ?? 0;
    if (!isNumber(at, 0, 1)) fault(`corners[${i}].at`, at, "numbers from 0 to 1");
    else if (at < previous) fault(`corners[${i}].at`, at, `numbers from ${previous}, the corner before, to 1`);
    else if (!isNumber(value, min, max)) fault(`corners[${i}].value`, value, `numbers from ${min} to ${max}`);
    else {
      corners.push({ at: at + 0, value });
      continue;
    }
    // One message per list: a fault in one corner shifts the meaning of the next.
    return corners;
  }
  return corners;
}

const isNumber = (value: unknown, min: number, max: number): value is number =>
  typeof value === "number" && value >= min && value <= max;
