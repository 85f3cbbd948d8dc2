/** How numbers are written: 1234.5, 1234,5 or 1,234.5 (also 1.234,5). */
export type Dialect = "point" | "comma" | "grouped" | "groupedComma";

const patterns: Readonly<Record<Dialect, RegExp>> = {
  point: /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i,
  comma: /^[-+]?(\d+,?\d*|,\d+)(e[-+]?\d+)?$/i,
  grouped: /^[-+]?\d{1,3}(,\d{3})+(\.\d+)?$|^[-+]?\d+(\.\d+)?$/,
  groupedComma: /^[-+]?\d{1,3}(\.\d{3})+(,\d+)?$|^[-+]?\d+(,\d+)?$/,
};

/** Where columns are apart by commas, a comma within a number more likely groups its digits. */
const orders = {
  byComma: ["point", "grouped", "comma", "groupedComma"],
  else: ["point", "comma", "grouped", "groupedComma"],
} as const satisfies Record<string, readonly Dialect[]>;

/** The minus of typesetters is one, too. */
const plain = (text: string): string => text.replace("−", "-");

export const isNumber = (text: string): boolean => patterns.point.test(plain(text));

/** How a column's numbers are written: the first way by which all of them, or else most, can be read; `read` of them can. */
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

/** The number that a text means, ±∞ where it is too large for one; null where it means none. */
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
