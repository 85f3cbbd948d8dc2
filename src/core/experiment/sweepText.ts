import { parseSettings } from "../recipe/parseRecipe";
import { found } from "../untrusted";
import { defaultSweep, type SecondKey, type SecondValue, type Sweep, secondKeys, sweepBounds } from "./sweep";

/** A sweep as the text of a link: `lr:0.0001..1:9;seeds:3;steps:500;batchSize:8,32,128`. */
export function sweepText({ rates: { from, to, count }, second, seeds, steps }: Sweep): string {
  const rates = count === 1 ? `${from}` : `${from}..${to}:${count}`;
  const values = second ? [`${second.key}:${second.values.join(",")}`] : [];
  return [`lr:${rates}`, `seeds:${seeds}`, `steps:${steps}`, ...values].join(";").replaceAll("e+", "e");
}

/**
 * The sweep in a text of `sweepText`. Never throws: a part that cannot be used takes its default and adds an error that names
 * the part, the text found and the texts allowed; so does a grid of too many runs.
 */
export function parseSweep(text: string): { sweep: Sweep; errors: string[] } {
  const errors: string[] = [];
  let sweep = defaultSweep;
  const seen = new Set<string>();
  for (const part of text.split(";").filter((part) => part.trim() !== "")) {
    const [key = "", value = ""] = part.split(/:(.*)/s).map((piece) => piece.trim());
    if (seen.has(key)) errors.push(`${found(key)}: found twice; the last value is used`);
    seen.add(key);
    const second = secondKeys.find((name) => name === key);
    if (second) {
      if (sweep.second && sweep.second.key !== second) {
        errors.push(`${key}: found beside ${sweep.second.key}; allowed: one setting besides lr. The last one is used.`);
      }
      const values = valuesIn(second, value, errors);
      if (values) sweep = { ...sweep, second: { key: second, values } };
    } else if (key === "lr") sweep = { ...sweep, rates: ratesFrom(value, errors) ?? sweep.rates };
    else if (key === "seeds" || key === "steps") {
      sweep = { ...sweep, [key]: countIn(key, value, sweepBounds[key], errors) ?? sweep[key] };
    } else errors.push(`${found(key)}: unknown; allowed: lr, seeds, steps, ${secondKeys.join(", ")}`);
  }
  const runs = sweep.rates.count * (sweep.second?.values.length ?? 1) * sweep.seeds;
  if (runs <= sweepBounds.runs) return { sweep, errors };
  errors.push(`runs: found ${runs}; allowed: at most ${sweepBounds.runs}`);
  return { sweep: defaultSweep, errors };
}

function ratesFrom(text: string, errors: string[]): Sweep["rates"] | null {
  const { from, to, count } = /^(?<from>[^:]*?)\.\.(?<to>[^:]*):(?<count>[^:]*)$/.exec(text)?.groups ?? {};
  if (from === undefined || to === undefined || count === undefined) {
    const only = settingIn("lr", text, errors);
    return only === null ? null : { from: only, to: only, count: 1 };
  }
  const [low, high] = [settingIn("lr", from, errors), settingIn("lr", to, errors)];
  const rates = countIn("number of learning rates", count, sweepBounds.rates, errors, 2);
  if (low === null || high === null || rates === null) return null;
  if (low < high) return { from: low, to: high, count: rates };
  errors.push(`lr: found ${low}..${high}; allowed: a first learning rate below the last one`);
  return null;
}

function valuesIn(key: SecondKey, text: string, errors: string[]): SecondValue[] | null {
  const texts = text === "" ? [] : text.split(",").map((part) => part.trim());
  if (texts.length < 1 || texts.length > sweepBounds.values) {
    errors.push(`${key}: found ${texts.length} values; allowed: 1 to ${sweepBounds.values}, separated by commas`);
    return null;
  }
  const values = texts.map((value) => settingIn(key, value, errors));
  return values.includes(null) ? null : [...new Set(values as SecondValue[])];
}

/** The valid value of a setting; null adds an error. */
function settingIn<K extends SecondKey | "lr">(
  key: K,
  text: string,
  errors: string[],
): (K extends "lr" ? number : SecondValue) | null {
  const value = key === "optimiser" ? text : numberIn(text);
  const parsed = parseSettings({ [key]: value }, [key]);
  errors.push(...parsed.errors);
  return (parsed.settings[key] as (K extends "lr" ? number : SecondValue) | undefined) ?? null;
}

function countIn(name: string, text: string, max: number, errors: string[], min = 1): number | null {
  const count = numberIn(text);
  if (typeof count === "number" && Number.isInteger(count) && count >= min && count <= max) return count;
  errors.push(`${name}: found ${found(count)}; allowed: whole numbers from ${min} to ${max}`);
  return null;
}

const numberIn = (text: string): number | string =>
  /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : text;
