import { isShapeKey, isShipped } from "../data/shipped";
import { found } from "../untrusted";
import { controls, defaultRecipe, settingKeys } from "./controls";
import { parseRecipe } from "./parseRecipe";
import type { Edit, Recipe, Settings } from "./recipe";

/**
 * The recipe as the hash of a link, what differs from the defaults only; empty where nothing does.
 * `#lr=0.01&hidden=16,16&activation=tanh&edits=120:lr=0.05,beta1=0.5;300:shuffle=true`
 */
export function linkOf(recipe: Recipe): string {
  const parts = settingKeys
    .filter(
      (key) => String(recipe[key]) !== String(defaultRecipe[key]) && !(isShipped(recipe.dataset) && isShapeKey(key)),
    )
    .map((key) => `${key}=${textOf(recipe[key])}`);
  if (recipe.edits.length > 0) parts.push(`edits=${recipe.edits.map(textOfEdit).join(";")}`);
  return parts.length > 0 ? `#${parts.join("&")}` : "";
}

/** Numbers print as the shortest text that reads back as the same number. */
const textOf = (value: Settings[keyof Settings]): string => String(value) || "none";

function textOfEdit({ step, ...changes }: Edit): string {
  return `${step}:${Object.entries(changes)
    .map(([key, value]) => `${key}=${value}`)
    .join(",")}`;
}

/** What a link's hash says of a recipe. Never throws: what cannot be used is named, and the rest is used. */
export function parseLink(hash: string): { recipe: Recipe; errors: string[] } {
  const errors: string[] = [];
  const fields = pairsIn(hash.replace(/^#/, ""), "&", "", errors).map(([key, text]) => {
    const value = unescaped(key, text, errors);
    return [key, key === "edits" ? editsIn(value, errors) : readText(key, value)];
  });
  const parsed = parseRecipe(Object.fromEntries(fields));
  return { recipe: parsed.recipe, errors: [...errors, ...parsed.errors] };
}

/** `key=value` pairs; a key that comes twice is a fault, and its last value stays. */
function pairsIn(text: string, separator: string, at: string, errors: string[]): [string, string][] {
  const pairs = new Map<string, string>();
  for (const part of text.split(separator)) {
    if (part === "") continue;
    const equals = part.indexOf("=");
    const key = equals < 0 ? part : part.slice(0, equals);
    if (pairs.has(key)) errors.push(`${at}${found(key)}: found twice; the last is used`);
    pairs.set(key, equals < 0 ? "" : part.slice(equals + 1));
  }
  return [...pairs];
}

function unescaped(key: string, text: string, errors: string[]): string {
  try {
    return decodeURIComponent(text);
  } catch {
    errors.push(`${found(key)}: found a malformed % escape in ${found(text)}; it is read as it stands`);
    return text;
  }
}

/** The value that a text means for a setting; the text itself where it means none, for the recipe's parser to refuse. */
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
      if (key === "step") errors.push(`${at}step: stands before the colon`);
      return key !== "step";
    });
    return [
      { step: numberIn(step), ...Object.fromEntries(changes.map(([key, value]) => [key, readText(key, value)])) },
    ];
  });
}
