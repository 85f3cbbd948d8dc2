import { monthOf } from "./monthNames";

/** The order of day and month in dates of numbers such as 1/8/90. */
export type DayOrder = "day" | "month";

/** A date, a time of day, or both, in UTC. */
export interface Moment {
  /** Days since 1970-01-01, or the fraction of a day where there is no date. */
  readonly days: number;
  /** Whether the text has a date, and whether it has a time of day. */
  readonly dated: boolean;
  readonly timed: boolean;
}

const dayMs = 86_400_000;

const time = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:\s*([ap])\.?\s?m\.?)?`;
const zone = String.raw`(?:\s*(Z|UTC|GMT|(?:UTC|GMT)?[-+]\d{2}:?(?:\d{2})?))?(?:\s*\([^)]*\))?`;
const timeAtEnd = new RegExp(`(?:^|(?<=\\d)T|[\\s,]+)${time}${zone}$`, "i");

/**
 * The moment in a text: ISO 8601, dates of numbers, dates with the name of a month, quarters and weeks, each with or without a time,
 * and times alone. A time without a zone is UTC. A year alone is a number, not a date.
 *
 * @returns null for all other texts, and for dates that do not exist
 */
export function momentOf(text: string, order: DayOrder): Moment | null {
  if (text.length > 80 || !/\d/.test(text)) return null;
  const plain = text.replace(/[\u2010-\u2013\u2212]/g, "-").replace(compact, "$1-$2-$3T$4:$5:$6$7");
  const clock = timeAtEnd.exec(plain);
  const written = (clock ? plain.slice(0, clock.index) : plain).trim();
  const fraction = clock ? fractionOf(clock) : 0;
  if (fraction === null) return null;
  if (clock && written === "")
    return fraction >= 0 && fraction < 1 ? { days: fraction, dated: false, timed: true } : null;
  const day = dayOf(written, order);
  return day === null ? null : { days: day + fraction, dated: true, timed: clock !== null };
}

/** ISO 8601 without separators; without the T it is a number. */
const compact = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(.*)$/i;

/** A time as a fraction of a day, less the offset of its zone; null for one that does not exist. */
function fractionOf([, h, m, s = "0", part = "0", half, offset]: RegExpExecArray): number | null {
  let [hours, minutes, seconds] = [Number(h), Number(m), Number(s)];
  if (half) {
    if (hours < 1 || hours > 12) return null;
    hours = (hours % 12) + (half.toLowerCase() === "p" ? 12 : 0);
  }
  if (hours > 24 || minutes > 59 || seconds > 60 || (hours === 24 && minutes + seconds > 0)) return null;
  const [, sign, zoneHours = "0", zoneMinutes = "0"] = /([-+])(\d{2}):?(\d{2})?$/.exec(offset ?? "") ?? [];
  if (sign) minutes -= (sign === "-" ? -1 : 1) * (60 * Number(zoneHours) + Number(zoneMinutes));
  seconds += Number(`0.${part}`);
  return (1000 * (3600 * hours + 60 * minutes + seconds)) / dayMs;
}

/** Days since 1970-01-01; null for a text that is not a date. */
function dayOf(text: string, order: DayOrder): number | null {
  const iso =
    /^(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?$/.exec(text) ??
    /^(\d{4})(年|년)\s?(\d{1,2})[月월](?:\s?(\d{1,2})[日일])?$/.exec(text);
  if (iso) return iso[2] === "." && !iso[4] ? null : dateOf(iso[1], iso[3], iso[4] ?? "1");
  const numeric = /^(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})$/.exec(text);
  if (numeric) {
    const [, first, , second, year] = numeric;
    return order === "day" ? dateOf(year, second, first) : dateOf(year, first, second);
  }
  const monthYear = /^(\d{1,2})[-/](\d{4})$/.exec(text);
  if (monthYear) return dateOf(monthYear[2], monthYear[1], "1");
  const quarter = /^(?:(\d{4})[-\s]?)?Q([1-4])(?:[-\s/]?(\d{4}))?$/i.exec(text);
  if (quarter) return dateOf(quarter[1] ?? quarter[3], String(3 * Number(quarter[2]) - 2), "1");
  const week = /^(\d{4})-?W(\d{2})(?:-?([1-7]))?$/.exec(text);
  if (week) return weekOf(Number(week[1]), Number(week[2]), Number(week[3] ?? "1"));
  return namedDay(text);
}

/** A date with the name of a month, in any usual order; a weekday before it is ignored. */
function namedDay(text: string): number | null {
  const words = text.match(/\p{L}+\.?|\d+/gu) ?? [];
  if (words.length < 2 || words.length > 7 || /[^\p{L}\d\s.,/'’-]/u.test(text)) return null;
  const months = words.flatMap((word) => monthOf(word) ?? []);
  const numbers = words.filter((word) => /^\d/.test(word));
  const others = words.filter((word) => !/^\d/.test(word) && monthOf(word) === null);
  const [month, ...moreMonths] = months;
  if (month === undefined || moreMonths.length > 0 || others.some((word) => !fillers.test(word))) return null;
  const [first = "", second, ...more] = numbers;
  if (more.length > 0) return null;
  if (second === undefined) {
    const short = /^\p{L}+\.?[-'’]\d{2}$/u.test(text);
    return first.length === 4 || short ? dateOf(first, String(month), "1") : null;
  }
  return first.length === 4 ? dateOf(first, String(month), second) : dateOf(second, String(month), first);
}

/** Words beside the name of a month: weekdays, the ends of ordinals, prepositions. */
const fillers = /^(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?|st|nd|rd|th|of|de|del|den|the|at)$/i;

/** A year of two digits is one from 1969 to 2068, as in POSIX. */
function dateOf(year: string | undefined, month: string | undefined, day: string | undefined): number | null {
  if (year === undefined || (year.length !== 4 && year.length !== 2)) return null;
  const short = Number(year);
  const full = year.length === 4 ? short : short + (short < 69 ? 2000 : 1900);
  const date = new Date(0);
  date.setUTCFullYear(full, Number(month) - 1, Number(day));
  const exists = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  return exists ? date.getTime() / dayMs : null;
}

/** The day of an ISO week; week 1 contains January 4. */
function weekOf(year: number, week: number, weekday: number): number | null {
  const fourth = Date.UTC(year, 0, 4) / dayMs;
  // 1970-01-01 is a Thursday.
  const monday = fourth - ((fourth + 3) % 7);
  return week >= 1 && week <= 53 ? monday + 7 * (week - 1) + (weekday - 1) : null;
}

/** A moment as text, in ISO 8601. */
export function momentText(days: number, { dated, timed }: Pick<Moment, "dated" | "timed">): string {
  const iso = new Date(Math.round(days * dayMs)).toISOString();
  const clock = /:00\.000Z$/.test(iso) ? iso.slice(11, 16) : iso.slice(11, 19);
  if (!dated) return clock;
  const date = iso.slice(0, iso.indexOf("T"));
  return timed ? `${date} ${clock}` : date;
}
