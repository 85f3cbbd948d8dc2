import { withDataset } from "../data/fixed";
import { parameterCount } from "../data/problem";
import { limits } from "../limits";
import { readSchedule } from "../schedule/readSchedule";
import { fieldsOf, found, isList } from "../untrusted";
import { defaultRecipe, liveKeys, settingKeys } from "./controls";
import { isStep, mergeEdits } from "./mergeEdits";
import { readSettings } from "./readSettings";
import type { Change, Edit, LiveChange, Recipe, Settings } from "./recipe";

/** Errors listed at most; further errors are only counted. */
const maxErrors = 20;

/**
 * The recipe in an untrusted value. Never throws: valid settings are kept, and every other setting takes its default and
 * adds an error that names the key, the value found and the values allowed. The caller decides whether errors are fatal.
 */
export function parseRecipe(input: unknown): { recipe: Recipe; errors: string[] } {
  const errors: string[] = [];
  const fields = fieldsOf(input);
  if (!fields) return { recipe: defaultRecipe, errors: [`recipe: found ${found(input)}; allowed: an object`] };
  const { edits: rawEdits, ...rest } = fields;
  const given = readSettings(rest, settingKeys, "", errors);
  const settings = withDataset({ ...defaultRecipe, ...given }, given, errors);
  const edits = "edits" in fields ? parseEdits(rawEdits, errors) : [];
  return { recipe: { ...withinLimits(settings, errors), edits }, errors: shortened(errors) };
}

/** The valid settings in an untrusted value, of the allowed keys only; every other entry adds an error. Never throws. */
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

/** The valid live settings in an untrusted value, and a schedule; null ends the schedule in force. Never throws. */
export function parseChange(input: unknown): { change: LiveChange; errors: string[] } {
  const errors: string[] = [];
  const fields = fieldsOf(input);
  if (!fields) return { change: {}, errors: [`settings: found ${found(input)}; allowed: an object`] };
  const { schedule, ...settings } = fields;
  const change =
    schedule === null
      ? { ...readSettings(settings, liveKeys, "", errors, ["schedule"]), schedule }
      : readChange(fields, "", errors);
  return { change, errors: shortened(errors) };
}

/** Where both lr and a schedule of lr are found, lr is ignored. */
function readChange(fields: Readonly<Record<string, unknown>>, at: string, errors: string[]): Change {
  const { schedule: input, ...settings } = fields;
  const change = readSettings(settings, liveKeys, at, errors, ["schedule"]);
  const schedule = input === undefined ? null : readSchedule(input, `${at}schedule.`, errors);
  if (!schedule) return change;
  const { lr, ...others } = change;
  if (lr !== undefined) errors.push(`${at}lr: found ${lr} beside a schedule of lr; allowed: one of them`);
  return { ...others, schedule };
}

function parseEdits(input: unknown, errors: string[]): Edit[] {
  if (!isList(input) || input.length > limits.edits) {
    errors.push(`edits: found ${found(input)}; allowed: lists of at most ${limits.edits} edits`);
    return [];
  }
  const edits: Edit[] = [];
  for (let i = 0; i < input.length; i++) {
    const { step, ...changes } = fieldsOf(input[i]) ?? {};
    if (isStep(step)) edits.push({ step, ...readChange(changes, `edit at step ${step}, `, errors) });
    else {
      const problem = fieldsOf(input[i]) ? `step: found ${found(step)}` : `found ${found(input[i])}`;
      errors.push(`edits[${i}]: ${problem}; allowed: {step, …}, step a whole number from 1 to ${limits.steps}`);
    }
  }
  reportRepeats(edits, errors);
  return mergeEdits(edits);
}

/** Adds an error for each key that two edits of one step set to different values. */
function reportRepeats(edits: readonly Edit[], errors: string[]): void {
  const atStep = new Map<number, Change>();
  for (const { step, ...change } of edits) {
    const before = atStep.get(step) ?? {};
    for (const key of Object.keys(change) as (keyof Change)[])
      if (key in before && String(before[key]) !== String(change[key]))
        errors.push(`edit at step ${step}, ${key}: found twice; the last value is used`);
    atStep.set(step, { ...before, ...change });
  }
}

/** The settings, with combinations of valid values that exceed a limit reduced to the limit; each reduction adds an error. */
function withinLimits<S extends Settings>(settings: S, errors: string[]): S {
  let { rows, hidden } = settings;
  const { inputs, outputs } = settings;
  const parameters = parameterCount([inputs, ...hidden, outputs]);
  if (parameters > limits.parameters) {
    hidden = defaultRecipe.hidden;
    errors.push(`hidden: found ${parameters} parameters; allowed: at most ${limits.parameters}`);
  }
  const maxRows = Math.floor(limits.values / (inputs + outputs));
  if (rows > maxRows) {
    errors.push(`rows: found ${rows} of ${inputs} inputs and ${outputs} outputs; allowed: at most ${maxRows}`);
    rows = maxRows;
  }
  return { ...settings, rows, hidden };
}

function shortened(errors: readonly string[]): string[] {
  const hidden = errors.length - maxErrors;
  return hidden > 0 ? [...errors.slice(0, maxErrors), `and ${hidden} more errors`] : [...errors];
}
