/** Reading values of unknown type: JSON of a file, arguments of a script, messages. Nothing here throws. */

/** The own fields of an object, each read once, without the undefined ones; null where the value is no readable object. */
export function fieldsOf(input: unknown): Record<string, unknown> | null {
  try {
    if (typeof input !== "object" || input === null || Array.isArray(input)) return null;
    return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  } catch {
    return null;
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

/** The value in a few words, for the part "found X" of an error message. */
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
