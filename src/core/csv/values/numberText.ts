/** The decimal mark of the numbers of a column. */
export type Decimal = "." | ",";

/** A number as it is written: value under a decimal mark, and its currency code, “%”, or “” without a unit. */
export interface WrittenNumber {
  readonly value: number;
  readonly unit: string;
}

/** Texts that mean a missing value, in lower case. */
const missingTexts = new Set(
  "|na|n/a|n.a.|#n/a|#na|<na>|nan|-nan|nat|null|(null)|#null!|\\n|none|nil|?|-|--|---|–|—|−|.|..|…|missing|#div/0!|#value!|#ref!|#name?|#num!".split(
    "|",
  ),
);

/** Whether a text means a missing value. A currency sign before a dash is the accounting form of an empty cell. */
export const isMissingText = (text: string): boolean =>
  missingTexts.has(text.toLowerCase()) || /^\p{Sc}\s*[-–—]$/u.test(text);

/** The largest magnitude of a number, so that its square is finite. */
const maxMagnitude = 1e100;

const plainNumber = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i;

/** The plain numbers that are also numbers with a decimal comma, in which the point separates thousands. */
const groupedByPoint = /^[-+]?[1-9]\d{0,2}\.\d{3}$/;

/** Currency signs whose code is unambiguous enough to equal the code. */
const codeOfSign: Readonly<Record<string, string>> = {
  $: "USD",
  US$: "USD",
  "€": "EUR",
  "£": "GBP",
  "¥": "JPY",
  "₹": "INR",
};

/** ISO 4217 codes and the usual letters beside amounts. */
const codes = new Set(
  "AED ARS AUD BGN BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR ISK JPY KES KRW KZT MAD MXN MYR NGN NOK NZD PEN PHP PKR PLN QAR RON RSD RUB SAR SEK SGD THB TRY TWD UAH USD VND ZAR Fr. Fr kr kr. Kč Ft zł лв руб руб. Rs Rs. RM".split(
    " ",
  ),
);

const currency = String.raw`(?:[A-Z]{0,3}\p{Sc}|\p{L}{2,3}\.?)`;
const before = new RegExp(`^(${currency})\\s*(?=[-+(.,\\d])`, "u");
const after = new RegExp(`(?<=[\\d.,)-])\\s*(${currency})$`, "u");

/**
 * The number in a text as people write numbers: grouped digits, exponents, signs before or behind, accounting brackets, a
 * currency or a percent sign. A percentage is not divided by 100.
 *
 * @returns null where the text is not a number with this decimal mark, or one above 1e100
 */
export function numberOf(text: string, decimal: Decimal): WrittenNumber | null {
  if (plainNumber.test(text)) {
    if (decimal === "." || !text.includes(".")) return bounded(Number(text), "");
    return groupedByPoint.test(text) ? bounded(Number(text.replace(".", "")), "") : null;
  }
  if (text.length > 60 || !/\d/.test(text)) return null;
  let rest = text
    .replace(/[\u2010-\u2013\u2212\ufe63\uff0d]/g, "-")
    .replace(/\s+/g, " ")
    .trim();
  let [unit, negative, signed, bracketed] = ["", false, false, false];
  for (let part = rest; ; part = rest) {
    const sign = /^([-+]) ?(?=[^-+])/.exec(rest) ?? (signed ? null : /(?<=[\d.,]) ?(-)$/.exec(rest));
    const wrapped = /^\(([^()]+)\)$/.exec(rest);
    const money = before.exec(rest) ?? after.exec(rest);
    const percent = /^([%‰]) ?| ?([%‰])$/.exec(rest);
    if (/\d[.,] ?--?$/.test(rest)) {
      rest = rest.replace(/[.,] ?--?$/, ""); // “5,-” is the form of 5 without cents
    } else if (sign && !signed && !bracketed) {
      [signed, negative] = [true, sign[1] === "-"];
      rest = rest.replace(sign[0], "").trim();
    } else if (wrapped && !bracketed && !signed) {
      [bracketed, negative] = [true, true];
      rest = (wrapped[1] as string).trim();
    } else if (percent && !unit) {
      unit = (percent[1] ?? percent[2]) as string;
      rest = rest.replace(percent[0], "").trim();
    } else if (money && !unit) {
      const name = money[1] as string;
      if (!/\p{Sc}/u.test(name) && !codes.has(name)) return null;
      unit = codeOfSign[name] ?? name;
      rest = rest.replace(money[0], "").trim();
    }
    if (part === rest) break;
  }
  const value = digitsOf(rest, decimal);
  return value === null ? null : bounded(negative ? -value : value, unit);
}

const bounded = (value: number, unit: string): WrittenNumber | null =>
  Math.abs(value) <= maxMagnitude ? { value, unit } : null;

/** Digits in groups of three, or in those of India, between marks of one kind; a group mark is never the decimal mark. */
const grouped = /^[1-9]\d{0,2}(?:([.,'’ʼ`´_ ])\d{3})(?:\1\d{3})*$|^[1-9]\d?(?:,\d{2})+,\d{3}$/;

function digitsOf(text: string, decimal: Decimal): number | null {
  const [, main, exponent = ""] = /^([\d.,'’ʼ`´_ ]+)(e[-+]?\d+)?$/i.exec(text) ?? [];
  if (main === undefined) return null;
  const [whole = "", fraction = "", ...more] = main.split(decimal);
  if (more.length > 0 || !/^\d*$/.test(fraction) || whole + fraction === "") return null;
  if (/^\d*$/.test(whole)) return Number(`${whole || "0"}.${fraction || "0"}${exponent}`);
  if (exponent || !grouped.test(whole)) return null;
  return Number(`${whole.replace(/\D/g, "")}.${fraction || "0"}`);
}
