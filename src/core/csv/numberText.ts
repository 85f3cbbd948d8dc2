/** Number formats: point 1234.5, comma 1234,5, grouped 1,234.5, groupedComma 1.234,5. */
export type Dialect = "point" | "comma" | "grouped" | "groupedComma";

const patterns: Readonly<Record<Dialect, RegExp>> = {
  point: /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i,
  comma: /^[-+]?(\d+,?\d*|,\d+)(e[-+]?\d+)?$/i,
  grouped: /^[-+]?\d{1,3}(,\d{3})+(\.\d+)?$|^[-+]?\d+(\.\d+)?$/,
  groupedComma: /^[-+]?\d{1,3}(\.\d{3})+(,\d+)?$|^[-+]?\d+(,\d+)?$/,
};

/** Formats in the order of preference. In a comma-separated file a comma within a number is more likely a group separator. */
const orders = {
  byComma: ["point", "grouped", "comma", "groupedComma"],
  else: ["point", "comma", "grouped", "groupedComma"],
} as const satisfies Record<string, readonly Dialect[]>;

/** The text with a typographic minus sign replaced by “-”. */
const plain = (text: string): string => text.replace("−", "-");

export const isNumber = (text: string): boolean => patterns.point.test(plain(text));

/** The format that reads most of the texts, the first in the order of preference among equals; `read` is their number. */
export function dialectOf(
  texts: readonly string[],
  delimiter: string,
): { readonly dialect: Dialect; readonly read: number } {
  let best: { dialect: Dialect; read: number } = { dialect: "point", read: -1 };
  for (const dialect of delimiter === "," ? orders.byComma : orders.else) {
    const read = texts.filter((text) => patterns[dialect].test(plain(text))).length;
    if (read > best.read) best = { dialect, read };
  }
  return best;
}

/** The number in a text; ±∞ where it is too large; null where the text is not a number in this format. */
export function numberOf(text: string, dialect: Dialect): number | null {
  const written = plain(text);
  if (!patterns[dialect].test(written)) return null;
  switch (dialect) {
    case "point":
      return Number(written);
    case "grouped":
      return Number(written.replaceAll(",", ""));
    case "comma":
    case "groupedComma":
      return Number(written.replaceAll(".", "").replace(",", "."));
  }
}
