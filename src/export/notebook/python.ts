/** Columns of a line of base64. */
const lineWidth = 116;

/** A number, a string or null as a Python literal; null and a number that is not finite are None. */
export const literal = (value: number | string | null): string => {
  const json = JSON.stringify(value);
  return json === "null" ? "None" : json;
};

/** A Python list of literals, on one line. */
export const listOf = (values: Iterable<number | string | null>): string =>
  `[${Array.from(values, literal).join(", ")}]`;

/** A Python dict with string keys; undefined fields are omitted. */
export function dictOf(fields: object): string {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return `{${entries.map(([key, value]) => `${literal(key)}: ${literal(value as number | string)}`).join(", ")}}`;
}

/** Base64 as a Python string of many lines; Python's decoder ignores the line ends. */
export const textBlock = (base64: string): string =>
  `"""\n${(base64.match(new RegExp(`.{1,${lineWidth}}`, "g")) ?? []).join("\n")}\n"""`;
