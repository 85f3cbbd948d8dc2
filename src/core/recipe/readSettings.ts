import { found, isList } from "../untrusted";
import type { Control } from "./control";
import { controls } from "./controls";
import type { Settings } from "./recipe";

/**
 * The valid settings among `fields`.
 *
 * @param allowed the keys that may be set
 * @param at prefix of the field names in error messages
 * @param others further keys that the caller reads, for the messages
 * @param errors receives a message for each unknown key and each invalid value
 */
export function readSettings<K extends keyof Settings>(
  fields: Readonly<Record<string, unknown>>,
  allowed: readonly K[],
  at: string,
  errors: string[],
  others: readonly string[] = [],
): Partial<Pick<Settings, K>> {
  const settings: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(fields)) {
    if (!(allowed as readonly string[]).includes(key)) {
      const known = Object.hasOwn(controls, key);
      errors.push(
        `${at}${name(key)}: ${known ? "cannot be set here" : "unknown"}; allowed: ${[...allowed, ...others].join(", ")}`,
      );
    } else if (accepts(controls[key as K], value)) {
      settings[key] = copied(value);
    } else {
      errors.push(`${at}${key}: found ${found(value)}; allowed: ${allowedBy(controls[key as K])}`);
    }
  }
  return settings as Partial<Pick<Settings, K>>;
}

/** The values that a control allows, for the part "allowed: X" of an error message. */
export function allowedBy(control: Control): string {
  switch (control.kind) {
    case "number":
      return `${control.integer ? "whole numbers" : "numbers"} from ${control.min} to ${control.max}`;
    case "choice":
      return control.options.map(({ value }) => value).join(", ");
    case "toggle":
      return "true, false";
    case "widths":
      return `lists of at most ${control.maxLayers} whole numbers from ${control.min} to ${control.max}`;
  }
}

const name = (key: string): string => (/^\w{1,40}$/.test(key) ? key : found(key));

function accepts(control: Control, value: unknown): boolean {
  switch (control.kind) {
    case "number":
      return inRange(value, control.min, control.max) && (!control.integer || Number.isInteger(value));
    case "choice":
      return control.options.some((option) => option.value === value);
    case "toggle":
      return typeof value === "boolean";
    case "widths":
      return (
        isList(value) &&
        value.length <= control.maxLayers &&
        // `every` on the list itself would skip the holes of a sparse array.
        Array.from(value).every((width) => inRange(width, control.min, control.max) && Number.isInteger(width))
      );
  }
}

const inRange = (value: unknown, min: number, max: number): boolean =>
  typeof value === "number" && value >= min && value <= max;

/** Lists are copied. −0 becomes 0, because a link prints both as 0. */
const copied = (value: unknown): unknown => (isList(value) ? Array.from(value) : value === 0 ? 0 : value);
