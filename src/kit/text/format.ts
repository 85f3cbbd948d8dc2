/**
 * A number with a fixed number of significant digits, so that a changing number keeps its width. With a true minus sign,
 * with a power of ten outside 1e−4 … 1e6, and as a dash for NaN.
 */
export function formatNumber(x: number, digits = 3): string {
  if (!Number.isFinite(x)) return x === Infinity ? "∞" : x === -Infinity ? "−∞" : "–";
  if (x === 0) return "0";
  const size = Math.abs(x);
  const text = size < 1e-4 || size >= 1e6 ? x.toExponential(digits - 1) : decimal(x, digits);
  return text.replaceAll("-", "−").replace("e+", "e");
}

/** `toPrecision` without its switch to exponents: 1234 at two digits is 1200. */
function decimal(x: number, digits: number): string {
  const rounded = Number(x.toPrecision(digits));
  const whole = Math.floor(Math.log10(Math.abs(rounded))) + 1;
  return rounded.toFixed(Math.max(0, digits - whole));
}

/** A setting in the shortest form that reads back as the same number: 0.001, 32, 1e-8. */
export function formatSetting(x: number): string {
  return x !== 0 && Math.abs(x) < 1e-4 ? x.toExponential().replace("e+", "e") : String(x);
}

/** The most characters of a setting that a person types. */
const maxSettingLength = 12;

/** A setting as `formatSetting`; to four digits where this is longer than a person would type, as a value of a schedule is. */
export function formatValue(x: number): string {
  const text = formatSetting(x);
  return text.length > maxSettingLength ? formatSetting(Number(x.toPrecision(4))) : text;
}

const counts = new Intl.NumberFormat("en", { useGrouping: "min2", maximumFractionDigits: 0 });

/** The integer part of a number; from 10 000 in groups of three digits with narrow spaces. */
export function formatCount(n: number): string {
  return counts.format(Math.floor(n)).replaceAll(",", "\u202f");
}

/** A tick of a logarithmic axis: 0.001, 1, 100; 1e−4 or 1e5 outside 0.001 … 10 000. */
export function formatPower(x: number): string {
  if (x >= 1e-3 && x < 1e4) return String(Number(x.toPrecision(2)));
  return x.toExponential(0).replace("-", "−").replace("e+", "e");
}

/** A step on a time axis: 300, 80k, 1M. */
export function formatStepTick(step: number): string {
  if (step >= 1e6 && step % 1e5 === 0) return `${step / 1e6}M`;
  return step >= 1e4 && step % 100 === 0 ? `${step / 1e3}k` : formatCount(step);
}

/** The most characters of a tick. */
const maxTickLength = 6;

/**
 * A tick of a linear axis: the number without floating-point noise; 4e4 outside 0.001 … 10 000, and .00451 where 0.00451 is
 * too long.
 */
export function formatTick(x: number): string {
  const exact = Number(x.toPrecision(6));
  const fits = x === 0 || (Math.abs(x) >= 1e-3 && Math.abs(x) < 1e4);
  const text = !fits ? exact.toExponential().replace("e+", "e") : String(exact);
  const short = text.length > maxTickLength ? text.replace(/^(-?)0\./, "$1.") : text;
  return short.replaceAll("-", "−");
}

/** A step size in full if it has at most 7 characters, else to three digits: 0.001, 0.662. */
export function formatStep(step: number): string {
  const setting = formatSetting(step);
  return setting.length <= 7 ? setting : formatNumber(step, 3);
}

/** The ratio of two step sizes: two digits below 10 and from 10 000, else three. */
export function formatRatio(ratio: number): string {
  return formatNumber(ratio, ratio < 10 || ratio >= 1e4 ? 2 : 3);
}
