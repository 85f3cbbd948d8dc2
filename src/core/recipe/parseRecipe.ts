import { parameterCount } from "../data/problem";
import { withShape } from "../data/shipped";
import { History } from "../history/history";
import type { Control } from "./control";
import { controls, defaultRecipe, liveKeys, settingKeys } from "./controls";
import type { Edit, LiveSettings, Recipe, Settings } from "./recipe";

/** Bounds that no single setting has, so that no input can make the page hang. */
export const limits = {
  edits: 100_000,
  /** P, the parameters of a network. */
  parameters: 4_000_000,
  /** rows × (inputs + outputs). */
  values: 4_000_000,
  /** Entries of all row orders that a run file lists. */
  orderEntries: 20_000_000,
} as const;

/** Faults listed at most; the others are only counted. */
const maxFaults = 20;

/**
 * What an untrusted value says of a recipe. Never throws: every fault names the key, what was found and what is allowed;
 * what is valid stays, and the rest takes its default. Whether that is then used is for whoever asks to say.
 */
export function parseRecipe(input: unknown): { recipe: Recipe; errors: string[] } {
  const errors: string[] = [];
  const fields = fieldsOf(input);
  if (!fields) return { recipe: defaultRecipe, errors: [`recipe: found ${found(input)}; allowed: an object`] };
  const { edits: rawEdits, ...rest } = fields;
  const settings = { ...defaultRecipe, ...withShape(readSettings(rest, settingKeys, "", errors), errors) };
  const edits = "edits" in fields ? parseEdits(rawEdits, errors) : [];
  return { recipe: { ...withinLimits(settings, errors), edits }, errors: shortened(errors) };
}

/** Those of the allowed settings that an untrusted value names validly; anything else is a fault. Never throws. */
export function parseSettings<K extends keyof Settings>(
  input: unknown,
  allowed: readonly K[],
): { settings: Partial<Pick<Settings, K>>; errors: string[] } {
  const errors: string[] = [];
  const fields = fieldsOf(input);
  if (!fields) return { settings: {}, errors: [`settings: found ${found(input)}; allowed: an object`] };
  const settings = readSettings(fields, allowed, "", errors);
  return { settings, errors: shortened(errors) };
}

/** Edits in the order of their steps, one a step: of two that set a key at the same step the later in the list wins. */
export function mergeEdits(edits: readonly Edit[]): Edit[] {
  const atStep = new Map<number, Partial<LiveSettings>>();
  for (const { step, ...changes } of edits) atStep.set(step, { ...atStep.get(step), ...changes });
  return [...atStep]
    .filter(([, changes]) => Object.keys(changes).length > 0)
    .sort(([a], [b]) => a - b)
    .map(([step, changes]) => {
      const inTableOrder = liveKeys.filter((key) => key in changes).map((key) => [key, changes[key]]);
      return { step, ...Object.fromEntries(inTableOrder) };
    });
}

/** Whether a value is a step that a run can reach. */
export function isStep(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= History.capacity;
}

/** The own fields of an object, read once; null where there is none to read. Fields that are undefined are left out. */
export function fieldsOf(input: unknown): Record<string, unknown> | null {
  try {
    if (typeof input !== "object" || input === null || Array.isArray(input)) return null;
    return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  } catch {
    return null;
  }
}

/** A few words for a value of any kind. Never throws, never long. */
export function found(value: unknown): string {
  if (isList(value)) return value.length > 8 ? `a list of ${value.length}` : `[${Array.from(value, item).join(", ")}]`;
  return item(value);
}

function item(value: unknown): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
    case "undefined":
      return "nothing";
    case "number":
    case "boolean":
      return String(value);
    case "object":
      return value === null ? "null" : isList(value) ? "a list" : "an object";
    default:
      return `a ${typeof value}`;
  }
}

/** `Array.isArray`, which throws on a revoked proxy. */
export function isList(value: unknown): value is readonly unknown[] {
  try {
    return Array.isArray(value);
  } catch {
    return false;
  }
}

/** The valid settings among `fields`; the others become errors, `at` telling where they stand. */
export function readSettings<K extends keyof Settings>(
  fields: Readonly<Record<string, unknown>>,
  allowed: readonly K[],
  at: string,
  errors: string[],
): Partial<Pick<Settings, K>> {
  const settings: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(fields)) {
    if (!(allowed as readonly string[]).includes(key)) {
      const known = Object.hasOwn(controls, key);
      errors.push(`${at}${name(key)}: ${known ? "cannot be set here" : "unknown"}; known: ${allowed.join(", ")}`);
    } else if (accepts(controls[key as K], value)) {
      settings[key] = copied(value);
    } else {
      errors.push(`${at}${key}: found ${found(value)}; allowed: ${allowedBy(controls[key as K])}`);
    }
  }
  return settings as Partial<Pick<Settings, K>>;
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
        // Not `every`, which skips holes.
        Array.from(value).every((width) => inRange(width, control.min, control.max) && Number.isInteger(width))
      );
  }
}

const inRange = (value: unknown, min: number, max: number): boolean =>
  typeof value === "number" && value >= min && value <= max;

/** Lists are copied; −0, which compares as 0 and prints as −0 nowhere, becomes 0. */
const copied = (value: unknown): unknown => (isList(value) ? Array.from(value) : value === 0 ? 0 : value);

/** What a control allows, in words. */
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

function parseEdits(input: unknown, errors: string[]): Edit[] {
  if (!isList(input) || input.length > limits.edits) {
    errors.push(`edits: found ${found(input)}; allowed: lists of at most ${limits.edits} edits`);
    return [];
  }
  const edits: Edit[] = [];
  for (let i = 0; i < input.length; i++) {
    const { step, ...changes } = fieldsOf(input[i]) ?? {};
    if (isStep(step)) edits.push({ step, ...readSettings(changes, liveKeys, `edit at step ${step}, `, errors) });
    else {
      const what = fieldsOf(input[i]) ? `step: found ${found(step)}` : `found ${found(input[i])}`;
      errors.push(`edits[${i}]: ${what}; allowed: {step, …}, step a whole number from 1 to ${History.capacity}`);
    }
  }
  return mergeEdits(edits);
}

/** The settings with those brought back into bounds that are valid one by one but not together. */
function withinLimits<S extends Settings>(settings: S, errors: string[]): S {
  let { rows, outputs, hidden } = settings;
  const { inputs, dataset } = settings;
  if (dataset === "classes" && outputs < 2) {
    errors.push(`outputs: found ${outputs}; allowed: 2 or more for the data set classes`);
    outputs = 2;
  }
  const parameters = parameterCount([inputs, ...hidden, outputs]);
  if (parameters > limits.parameters) {
    hidden = defaultRecipe.hidden;
    errors.push(`hidden: found ${parameters} parameters; allowed: at most ${limits.parameters}`);
  }
  const most = Math.floor(limits.values / (inputs + outputs));
  if (rows > most) {
    errors.push(`rows: found ${rows} of ${inputs} inputs and ${outputs} outputs; allowed: at most ${most}`);
    rows = most;
  }
  return { ...settings, rows, outputs, hidden };
}

function shortened(errors: readonly string[]): string[] {
  const hidden = errors.length - maxFaults;
  return hidden > 0 ? [...errors.slice(0, maxFaults), `and ${hidden} more errors`] : [...errors];
}
