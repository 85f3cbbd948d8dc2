import { isImplied } from "../data/fixed";
import { numbersOf, type Schedule } from "../schedule/schedule";
import { found } from "../untrusted";
import { controls, defaultRecipe, settingKeys } from "./controls";
import { parseRecipe } from "./parseRecipe";
import type { Edit, Recipe, Settings } from "./recipe";
import { isTracker } from "./trackers";

/**
 * The recipe as the hash of a link, with the settings that differ from the defaults; empty for the default recipe.
 * `#lr=0.01&hidden=16,16&activation=tanh&edits=120:lr=0.05,beta1=0.5;300:shuffle=true;400:schedule=cosine/lr=0.01/end=0/length=500`
 */
export function linkOf(recipe: Recipe): string {
  const parts = settingKeys
    .filter((key) => String(recipe[key]) !== String(defaultRecipe[key]) && !isImplied(recipe.dataset, key))
    .map((key) => `${key}=${textOf(recipe[key])}`);
  if (recipe.edits.length > 0) parts.push(`edits=${recipe.edits.map(textOfEdit).join(";")}`);
  return parts.length > 0 ? `#${parts.join("&")}` : "";
}

/** A number prints as the shortest decimal text that parses to the same number. */
const textOf = (value: Settings[keyof Settings]): string => String(value) || "none";

function textOfEdit({ step, schedule, ...settings }: Edit): string {
  const changes = { ...settings, ...(schedule && { schedule: textOfSchedule(schedule) }) };
  return `${step}:${Object.entries(changes)
    .map(([key, value]) => `${key}=${value}`)
    .join(",")}`;
}

/** The shape, its numbers and its corners: `cosine/lr=0.01/end=0/length=2000`, `drawn/length=400/0:0.01/0.5:0.1`. */
function textOfSchedule(schedule: Schedule): string {
  const numbers = numbersOf[schedule.shape].map(
    (name) => `${name}=${(schedule as Readonly<Record<string, unknown>>)[name]}`,
  );
  const corners = schedule.shape === "drawn" ? schedule.corners.map(({ at, value }) => `${at}:${value}`) : [];
  return [schedule.shape, ...numbers, ...corners].join("/");
}

/** The recipe in the hash of a link. Never throws: each part that cannot be used adds an error, and the other parts are used. */
export function parseLink(hash: string): { recipe: Recipe; errors: string[] } {
  const errors: string[] = [];
  const pairs = pairsIn(hash.replace(/^#/, ""), "&", "", errors).filter(([key]) => !isTracker(key));
  const fields = pairs.map(([key, text]) => {
    const value = unescaped(key, text, errors);
    return [key, key === "edits" ? editsIn(value, errors) : readText(key, value)];
  });
  const parsed = parseRecipe(Object.fromEntries(fields));
  return { recipe: parsed.recipe, errors: [...errors, ...parsed.errors] };
}

/** `key=value` pairs. A repeated key adds an error, and its last value is used. */
function pairsIn(text: string, separator: string, at: string, errors: string[]): [string, string][] {
  const pairs = new Map<string, string>();
  for (const part of text.split(separator)) {
    if (part === "") continue;
    const equals = part.indexOf("=");
    const key = equals < 0 ? part : part.slice(0, equals);
    if (pairs.has(key)) errors.push(`${at}${found(key)}: found twice; the last value is used`);
    pairs.set(key, equals < 0 ? "" : part.slice(equals + 1));
  }
  return [...pairs];
}

function unescaped(key: string, text: string, errors: string[]): string {
  try {
    return decodeURIComponent(text);
  } catch {
    errors.push(`${found(key)}: found a malformed % escape in ${found(text)}; the text is used unchanged`);
    return text;
  }
}

/** The text converted to the type of the setting; the text itself where it has another type, so that `parseRecipe` reports it. */
function readText(key: string, text: string): unknown {
  switch (Object.hasOwn(controls, key) ? controls[key as keyof Settings].kind : null) {
    case "number":
      return numberIn(text);
    case "toggle":
      return text === "true" || (text === "false" ? false : text);
    case "widths":
      return text === "" || text === "none" ? [] : text.split(",").map(numberIn);
    default:
      return text;
  }
}

/** The schedule of a text of `textOfSchedule`, for `parseRecipe` to check. */
function readSchedule(text: string, at: string, errors: string[]): unknown {
  const [shape, ...parts] = text.split("/");
  const isCorner = (part: string) => part.includes(":");
  const numbers = pairsIn(parts.filter((part) => !isCorner(part)).join("/"), "/", `${at}schedule.`, errors);
  const corners = parts.filter(isCorner).map((part) => {
    const [at = "", value = ""] = part.split(":");
    return { at: numberIn(at), value: numberIn(value) };
  });
  return {
    shape,
    ...Object.fromEntries(numbers.map(([name, number]) => [name, numberIn(number)])),
    ...(corners.length > 0 && { corners }),
  };
}

const numberIn = (text: string): unknown => (/^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : text);

function editsIn(text: string, errors: string[]): unknown[] {
  return text.split(";").flatMap((edit) => {
    if (edit === "") return [];
    const colon = edit.indexOf(":");
    if (colon < 0) {
      errors.push(`edits: found ${found(edit)}; allowed: step:key=value,key=value`);
      return [];
    }
    const step = edit.slice(0, colon);
    const at = `edit at step ${step.slice(0, 40)}, `;
    const changes = pairsIn(edit.slice(colon + 1), ",", at, errors).filter(([key]) => {
      if (key === "step") errors.push(`${at}step: allowed only before the colon`);
      return key !== "step";
    });
    return [
      {
        step: numberIn(step),
        ...Object.fromEntries(
          changes.map(([key, value]) => [
            key,
            key === "schedule" ? readSchedule(value, at, errors) : readText(key, value),
          ]),
        ),
      },
    ];
  });
}
